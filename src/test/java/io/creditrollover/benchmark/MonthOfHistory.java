package io.creditrollover.benchmark;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetupTest;
import io.creditrollover.CreditRolloverApplication;
import io.creditrollover.lease.StopSignal;
import io.creditrollover.notify.OutboxDispatcher;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One month on top of a database with others: runs it, reads it, mails it, and undoes it for the next round. */
final class MonthOfHistory implements AutoCloseable {
    static final List<String> MEASURED =
            List.of("job, s", "mail, s", "Months, s", "run, s", "report, s", "report (API), s", "events, s", "user, s");

    private final Server server;
    private final String database;
    private final String execution;
    private final double job;

    MonthOfHistory(Server server, String database) throws Exception {
        this.server = server;
        this.database = database;
        server.jdbc(database).execute("checkpoint");
        MeasuredProcess.Ended ended = ThisJob.command(
                server.url(database),
                List.of("-Drollover.notification-email=finance@example.com"),
                "run",
                "--date",
                HostData.DATE.toString(),
                "--approve",
                "benchmark",
                "--json");
        JsonNode answer = JsonMapper.shared().readTree(ended.out());
        this.execution = answer.path("executionId").asString();
        this.job = Duration.between(
                                Instant.parse(answer.path("startedAt").asString()),
                                Instant.parse(answer.path("finishedAt").asString()))
                        .toNanos()
                / 1e9;
    }

    /** Returns the seconds of {@link #MEASURED}, in that order. */
    double[] measure() throws Exception {
        List<Double> seconds = new ArrayList<>(List.of(job, mail()));
        try (ServedPages pages = ServedPages.of(server, database)) {
            String run = "/runs/" + execution;
            for (String path : List.of(
                    "/",
                    run,
                    run + "/report",
                    "/admin/rollovers/" + execution + "/report",
                    run + "/events",
                    "/users?id=12345")) {
                seconds.add(pages.median(path));
            }
        }
        return seconds.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** Writes the mail of the run and hands it to a server, in a program that has started. */
    private double mail() {
        GreenMail inbox = new GreenMail(ServerSetupTest.SMTP.dynamicPort());
        inbox.start();
        try (ConfigurableApplicationContext product = new SpringApplicationBuilder(CreditRolloverApplication.class)
                .web(WebApplicationType.NONE)
                .lazyInitialization(true)
                .properties(Map.of(
                        "spring.datasource.url",
                        server.url(database),
                        "spring.datasource.username",
                        "postgres",
                        "spring.mail.host",
                        "127.0.0.1",
                        "spring.mail.port",
                        inbox.getSmtp().getPort()))
                .run()) {
            OutboxDispatcher outbox = product.getBean(OutboxDispatcher.class);
            long started = System.nanoTime();
            OutboxDispatcher.Round sent = outbox.deliverDue(new StopSignal());
            double seconds = (System.nanoTime() - started) / 1e9;
            if (sent.sent() != 1) {
                throw new IllegalStateException("one mail, not " + sent);
            }
            return seconds;
        } finally {
            inbox.stop();
        }
    }

    @Override
    public void close() throws Exception {
        ThisJob.command(server.url(database), List.of(), "undo", execution, "--reason", "the next round");
    }
}
