package io.creditrollover.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.Obstacles;
import io.creditrollover.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the console offers for a run or an undo whose process may be dead, and for one that is. */
class InterruptedWorkTest {
    private final TestDatabase database = ConsoleServer.emptied();
    private final HostFixture host = ConsoleServer.host();
    private final Obstacles obstacles = Obstacles.in(database);
    private final ApiClient api = ConsoleServer.operator();
    private final ApiClient olga =
            ConsoleServer.stranger().loggedIn(ConsoleServer.OPERATOR, ConsoleServer.OPERATOR_PASSWORD);

    @AfterEach
    void leaveNothingRunning() {
        obstacles.clear();
        database.execute("update credit_rollover_runs set status = 'FAILED' where status = 'RUNNING'");
    }

    private String run() throws InterruptedException {
        String location = api.post("/admin/run-rollover", "{\"approve\": \"first month\"}")
                .header("Location");
        api.awaitEnd(location);
        return location.substring(location.lastIndexOf('/') + 1);
    }

    private String statusOf(String execution) throws InterruptedException {
        return api.awaitEnd("/admin/rollovers/" + execution).path("status").asString();
    }

    /** Presses a button of the page; returns the page that it leads to. */
    private String press(String action) {
        String token = olga.get("/users").token();
        String location = olga.postForm(action, "reason=lunch&_csrf=" + token).header("Location");
        return olga.get(location.replaceFirst("^https?://[^/]+", "").replaceFirst("#.*", ""))
                .body();
    }

    @Test
    void noStopIsPromisedWithoutHeartbeatsAndTheRunIsResumedOnceItsLeaseEnds() throws Exception {
        host.manyUsers(30);
        obstacles.refuseEventOf(host.aLapsedUser().id());
        String id = run();
        obstacles.clear();
        database.execute(
                "update credit_rollover_runs set status = 'RUNNING', finished_at = null, message = null",
                "update credit_rollover_leases set renewed_at = clock_timestamp() - interval '12 seconds',"
                        + " expires_at = clock_timestamp() + interval '1 hour' where name = 'writer'");

        assertThat(olga.get("/runs/" + id).body())
                .containsPattern("No heartbeat for <span[^>]*>1[2-9] s</span>")
                .contains("nothing can stop it", "this page offers to resume it")
                .doesNotContain("Stop safely");
        assertThat(press("/runs/" + id + "/stop"))
                .contains("A stop was requested. But no heartbeat has come for 1", "It can then be resumed in ")
                .doesNotContain("The run stops after");

        database.execute("update credit_rollover_leases set expires_at = clock_timestamp() where name = 'writer'");
        assertThat(olga.get("/runs/" + id).body())
                .contains("PROCESS LOST", "Resume this run")
                .doesNotContain("Stop safely");
        assertThat(press("/runs/" + id + "/stop"))
                .contains("No process is working on this run. It probably died. Nothing is lost: resume it.");

        press("/runs/" + id + "/restart");
        assertThat(statusOf(id))
                .as("the stop that nobody heard stops no later attempt")
                .isEqualTo("COMPLETED");
    }

    /** The command restart refuses it, too. */
    @Test
    void noReinstatementIsOfferedToResume() throws Exception {
        HostFixture.User lapsed = host.aLapsedUser();
        run();
        String location = api.post("/admin/users/" + lapsed.id() + "/reinstate", "{\"reason\": \"ticket 4711\"}")
                .header("Location");
        api.awaitEnd(location);
        String page = location.replace("/admin/rollovers/", "/runs/");
        for (String ended : List.of("FAILED", "STOPPED", "RUNNING")) {
            database.execute(
                    "update credit_rollover_runs set status = '" + ended + "' where mode = 'reinstate'",
                    "update credit_rollover_leases set expires_at = '-infinity' where name = 'writer'");

            assertThat(olga.get(page).body())
                    .as(ended)
                    .contains("A reinstatement does not resume.")
                    .doesNotContain("Resume this run", "it resumes after");
        }
    }

    @Test
    void aRunWithHeartbeatsIsStoppedAndSaysSo() throws Exception {
        HostFixture.User busy = host.aLapsedUser();
        host.manyUsers(10);
        String location;
        String page;
        try (var held = host.lock(busy)) {
            location = api.post("/admin/run-rollover", "{\"approve\": \"first month\"}")
                    .header("Location");
            String id = location.substring(location.lastIndexOf('/') + 1);
            assertThat(olga.get("/runs/" + id).body()).contains("Stop safely").doesNotContain("No heartbeat for");
            page = press("/runs/" + id + "/stop");
            held.rollback();
        }
        assertThat(page).contains("The run stops after the current chunk.");
        assertThat(api.awaitEnd(location).path("status").asString()).isIn("STOPPED", "COMPLETED");
    }

    /** Returns the undo, interrupted by a fault that is over. */
    private String interruptedUndo(String action, String form, HostFixture.User faulty) throws Exception {
        obstacles.refuseEventOf(faulty.id());
        String token = olga.get("/users").token();
        String location = olga.postForm(action, form + "&reason=wrong+plans&_csrf=" + token)
                .header("Location");
        String undo = location.substring(location.lastIndexOf('/') + 1);
        assertThat(statusOf(undo)).isEqualTo("FAILED");
        obstacles.clear();
        return undo;
    }

    @Test
    void anInterruptedUndoIsFinishedByOneButtonOnAnyPage() throws Exception {
        host.manyUsers(40);
        HostFixture.User last = host.aLapsedUser();
        String id = run();
        long expired = database.count("select credits_expired from credit_rollover_runs");
        String undo = interruptedUndo("/runs/" + id + "/undo", "credits=" + expired, last);
        assertThat(host.creditsOf(last)).isZero();

        assertThat(olga.get("/users").body())
                .contains("The undo of " + Formats.month(host.date()) + " is unfinished.", "Finish the undo")
                .contains("action=\"/runs/" + undo + "/finish\"");
        assertThat(olga.get("/runs/" + undo).body()).contains("This undo is unfinished", "Finish this undo");
        press("/runs/" + undo + "/finish");

        assertThat(statusOf(undo)).isEqualTo("COMPLETED");
        assertThat(statusOf(id)).isEqualTo("UNDONE");
        assertThat(host.creditsOf(last)).isEqualTo(25);
        assertThat(database.count("select sum(credits_after - credits_before) from credit_rollover_events"
                        + " where action = 'reversal'"))
                .isEqualTo(expired);
        assertThat(olga.get("/").body()).doesNotContain("Finish the undo");
    }

    @Test
    void anInterruptedUndoOfOneUserIsFinishedForThatUserOnly() throws Exception {
        HostFixture.User one = host.aLapsedUser();
        HostFixture.User other = host.aUserWhoNeverPaid();
        String id = run();
        String undo = interruptedUndo("/runs/" + id + "/undo", "credits=25&userId=" + one.id(), one);

        press("/runs/" + undo + "/finish");

        assertThat(statusOf(undo)).isEqualTo("COMPLETED");
        assertThat(statusOf(id)).isEqualTo("COMPLETED");
        assertThat(host.creditsOf(one)).isEqualTo(25);
        assertThat(host.creditsOf(other)).isZero();
    }
}
