package io.creditrollover.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.ProductProcess;
import io.creditrollover.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code serve} as a process of its own with 192 MB of heap, its probes at a management port. */
final class ServedProcess implements AutoCloseable {
    private static final Pattern SERVING = Pattern.compile("Serving on port (\\d+)");
    private static final Pattern USED = Pattern.compile("(?:used |total \\d+K, used )(\\d+)K");

    private final ProductProcess process;
    private final int port;
    private final int managementPort;

    private ServedProcess(ProductProcess process, int port, int managementPort) {
        this.process = process;
        this.port = port;
        this.managementPort = managementPort;
    }

    static ServedProcess start(TestDatabase database, Map<String, String> more) throws InterruptedException {
        int managementPort = freePort();
        Map<String, String> environment = new HashMap<>(Map.of(
                "SERVER_PORT",
                "0",
                "SERVER_ADDRESS",
                "127.0.0.1",
                "MANAGEMENT_SERVER_PORT",
                String.valueOf(managementPort),
                "ROLLOVER_ADMIN_USERNAME",
                ConsoleServer.OPERATOR,
                "ROLLOVER_ADMIN_PASSWORD",
                ConsoleServer.OPERATOR_PASSWORD,
                "ROLLOVER_ADMIN_VIEWERUSERNAME",
                ConsoleServer.VIEWER,
                "ROLLOVER_ADMIN_VIEWERPASSWORD",
                ConsoleServer.VIEWER_PASSWORD,
                "ROLLOVER_ADMIN_TRUSTEDPROXIES",
                "127.0.0.1"));
        environment.putAll(more);
        ProductProcess process = ProductProcess.start(database, environment, "serve");
        while (true) {
            Matcher said = SERVING.matcher(process.err());
            if (said.find()) {
                return new ServedProcess(process, Integer.parseInt(said.group(1)), managementPort);
            }
            assertThat(process.isAlive()).as(process.err()).isTrue();
            Thread.sleep(50);
        }
    }

    private static int freePort() {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }

    int port() {
        return port;
    }

    ApiClient stranger() {
        return new ApiClient(port);
    }

    ApiClient management() {
        return new ApiClient(managementPort);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String err() {
        return process.err();
    }

    /** What is in use of the heap after a full collection. */
    long usedKilobytes() throws IOException, InterruptedException {
        jcmd("GC.run");
        String info = jcmd("GC.heap_info");
        Matcher used = USED.matcher(info);
        long total = 0;
        while (used.find()) {
            total += Long.parseLong(used.group(1));
        }
        return total;
    }

    private String jcmd(String command) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        String.valueOf(process.pid()),
                        command)
                .redirectErrorStream(true)
                .start();
        String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(jcmd.waitFor()).as(said).isZero();
        // Metaspace is no part of the heap.
        return said.replaceAll("(?m)^.*(Metaspace|class space).*$", "");
    }

    @Override
    public void close() throws IOException {
        process.close();
    }
}
