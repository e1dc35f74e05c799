package io.creditrollover.admin;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.TestApplication;

/** One server for all tests of the admin's room, on a database that each test finds empty. */
final class ConsoleServer {
    static final String OPERATOR = "olga";
    static final String OPERATOR_PASSWORD = "a long secret";
    static final String VIEWER = "victor";
    static final String VIEWER_PASSWORD = "another secret";

    private static final TestDatabase DATABASE = TestDatabase.migrated();
    private static final TestApplication SERVER = start(DATABASE);

    private ConsoleServer() {}

    /** Starts a server of its own, for a test that stops it or wants other settings. */
    static TestApplication start(TestDatabase database, String... more) {
        String[] settings = {
            "rollover.admin.username=" + OPERATOR,
            "rollover.admin.password=" + OPERATOR_PASSWORD,
            "rollover.admin.viewer-username=" + VIEWER,
            "rollover.admin.viewer-password=" + VIEWER_PASSWORD,
            "rollover.admin.trusted-proxies=127.0.0.1",
            "rollover.chunk-size=5",
            "rollover.lease.duration=PT20S",
            "rollover.row-busy-wait=PT10S"
        };
        String[] all = java.util.Arrays.copyOf(settings, settings.length + more.length);
        System.arraycopy(more, 0, all, settings.length, more.length);
        return TestApplication.serving(database, all);
    }

    /** Waits for what the test before has left at work. */
    static TestDatabase emptied() {
        long deadline = System.nanoTime() + PageWait.LIMIT.toNanos();
        while (DATABASE.count("select count(*) from credit_rollover_runs where status = 'RUNNING'") > 0) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("a run of an earlier test is still RUNNING");
            }
            PageWait.pause();
        }
        return DATABASE.execute("alter table credit_rollover_audit disable trigger user")
                .truncate(
                        "credit_rollover_audit",
                        "credit_rollover_idempotency",
                        "credit_rollover_sessions",
                        "credit_rollover_api_tokens",
                        "credit_rollover_forecasts")
                .execute("alter table credit_rollover_audit enable trigger user");
    }

    static HostFixture host() {
        return HostFixture.in(DATABASE);
    }

    static <T> T bean(Class<T> type) {
        return SERVER.bean(type);
    }

    static int port() {
        return SERVER.port();
    }

    static ApiClient stranger() {
        return new ApiClient(port());
    }

    static ApiClient operator() {
        return stranger().as(OPERATOR, OPERATOR_PASSWORD);
    }

    static ApiClient viewer() {
        return stranger().as(VIEWER, VIEWER_PASSWORD);
    }
}
