package io.creditrollover.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The intent is written before the deed; without it nothing is done. */
class AuditTest {
    private final TestDatabase database = ConsoleServer.emptied();
    private final HostFixture host = ConsoleServer.host();
    private final ApiClient olga = ConsoleServer.operator();

    @AfterEach
    void letTheAuditBe() {
        database.execute("drop function if exists test_no_audit() cascade");
    }

    private void refuseRows(String condition) {
        database.execute(
                "create function test_no_audit() returns trigger language plpgsql as "
                        + "$$ begin raise exception 'the audit is full'; end $$",
                "create trigger test_no_audit before insert on credit_rollover_audit for each row when (" + condition
                        + ") execute function test_no_audit()");
    }

    private List<String> rows() {
        return database.jdbc().sql("""
                        select who || ' ' || action || ' ' || target || ' ' || coalesce(outcome, 'asked')
                        from credit_rollover_audit order by id
                        """).query(String.class).list();
    }

    @Test
    void whereTheIntentCannotBeWrittenNothingIsDone() throws InterruptedException {
        HostFixture.User lapsed = host.aLapsedUser();
        refuseRows("new.outcome is null");

        ApiClient.Answer refused = olga.post("/admin/run-rollover", "{\"approve\": \"first month\"}");

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.body()).contains("nothing was changed");
        assertThat(database.count("select count(*) from credit_rollover_runs")).isZero();
        assertThat(host.creditsOf(lapsed)).isEqualTo(25);
        ApiClient session = ConsoleServer.stranger().loggedIn(ConsoleServer.OPERATOR, ConsoleServer.OPERATOR_PASSWORD);
        session.postForm(
                "/tokens", "name=a&scope=view&_csrf=" + session.get("/tokens").token());
        assertThat(database.count("select count(*) from credit_rollover_api_tokens"))
                .isZero();
    }

    /** Not to the one for all users, with the reason typed in. */
    @Test
    void anUndoOfOneUserThatCannotBeginLeadsBackToItsForm() throws InterruptedException {
        HostFixture.User lapsed = host.aLapsedUser();
        String run = olga.post("/admin/run-rollover", "{\"approve\": \"first month\"}")
                .header("Location");
        olga.awaitEnd(run);
        refuseRows("new.outcome is null");
        ApiClient session = ConsoleServer.stranger().loggedIn(ConsoleServer.OPERATOR, ConsoleServer.OPERATOR_PASSWORD);
        String page = run.replace("/admin/rollovers/", "/runs/");
        String token = session.get("/tokens").token();

        ApiClient.Answer refused = session.postForm(
                page + "/undo", "userId=" + lapsed.id() + "&credits=25&reason=ticket+4711&_csrf=" + token);

        assertThat(refused.header("Location")).endsWith(page + "#undo-user");
        assertThat(host.creditsOf(lapsed)).isZero();
    }

    @Test
    void aStopAndItsRowsAreOneTransaction() throws Exception {
        HostFixture.User busy = host.aLapsedUser();
        try (var lock = host.lock(busy)) {
            String run = olga.post("/admin/run-rollover", "{\"approve\": \"first month\"}")
                    .header("Location");
            refuseRows("new.action = 'stop' and new.outcome = 'done'");

            assertThat(olga.post(run + "/stop").status()).isEqualTo(503);

            assertThat(database.count("select count(*) from credit_rollover_runs where stop_requested_at is not null"))
                    .isZero();
            assertThat(rows()).noneMatch(row -> row.contains(" stop "));
            lock.rollback();
            assertThat(olga.awaitEnd(run).path("status").asString()).isEqualTo("COMPLETED");
        }
    }

    @Test
    void aDeedWhoseOutcomeCannotBeWrittenIsNotDenied() throws InterruptedException {
        host.aLapsedUser();
        refuseRows("new.outcome is not null");

        ApiClient.Answer begun = olga.post("/admin/run-rollover", "{\"approve\": \"first month\"}");

        assertThat(begun.status()).isEqualTo(202);
        assertThat(olga.awaitEnd(begun.header("Location")).path("status").asString())
                .isEqualTo("COMPLETED");
        assertThat(rows()).singleElement().asString().startsWith("olga run ").endsWith(" asked");
    }

    @Test
    void whatCameOfAnIntentIsASecondRowAndAThirdAtTheEnd() throws InterruptedException {
        host.aLapsedUser();
        String run = olga.post("/admin/run-rollover", "{\"approve\": \"first month\"}")
                .header("Location");
        olga.awaitEnd(run);
        while (rows().size() < 3) {
            Thread.sleep(20);
        }
        assertThat(rows())
                .containsExactly(
                        "olga run " + host.date() + " asked",
                        "olga run " + host.date() + " begun",
                        "olga run " + host.date() + " completed");
        assertThat(database.count("""
                        select count(*) from credit_rollover_audit o
                        join credit_rollover_audit i on i.id = o.intent_id where i.outcome is null
                        """)).isEqualTo(2);
        assertThat(olga.get("/admin/audit.csv").body().lines())
                .hasSize(4)
                .first()
                .isEqualTo("id,at,who,address,action,target,reason,intent_id,outcome,result");
    }

    @Test
    void anIdIsWholeAlthoughItHasTheDigitsOfANumber() {
        Audit audit = new Audit(database.jdbc());
        audit.intend(new Audit.Intent(Actor.SCHEDULE, "reinstate", "", 1_234_567_890L, "called from 98765 43210"));
        audit.intend(new Audit.Intent(Actor.SCHEDULE, "look-at", "run 3", 1_234_567_890L, null));

        assertThat(rows())
                .containsExactly(
                        "schedule reinstate user 1234567890 asked", "schedule look-at user 1234567890, run 3 asked");
        assertThat(olga.get("/admin/audit.csv").body()).doesNotContain("98765");
        assertThat(ConsoleServer.stranger()
                        .loggedIn(ConsoleServer.OPERATOR, ConsoleServer.OPERATOR_PASSWORD)
                        .get("/audit")
                        .body())
                .contains("href=\"/users?id=1234567890\"");
    }

    @Test
    void refusedViewersAndWrongPasswordsAreInIt() {
        ConsoleServer.viewer().post("/admin/run-rollover", "{}");
        ConsoleServer.stranger().as("=cmd|' /C calc'!A0", "guess").get("/admin/rollovers");

        assertThat(rows())
                .containsExactly(
                        "victor request POST /admin/run-rollover refused", "=cmd|' /C calc'!A0 login console refused");
        assertThat(ConsoleServer.operator().get("/admin/audit.csv").body()).contains("'=cmd|");
        ConsoleServer.stranger().loggedIn(ConsoleServer.OPERATOR, ConsoleServer.OPERATOR_PASSWORD);
        assertThat(rows()).contains("olga login console done");
    }

    @Test
    void strangersCannotFillIt() {
        MovingClock clock = new MovingClock();
        Refusals refusals = new Refusals(new Audit(database.jdbc()), clock);
        for (int i = 0; i < Refusals.MAX_ROWS_AN_HOUR + 50; i++) {
            refusals.note(new Actor("x".repeat(5_000), "203.0.113.1"), "login", "console", "wrong\nname");
        }
        assertThat(rows()).hasSize(Refusals.MAX_ROWS_AN_HOUR).allMatch(row -> row.length() < 200);
        clock.now = clock.now.plusSeconds(3_700);
        refusals.note(new Actor("y", "203.0.113.1"), "login", "console", "wrong name");
        assertThat(database.jdbc()
                        .sql("select result from credit_rollover_audit order by id desc limit 2")
                        .query(String.class)
                        .list())
                .containsExactly(
                        "wrong name", "50 more requests were refused in the hour before. They are not in the audit.");
    }

    private static final class MovingClock extends Clock {
        private Instant now = Instant.parse("2026-11-01T00:00:00Z");

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
