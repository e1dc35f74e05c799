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
        database.fill(date, ZONE);
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
        terminal.heading("CREDIT ROLLOVER, a demo on a PostgreSQL of its own, which goes when the demo ends");
        JdbcClient.create(database.dataSource())
                .sql("""
                        select (select count(*) from users) as users, (select sum(credits) from users) as credits,
                               (select count(*) from payments) as payments
                        """)
                .query((rs, row) -> String.format(
                        Locale.ROOT,
                        "A SaaS has %,d users, who hold %,d credits, and %,d payments of the last twelve months. "
                                + "It is %s; the month that ended when %s began in Asia/Kolkata is to be decided: "
                                + "whoever paid last for the monthly or the power plan, within one month, keeps the "
                                + "credits. All others' credits expire.",
                        rs.getLong("users"),
                        rs.getLong("credits"),
                        rs.getLong("payments"),
                        DAY.format(today),
                        DAY.format(date)))
                .list()
                .forEach(text -> terminal.paragraph("  ", text));
    }

    /** On the first days of a month this simply runs; later on a safety limit speaks up, as it should. */
    private int month() {
        int exitCode = command.run("run");
        if (exitCode != BLOCKED) {
            return exitCode;
        }
        terminal.line("");
        terminal.paragraph("  ", """
                It refused, and wrote nothing. The demo's payments end with the 1st, which looks as if the
                payments feed had broken, and then nobody may lose a credit before a person has looked.
                You have; so let it pass:""");
        return command.run("run", "--approve", "a demo, its payments end with the 1st");
    }

    private void tell() {
        terminal.line("");
        DemoStories stories = new DemoStories(database, terminal, ZONE);
        stories.shares();
        stories.reasons();
        stories.people();
        stories.workedCases();
    }

    private int again() {
        int exitCode = command.run("run");
        terminal.line("");
        terminal.paragraph("  ", "Once is once: the database itself holds each user to one decision a run.");
        return exitCode;
    }

    private void farewell(Duration took) {
        terminal.heading("That took " + took.toSeconds() + " s. What to try next");
        terminal.paragraph("  ", """
                ROLLOVER_PLANS_STARTER_ELIGIBLE=true ./mvnw spring-boot:test-run
                    the same month, if starter payments counted too
                ROLLOVER_PLANS_MONTHLY_CARRYPERCENT=50 ./mvnw spring-boot:test-run
                    the same month, if only half of a monthly user's credits rolled over
                ./mvnw verify
                    all tests, and the jar for your own database: see "Operate it" in README.md""");
        terminal.line("");
    }
}
