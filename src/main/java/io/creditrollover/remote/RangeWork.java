package io.creditrollover.remote;

import io.creditrollover.decision.RolloverPolicy;
import io.creditrollover.exit.Causes;
import io.creditrollover.exit.Masked;
import io.creditrollover.lease.FencingGuard;
import io.creditrollover.lease.FencingToken;
import io.creditrollover.lease.LeaseLostException;
import io.creditrollover.lease.Leases;
import io.creditrollover.lease.StopSignal;
import io.creditrollover.rollover.PartitionHandlerFactory;
import io.creditrollover.rollover.RolloverSteps;
import io.creditrollover.rollover.RunContext;
import io.creditrollover.run.PolicyProvider;
import io.creditrollover.run.RunWatchFactory;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.integration.partition.StepExecutionRequest;
import org.springframework.batch.integration.partition.StepExecutionRequestHandler;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Processes one claimed partition from its last committed chunk on. */
@Lazy
@Component
class RangeWork {
    private final RolloverSteps steps;
    private final Leases leases;
    private final PolicyProvider policies;
    private final JobRepository repository;
    private final Claims claims;
    private final RunWatchFactory watches;

    RangeWork(
            RolloverSteps steps,
            Leases leases,
            PolicyProvider policies,
            JobRepository repository,
            Claims claims,
            RunWatchFactory watches) {
        this.steps = steps;
        this.leases = leases;
        this.policies = policies;
        this.repository = repository;
        this.claims = claims;
        this.watches = watches;
    }

    enum End {
        /** The whole partition is processed. */
        DONE,
        /** Returned after a committed chunk: this worker stops or failed. */
        GIVEN_BACK,
        /** The claim or the lease is lost. */
        LOST
    }

    /** {@code users} were decided or skipped in committed chunks. */
    record Result(End end, long users) {}

    Result work(Claim claim, StopSignal signal) {
        Resumed range = new Resumed(steps.range(order(claim, signal)));
        StepExecutionRequestHandler handler = new StepExecutionRequestHandler();
        handler.setJobRepository(repository);
        handler.setStepLocator(name -> range);
        StepExecution execution =
                handler.handle(new StepExecutionRequest(RolloverSteps.RANGE, claim.stepExecutionId()));
        return new Result(end(claim, execution), execution.getWriteCount() - range.writtenBefore);
    }

    private RunContext order(Claim claim, StopSignal signal) {
        RolloverPolicy policy = policies.ofRun(claim.runId());
        return new RunContext(
                claim.runId(),
                false,
                policy,
                guard(claim),
                signal,
                PartitionHandlerFactory.LOCAL,
                watches.of(claim.runId()));
    }

    private FencingGuard guard(Claim claim) {
        FencingToken token = new FencingToken(Leases.WRITER, claim.token());
        return leases.guard(token).withCheck(() -> claims.requireInForce(claim));
    }

    private End end(Claim claim, StepExecution execution) {
        if (execution.getStatus() == BatchStatus.COMPLETED) {
            return claims.done(claim) ? End.DONE : End.LOST;
        }
        if (failures(execution).anyMatch(RangeWork::isLoss)) {
            return End.LOST;
        }
        watches.keepStop(claim.runId(), failures(execution), guard(claim));
        boolean stopped = execution.getStatus() == BatchStatus.STOPPED;
        return claims.giveBack(claim, stopped ? null : cause(execution)) ? End.GIVEN_BACK : End.LOST;
    }

    private static boolean isLoss(Throwable failure) {
        return failure instanceof Claims.ClaimLostException || failure instanceof LeaseLostException;
    }

    private static Stream<Throwable> failures(StepExecution execution) {
        return execution.getFailureExceptions().stream().flatMap(Causes::of);
    }

    private static String cause(StepExecution execution) {
        return execution.getFailureExceptions().stream()
                .findFirst()
                .map(Causes::root)
                .map(inner -> Objects.requireNonNullElse(
                        inner.getMessage(), inner.getClass().getSimpleName()))
                .flatMap(text -> text.lines().findFirst())
                .map(Masked::text)
                .orElse("the cause is unknown");
    }

    /** Resumes a partition after a worker stopped, failed or died; resets the old exit status. */
    private static final class Resumed implements Step {
        private final Step range;
        private long writtenBefore;

        Resumed(Step range) {
            this.range = range;
        }

        @Override
        public String getName() {
            return range.getName();
        }

        @Override
        public void execute(StepExecution execution) throws JobInterruptedException {
            writtenBefore = execution.getWriteCount();
            if (execution.getStatus() != BatchStatus.COMPLETED) {
                execution.setExitStatus(ExitStatus.EXECUTING);
                range.execute(execution);
            }
        }
    }
}
