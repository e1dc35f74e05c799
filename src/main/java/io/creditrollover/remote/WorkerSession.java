package io.creditrollover.remote;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.lease.StopSignal;
import io.creditrollover.remote.ActiveRunQuery.Led;
import io.creditrollover.remote.ActiveRunQuery.Sight;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A worker's session on one run. Safe for use by several threads. */
final class WorkerSession {
    private static final Logger log = LoggerFactory.getLogger(WorkerSession.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final Claims claims;
    private final RangeWork work;
    private final String name;
    private final StopSignal end = new StopSignal();
    private final AtomicLong ranges = new AtomicLong();
    private final AtomicLong users = new AtomicLong();

    WorkerSession(Claims claims, RangeWork work, String name) {
        this.claims = claims;
        this.work = work;
        this.name = name;
    }

    /** Blocks until the run has ended, its manager is gone, or {@code signal} is raised. */
    void last(ActiveRunQuery watch, Led run, PartitionChannel channel, StopSignal signal) throws InterruptedException {
        Sight sight = watch.check(run);
        while (!sight.isOver() && sight.led() && !signal.pause(BETWEEN_LOOKS)) {
            channel.look();
            sight = watch.check(run);
        }
    }

    /** Stops the threads after their current chunk. */
    void end() {
        end.request();
    }

    void receive(long stepExecutionId, long number, ClaimHeartbeat life) {
        if (end.isRequested()) {
            claims.decline(stepExecutionId, number);
        } else {
            claims.take(stepExecutionId, number, name).ifPresent(claim -> work(claim, life));
        }
    }

    private void work(Claim claim, ClaimHeartbeat life) {
        life.begin(claim);
        try {
            RangeWork.Result result = work.work(claim, end);
            users.addAndGet(result.users());
            ranges.addAndGet(result.end() == RangeWork.End.DONE ? 1 : 0);
            log.info(
                    "Partition {} of run {}, claim {}: {} after {} users.",
                    claim.stepExecutionId(),
                    claim.runId(),
                    claim.number(),
                    result.end(),
                    result.users());
        } finally {
            life.end(claim);
        }
    }

    WorkerReport report(Led run, Sight sight, StopSignal signal) {
        WorkerReport.Work done =
                new WorkerReport.Work(run.runId(), run.rolloverDate(), sight.status(), ranges.get(), users.get());
        String of = "run " + run.runId() + " of " + run.rolloverDate();
        String what = " This worker finished " + ranges + " partitions and decided " + users + " users.";
        if (sight.isOver()) {
            return new WorkerReport(done, ExitCode.OK, "The " + of + " is " + sight.status() + "." + what);
        }
        String why = signal.isRequested()
                ? "Stopped while the " + of + " continues. Its unfinished partitions were returned."
                : "The " + of + " has no manager: its lease expired or was taken by another process.";
        return new WorkerReport(done, ExitCode.RETRY, why + what);
    }
}
