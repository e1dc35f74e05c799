package io.creditrollover.demo;

import io.creditrollover.cli.CommandLineMain;
import io.creditrollover.report.ReportFormats;
import io.creditrollover.run.RunMode;
import io.creditrollover.run.RunOutcome;
import io.creditrollover.run.RunSummary;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Base64;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ConfigurableApplicationContext;

/** The console on sample data: a year of months, each of which ran on its own 1st. On loopback only. */
public final class DemoServer {
    private static final ZoneId ZONE = ZoneId.of("Asia/Kolkata");

    private DemoServer() {}

    /** Serves until it is interrupted. */
    public static void main(String[] args) throws Exception {
        setDefault("server.address", "127.0.0.1");
        setDefault("server.port", "8080");
        setDefault("rollover.notification-email", "finance@example.com");
        setDefault("logging.level.io.creditrollover", "error");
        if (System.getenv("ROLLOVER_ADMIN_PASSWORD") == null) {
            setDefault("rollover.admin.password", generated());
        }
        LoggingSystem.get(DemoServer.class.getClassLoader()).beforeInitialize();
        LocalDate last = DemoYear.last(Clock.systemUTC().instant(), ZONE);
        try (DemoDatabase database = DemoDatabase.start()) {
            DemoClock clock = DemoClock.in(database);
            database.fill(last.plusMonths(1), ZONE, DemoYear.MONTHS + DemoYear.MONTHS_BEFORE);
            DemoContext.connectTo(database);
            System.out.println("A year of a SaaS with 6,000 users passes. Each month runs on its own 1st at 02:00.");
            pass(last, database, clock);
            System.out.println("The console starts. Ctrl-C stops it and removes its database.");
            CommandLineMain.execute(DemoConsole.class, "serve");
        }
    }

    private static void setDefault(String key, String value) {
        if (System.getProperty(key) == null) {
            System.setProperty(key, value);
        }
    }

    private static String generated() {
        byte[] random = new byte[9];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().encodeToString(random);
    }

    private static void pass(LocalDate last, DemoDatabase database, DemoClock clock) throws Exception {
        DemoHost host = new DemoHost(database);
        host.startBeforeTheYear();
        try (ConfigurableApplicationContext product = new SpringApplicationBuilder(DemoContext.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .lazyInitialization(true)
                .run()) {
            new DemoYear(product, clock, host, ZONE, DemoServer::tell).pass(last);
        }
    }

    private static void tell(RunOutcome outcome) {
        RunSummary run = outcome.run();
        System.out.printf(
                "  %s  %-9s  %9s credits rolled over, %8s expired%s%n",
                run.rolloverDate(),
                run.status(),
                ReportFormats.number(run.totals().creditsRolledOver()),
                ReportFormats.number(run.totals().creditsExpired()),
                run.mode() == RunMode.DRY_RUN ? " (dry run)" : "");
    }
}
