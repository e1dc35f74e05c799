package io.creditrollover.demo;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The demo: starts a database, fills it, runs the month as an operator would, and tells what happened and why. */
public final class DemoApplication {
    private static final ZoneId ZONE = ZoneId.of("Asia/Kolkata");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH);
    private static final int MONTHS = 12;
    private static final int OK = 0;
    private static final int BLOCKED = 65;
    private static final int FAILED = 75;

    private final DemoDatabase database;
    private final DemoTerminal terminal = new DemoTerminal(System.out);
    private final DemoCommand command = new DemoCommand(terminal);
    private final Clock clock = Clock.system(ZONE);

    private DemoApplication(DemoDatabase database) {
        this.database = database;
    }

    /** Ends with 0 where the month was run and told. */
    public static void main(String[] args) throws Exception {
        quieten();
        System.exit(exitCode());
    }

    private static int exitCode() throws Exception {
        try (DemoDatabase database = DemoDatabase.start()) {
            return new DemoApplication(database).run();
        } catch (Exception failed) {
            if (DemoDatabase.isInterrupted()) {
                return FAILED;
            }
            throw failed;
        }
    }

    /** The answers of the commands are shown; what goes to the log beside them would only hide them here. */
    private static void quieten() {
        System.setProperty("logging.level.io.creditrollover", "error");
        LoggingSystem.get(DemoApplication.class.getClassLoader()).beforeInitialize();
    }

    private int run() throws Exception {
        long started = System.nanoTime();
        LocalDate today = LocalDate.now(clock);
        LocalDate date = today.withDayOfMonth(1);
        database.fill(date, ZONE, MONTHS);
        DemoContext.connectTo(database);
        introduce(today, date);
        int exitCode = month();
        if (exitCode != OK) {
            return exitCode;
        }
        tell();
        exitCode = again();
        farewell(Duration.ofNanos(System.nanoTime() - started));
        return exitCode;
    }

    private void introduce(LocalDate today, LocalDate date) {
        terminal.heading("CREDIT ROLLOVER, a demo on its own PostgreSQL, which is removed when the demo ends");
        JdbcClient.create(database.dataSource())
                .sql("""
                        select (select count(*) from users) as users, (select sum(credits) from users) as credits,
                               (select count(*) from payments) as payments
                        """)
                .query((rs, row) -> String.format(
                        Locale.ROOT,
                        "A SaaS has %,d users with %,d credits, and %,d payments in the last twelve months. "
                                + "Today is %s. The run decides the month that ended at the start of %s in Asia/Kolkata. "
                                + "Credits roll over if the last payment was for the monthly or power plan, within one "
                                + "month. All other credits expire.",
                        rs.getLong("users"),
                        rs.getLong("credits"),
                        rs.getLong("payments"),
                        DAY.format(today),
                        DAY.format(date)))
                .list()
                .forEach(text -> terminal.paragraph("  ", text));
    }

    /** On the first days of a month this runs. Later a safety limit blocks it. */
    private int month() {
        int exitCode = command.run("run");
        if (exitCode != BLOCKED) {
            return exitCode;
        }
        terminal.line("");
        terminal.paragraph("  ", """
                The run was blocked and wrote nothing. The demo has no payments after the 1st, which looks like a
                broken payment feed. In that case no credits expire before a person has reviewed the run.
                You have reviewed it, so approve it:""");
        return command.run("run", "--approve", "a demo, its payments end with the 1st");
    }

    private void tell() {
        terminal.line("");
        DemoStories stories = new DemoStories(database, terminal, ZONE);
        stories.shares();
        stories.reasons();
        stories.people();
        stories.workedCases();
        new DemoMails(database, terminal).write();
        terminal.line("  The mails are in %s.", DemoMails.DIRECTORY);
    }

    private int again() {
        int exitCode = command.run("run");
        terminal.line("");
        terminal.paragraph("  ", "The database allows one decision per user and run.");
        return exitCode;
    }

    private void farewell(Duration took) {
        terminal.heading("That took " + took.toSeconds() + " s. What to try next");
        terminal.paragraph("  ", """
                ROLLOVER_PLANS_STARTER_ELIGIBLE=true ./mvnw spring-boot:test-run
                    the same month with starter as an eligible plan
                ROLLOVER_PLANS_MONTHLY_CARRYPERCENT=50 ./mvnw spring-boot:test-run
                    the same month, with half of a monthly user's credits rolled over
                ./mvnw verify
                    all tests, and the jar for your own database: see docs/operating.md""");
        terminal.line("");
    }
}
