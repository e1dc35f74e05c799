package io.creditrollover.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What live spends wait for on this machine whatever the program does: beside processes that only compute and use no
 * database, and beside the start of the program. For docs/performance.md.
 *
 * <p>Arguments: {@code server=pg18}, {@code users=1000000}, {@code rounds=3}, {@code directory=...} for the server.
 */
public final class SpendsFloor {
    private static final int SECONDS = 15;
    private static final int WARM_UP_MILLIS = 1_500;
    private static final int MAX_COMPUTING = 3;

    private final Arguments arguments;

    private SpendsFloor(String... arguments) {
        this.arguments = Arguments.of(arguments);
    }

    /** Measures, and writes a table to standard output. */
    public static void main(String[] arguments) throws Exception {
        new SpendsFloor(arguments).run();
        System.exit(0);
    }

    /** What lasts while spends are counted. */
    @FunctionalInterface
    private interface While {
        void lasts() throws Exception;
    }

    private void run() throws Exception {
        Path directory = Path.of(arguments.text("directory", "/tmp/credit-rollover-benchmark"));
        try (Server server = Server.named(arguments.text("server", "pg18"), directory)) {
            HostData data = new HostData(server, Integer.parseInt(arguments.text("users", "1000000")));
            data.prepare();
            String database = data.restore();
            System.out.println(server.description());
            System.out.println("p99 of spends, ms, beside: 0, 1, 2, 3 computing processes | starts of the program");
            for (int round = 0; round < Integer.parseInt(arguments.text("rounds", "3")); round++) {
                StringBuilder line = new StringBuilder();
                for (int computing = 0; computing <= MAX_COMPUTING; computing++) {
                    int processes = computing;
                    line.append(p99(server, database, data.users(), () -> compute(processes)))
                            .append(" | ");
                }
                line.append(p99(server, database, data.users(), () -> starts(server, database)));
                System.out.println(line);
            }
        }
    }

    private static String p99(Server server, String database, int users, While something) throws Exception {
        try (LiveSpends spends = LiveSpends.afterTheMonth(server, database, users)) {
            Thread.sleep(WARM_UP_MILLIS);
            spends.count();
            something.lasts();
            return String.format(Locale.ROOT, "%.1f", spends.end().p99());
        }
    }

    private static void compute(int processes) throws Exception {
        List<Process> computing = new ArrayList<>();
        try {
            for (int i = 0; i < processes; i++) {
                computing.add(new ProcessBuilder("sh", "-c", "while :; do :; done").start());
            }
            Thread.sleep(SECONDS * 1_000L);
        } finally {
            computing.forEach(Process::destroyForcibly);
        }
    }

    /** One after the other. */
    private static void starts(Server server, String database) throws Exception {
        long end = System.nanoTime() + SECONDS * 1_000_000_000L;
        while (System.nanoTime() < end) {
            Distribution.command(server.url(database), "status", "--json");
        }
    }
}
