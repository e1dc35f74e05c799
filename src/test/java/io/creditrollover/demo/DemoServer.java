package io.creditrollover.demo;

import io.creditrollover.cli.CommandLineMain;
import io.creditrollover.lease.StopSignal;
import io.creditrollover.run.Progress;
import io.creditrollover.run.RolloverService;
import io.creditrollover.run.RunOutcome;
import io.creditrollover.run.RunRequest;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The console on sample data: twelve completed months and the current one. On loopback only. */
public final class DemoServer {
    private static final ZoneId ZONE = ZoneId.of("Asia/Kolkata");
    private static final int MONTHS = 12;
    private static final String PORT = "8080";

    private DemoServer() {}

    /** Serves until it is interrupted. */
    public static void main(String[] args) throws Exception {
        LocalDate date = LocalDate.now(Clock.system(ZONE)).withDayOfMonth(1);
        setDefault("server.address", "127.0.0.1");
        setDefault("server.port", PORT);
        try (DemoDatabase database = DemoDatabase.start()) {
            database.fill(date, ZONE);
            DemoContext.connectTo(database);
            System.out.println("Running the " + MONTHS + " months before " + date + " ...");
            history(date, JdbcClient.create(database.dataSource()));
            System.out.println("The console starts at http://127.0.0.1:" + System.getProperty("server.port")
                    + " in a moment. Ctrl-C stops it.");
            CommandLineMain.execute(DemoContext.class, "serve");
        }
    }

    private static void setDefault(String key, String value) {
        if (System.getProperty(key) == null) {
            System.setProperty(key, value);
        }
    }

    private static void history(LocalDate date, JdbcClient jdbc) throws InterruptedException {
        try (ConfigurableApplicationContext product = new SpringApplicationBuilder(DemoContext.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .lazyInitialization(true)
                .properties("logging.level.io.creditrollover=error")
                .run()) {
            for (int month = MONTHS; month > 0; month--) {
                earn(month, jdbc);
                RunOutcome outcome = product.getBean(RolloverService.class)
                        .run(new RunRequest(
                                date.minusMonths(month),
                                false,
                                "history of the demo",
                                null,
                                "demo",
                                new StopSignal(),
                                Progress.SILENT));
                System.out.println("  " + outcome.run().rolloverDate() + " "
                        + outcome.run().status());
            }
            earn(0, jdbc);
        }
    }

    /** What a month brings: some users come by credits again, a little differently each time. */
    private static void earn(int month, JdbcClient jdbc) {
        jdbc.sql("""
                        update users set credits = credits + 5 + (id * 7 + :month * 13) % 40
                        where credits < 60 and (id * 31 + :month * 17) % 10 < 4 + :month % 3
                        """).param("month", month).update();
    }
}
