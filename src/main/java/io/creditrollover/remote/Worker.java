package io.creditrollover.remote;

import io.creditrollover.config.RolloverProperties;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.lease.Leases;
import io.creditrollover.lease.StopSignal;
import io.creditrollover.remote.ActiveRunQuery.Led;
import io.creditrollover.run.Readiness;
import java.time.Duration;
import java.util.Optional;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Works on the partitions of a run led by another process. */
@Lazy
@Component
public class Worker {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final Readiness readiness;
    private final ActiveRunQuery watch;
    private final Leases leases;
    private final ChannelFactory channels;
    private final Claims claims;
    private final RangeWork work;
    private final RolloverProperties properties;

    Worker(
            Readiness readiness,
            ActiveRunQuery watch,
            Leases leases,
            ChannelFactory channels,
            Claims claims,
            RangeWork work,
            RolloverProperties properties) {
        this.readiness = readiness;
        this.watch = watch;
        this.leases = leases;
        this.channels = channels;
        this.claims = claims;
        this.work = work;
        this.properties = properties;
    }

    /**
     * Waits for a run and works until it has ended.
     *
     * @param name machine and process, for people
     * @param signal stops after the current chunk; other workers resume
     * @throws ExitException 78 if the tables are outdated, a grant is missing, or the manager's lease duration differs
     */
    public WorkerReport work(String name, StopSignal signal) throws InterruptedException {
        readiness.forWorker();
        Optional<Led> run = await(signal);
        if (run.isEmpty()) {
            return signal.isRequested() ? stopped() : noneCame();
        }
        requireSameLease(run.get());
        return work(run.get(), name, signal);
    }

    /** Only time without a leaseholder counts, so a preflight does not use up the wait. */
    private Optional<Led> await(StopSignal signal) throws InterruptedException {
        Duration most = properties.remote().waitForRun();
        long idleSinceNanos = System.nanoTime();
        Optional<Led> run = watch.find();
        while (run.isEmpty() && System.nanoTime() - idleSinceNanos < most.toNanos() && !signal.pause(BETWEEN_LOOKS)) {
            if (leases.isHeld(Leases.WRITER)) {
                idleSinceNanos = System.nanoTime();
            }
            run = watch.find();
        }
        return signal.isRequested() ? Optional.empty() : run;
    }

    /** Chunk timeouts and the heartbeat interval depend on the lease duration. */
    private void requireSameLease(Led run) {
        Duration own = properties.lease().duration();
        if (run.lease().minus(own).abs().compareTo(Duration.ofMillis(50)) > 0) {
            throw new ExitException(
                    ExitCode.CONFIGURATION,
                    "rollover.lease.duration is " + own + " here and " + run.lease() + " for the manager of run "
                            + run.runId() + ". Set both to the same value.");
        }
    }

    /** Works until the run has ended, its manager is gone, or {@code signal} is raised. */
    private WorkerReport work(Led run, String name, StopSignal signal) throws InterruptedException {
        WorkerSession session = new WorkerSession(claims, work, name);
        try (ClaimHeartbeat life = new ClaimHeartbeat(claims, properties.lease().duration());
                PartitionChannel channel = channels.open(properties.effectiveThreads())) {
            channel.listen((range, claim) -> session.receive(range, claim, life));
            try {
                session.last(watch, run, channel, signal);
            } finally {
                session.end();
            }
        }
        return session.report(run, watch.check(run), signal);
    }

    private WorkerReport noneCame() {
        return new WorkerReport(
                new WorkerReport.Work(null, null, null, 0, 0),
                ExitCode.OK,
                "No run needed a worker within " + properties.remote().waitForRun()
                        + " (rollover.remote.wait-for-run). Nothing was changed.");
    }

    private static WorkerReport stopped() {
        return new WorkerReport(
                new WorkerReport.Work(null, null, null, 0, 0),
                ExitCode.RETRY,
                "Stopped while waiting for a run. Nothing was changed.");
    }
}
