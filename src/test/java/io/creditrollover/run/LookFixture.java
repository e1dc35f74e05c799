package io.creditrollover.run;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.TestApplication;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.lease.StopSignal;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A month that ran, and what may be done about its expiries. */
record LookFixture(TestDatabase database, TestApplication product) {

    long run() throws InterruptedException {
        RunOutcome run = product.run();
        if (run.exitCode() != ExitCode.OK) {
            throw new AssertionError(run.sentence());
        }
        return Objects.requireNonNull(run.run().executionId());
    }

    SecondLookOutcome look() throws InterruptedException {
        return look(null, false);
    }

    SecondLookOutcome look(@Nullable LocalDate date, boolean dryRun) throws InterruptedException {
        return product.bean(SecondLookService.class)
                .lookAtAllDue(new SecondLookRequest(date, dryRun, "a test", new StopSignal(), Progress.SILENT));
    }

    RunOutcome reinstate(String user, @Nullable LocalDate date, boolean dryRun) throws InterruptedException {
        return product.bean(ReinstateService.class)
                .reinstate(new ReinstateRequest(
                        user, date, "ticket 4711", dryRun, "a test", new StopSignal(), Progress.SILENT));
    }

    RunOutcome undo(long executionId, @Nullable String user) throws InterruptedException {
        UndoRequest.Scope scope = user == null ? UndoRequest.Scope.everybody() : UndoRequest.Scope.user(user);
        return product.bean(UndoService.class)
                .undo(new UndoRequest(
                        executionId, "a test", false, scope, true, "a test", new StopSignal(), Progress.SILENT));
    }

    /** The exit code of a refusal and its sentence. */
    static ExitException refusalOf(Work work) {
        return catchThrowableOfType(ExitException.class, work::run);
    }

    interface Work {
        void run() throws Exception;
    }

    /** A reinstatement's reason code and credits. */
    record Given(String reasonCode, int credits, @Nullable Long paymentId) {}

    List<Given> givenTo(HostFixture.User user) {
        return database.jdbc()
                .sql("""
                        select reason_code, credits_after - credits_before as credits, payment_id
                        from credit_rollover_events where user_id = :id and action = 'reinstatement' order by id
                        """)
                .param("id", user.id())
                .query(Given.class)
                .list();
    }

    long reinstatementRuns() {
        return database.count("select count(*) from credit_rollover_runs where mode = 'reinstate'");
    }

    /** Ends of live runs are so long ago. */
    void ended(String interval) {
        database.execute("update credit_rollover_runs set finished_at = clock_timestamp() - interval '" + interval
                + "' where mode = 'live'");
    }
}
