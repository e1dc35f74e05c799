package io.creditrollover.benchmark;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a second look costs beside its run, and what live spends wait meanwhile, for docs/performance.md. After the run, one
 * user in a hundred turns out to have paid in time.
 *
 * <p>Arguments: {@code server=pg18}, {@code users=1000000}, {@code rounds=3}, {@code directory=...} for the server.
 */
public final class SecondLooks {
    private static final int IDLE_SECONDS = 20;
    private static final int WARM_UP_MILLIS = 1_500;

    /** Of those whose credits expired, as many as one in a hundred of all users, spread over the ids. */
    private static final String LATE_TRUTHS = """
            insert into payments (user_id, phone_number, plan_type, amount, credits_added, payment_status, created_at)
            select user_id, phone_number, 'monthly', 29900, 50, 'paid', ?::timestamptz - interval '1 hour'
            from credit_rollover_events where action = 'expiry'
            order by hashint8extended(user_id, 99) limit ?
            """;

    private final Arguments arguments;

    private SecondLooks(String... arguments) {
        this.arguments = Arguments.of(arguments);
    }

    /** Measures, and writes a table to standard output. */
    public static void main(String[] arguments) throws Exception {
        new SecondLooks(arguments).run();
        System.exit(0);
    }

    private void run() throws Exception {
        Path directory = Path.of(arguments.text("directory", "/tmp/credit-rollover-benchmark"));
        try (Server server = Server.named(arguments.text("server", "pg18"), directory)) {
            HostData data = new HostData(server, Integer.parseInt(arguments.text("users", "1000000")));
            data.prepare();
            System.out.println(server.description());
            System.out.println("run, s | second look, s | share | whole process, s | CPU of server + process, s |"
                    + " reinstated | idle p99, ms | p99 meanwhile, ms | max, ms | spends");
            for (int round = 0; round < Integer.parseInt(arguments.text("rounds", "3")); round++) {
                measure(server, data);
            }
        }
    }

    private static void measure(Server server, HostData data) throws Exception {
        String database = data.restore();
        double run = new ThisJob().run(server, database).jobSeconds();
        JdbcTemplate jdbc = server.jdbc(database);
        int truths = data.users() / 100;
        jdbc.update(LATE_TRUTHS, HostData.cutoff(), truths);
        jdbc.execute("vacuum (analyze)"); // as autovacuum does before the next day
        jdbc.execute("checkpoint");
        LiveSpends.Waits idle;
        try (LiveSpends spends = LiveSpends.afterTheMonth(server, database, data.users())) {
            Thread.sleep(WARM_UP_MILLIS);
            spends.count();
            Thread.sleep(IDLE_SECONDS * 1_000L);
            idle = spends.end();
        }
        try (LiveSpends spends = LiveSpends.afterTheMonth(server, database, data.users())) {
            Thread.sleep(WARM_UP_MILLIS);
            spends.count();
            double before = server.processorSeconds();
            MeasuredProcess.Ended ended = Distribution.command(server.url(database), "second-look", "--json");
            LiveSpends.Waits waits = spends.end();
            Thread.sleep(WARM_UP_MILLIS); // until processes that end are counted with their parent
            print(run, ended, server.processorSeconds() - before, truths, idle, waits);
        }
    }

    private static void print(
            double run,
            MeasuredProcess.Ended ended,
            double processor,
            int truths,
            LiveSpends.Waits idle,
            LiveSpends.Waits waits) {
        JsonNode answer = JsonMapper.shared().readTree(ended.out());
        JsonNode look = answer.path("runs").path(0);
        int reinstated = look.path("usersReinstated").asInt();
        // A few paid for another plan in the last hour, after the late payment.
        if (reinstated < truths * 0.99) {
            throw new IllegalStateException("not " + truths + " users: " + ended.out());
        }
        double seconds = Duration.between(
                                Instant.parse(look.path("startedAt").asString()),
                                Instant.parse(look.path("finishedAt").asString()))
                        .toNanos()
                / 1e9;
        System.out.printf(
                Locale.ROOT,
                "%.2f | %.2f | %.3f | %.2f | %.1f + %.1f | %d | %.1f | %.1f | %.0f | %d%n",
                run,
                seconds,
                seconds / run,
                ended.seconds(),
                processor,
                ended.processorSeconds(),
                reinstated,
                idle.p99(),
                waits.p99(),
                waits.max(),
                waits.spends());
    }
}
