package io.creditrollover.cli;

import io.creditrollover.TestDatabase;
import io.creditrollover.lease.StopSignal;
import io.creditrollover.run.Progress;
import io.creditrollover.run.RolloverService;
import io.creditrollover.run.RunOutcome;
import io.creditrollover.run.RunRequest;
import io.creditrollover.run.UndoRequest;
import io.creditrollover.run.UndoService;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The product in this JVM, started as a batch command starts it, against a database. As a registered extension it ends
 * with its test class.
 */
public final class TestApplication implements AutoCloseable, AfterAllCallback {
    private final ConfigurableApplicationContext context;

    private TestApplication(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Starts it; {@code settings} are keys with values, such as {@code rollover.chunk-size=10}. */
    public static TestApplication on(TestDatabase database, String... settings) {
        return new TestApplication(starter(database, settings).start());
    }

    /** Starts it as {@code serve} does, on a free port of loopback. */
    public static TestApplication serving(TestDatabase database, String... settings) {
        String[] loopback = {"server.port=0", "server.address=127.0.0.1"};
        String[] all =
                Stream.concat(Arrays.stream(loopback), Arrays.stream(settings)).toArray(String[]::new);
        return new TestApplication(starter(database, all).startWeb());
    }

    /** Where it serves. */
    public int port() {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    static ApplicationStarter starter(TestDatabase database, String... settings) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("spring.datasource.url", database.url());
        all.put("spring.datasource.username", TestDatabase.USERNAME);
        all.put("rollover.safety.first-run", "allow");
        // The driver would give the session the JVM's zone.
        all.put("spring.datasource.hikari.connection-init-sql", "set time zone '" + TestDatabase.ZONE + "'");
        for (String setting : settings) {
            String[] keyAndValue = setting.split("=", 2);
            all.put(keyAndValue[0], keyAndValue[1]);
        }
        String[] arguments = all.entrySet().stream()
                .map(entry -> "--" + entry.getKey() + "=" + entry.getValue())
                .toArray(String[]::new);
        return OtherStarters.quick(arguments);
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** A live run of the current month, approved. */
    public RunOutcome run() throws InterruptedException {
        return run(new StopSignal());
    }

    public RunOutcome run(StopSignal signal) throws InterruptedException {
        return bean(RolloverService.class).run(request(null, false, "a test", signal));
    }

    public RunOutcome restart(long executionId) throws InterruptedException {
        return bean(RolloverService.class).restart(executionId, request(null, false, null, new StopSignal()));
    }

    /** Undoes a run for everybody. */
    public RunOutcome undo(long executionId) throws InterruptedException {
        return bean(UndoService.class)
                .undo(new UndoRequest(
                        executionId,
                        "a test",
                        false,
                        UndoRequest.Scope.everybody(),
                        false,
                        "a test",
                        new StopSignal(),
                        Progress.SILENT));
    }

    public static RunRequest request(
            @Nullable LocalDate date, boolean dryRun, @Nullable String approve, StopSignal signal) {
        return new RunRequest(date, dryRun, approve, null, "a test", signal, Progress.SILENT);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close();
    }

    @Override
    public void close() {
        context.close();
    }
}
