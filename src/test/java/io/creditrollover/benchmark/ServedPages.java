package io.creditrollover.benchmark;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged console on a database, with how long it takes to answer. */
final class ServedPages implements AutoCloseable {
    private static final String PASSWORD = "a password of the benchmark";
    private static final int PORT = 18_089;
    private static final int WARM_UP = 5;
    private static final int MEASURED = 9;

    private final Process serve;
    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    /** Keeps the session, as a browser does. */
    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    private ServedPages(Process serve) {
        this.serve = serve;
    }

    static ServedPages of(Server server, String database) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-jar",
                        ThisJob.JAR.toString(),
                        "serve")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().removeIf(name -> name.startsWith("ROLLOVER_") || name.startsWith("SPRING_"));
        builder.environment()
                .putAll(Map.of(
                        "SPRING_DATASOURCE_URL",
                        server.url(database),
                        "SPRING_DATASOURCE_USERNAME",
                        "postgres",
                        "ROLLOVER_ADMIN_PASSWORD",
                        PASSWORD,
                        "SERVER_ADDRESS",
                        "127.0.0.1",
                        "SERVER_PORT",
                        String.valueOf(PORT)));
        ServedPages pages = new ServedPages(builder.start());
        for (int i = 0; ; i++) {
            try {
                pages.login();
                return pages;
            } catch (IOException notYet) {
                if (i > 240 || !pages.serve.isAlive()) {
                    pages.close();
                    throw notYet;
                }
                Thread.sleep(250);
            }
        }
    }

    /** Returns the median of nine answers, after five others. */
    double median(String path) throws Exception {
        for (int i = 0; i < WARM_UP; i++) {
            seconds(path);
        }
        double[] seconds = new double[MEASURED];
        for (int i = 0; i < MEASURED; i++) {
            seconds[i] = seconds(path);
        }
        Arrays.sort(seconds);
        return seconds[MEASURED / 2];
    }

    private void login() throws IOException, InterruptedException {
        Matcher token = TOKEN.matcher(answer(request("/login").build()).body());
        String form = "username=admin&password=" + PASSWORD.replace(' ', '+') + "&_csrf="
                + (token.find() ? token.group(1) : "");
        HttpResponse<String> in = answer(request("/login")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build());
        if (in.headers().firstValue("Location").orElse("login").contains("login")) {
            throw new IllegalStateException("not logged in: " + in.statusCode());
        }
    }

    /** Asks once. */
    double seconds(String path) throws IOException, InterruptedException {
        HttpRequest request = request(path).build();
        long started = System.nanoTime();
        HttpResponse<String> page = answer(request);
        double seconds = (System.nanoTime() - started) / 1e9;
        if (page.statusCode() >= 300) {
            throw new IllegalStateException(path + ": " + page.statusCode());
        }
        return seconds;
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + PORT + path));
    }

    private HttpResponse<String> answer(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() throws InterruptedException {
        serve.destroy();
        if (!serve.waitFor(30, TimeUnit.SECONDS)) {
            serve.destroyForcibly();
        }
    }
}
