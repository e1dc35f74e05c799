package io.creditrollover.remote;

import io.creditrollover.lease.LeaseLostException;
import io.creditrollover.lease.Leases;
import io.creditrollover.remote.Offers.Offered;
import io.creditrollover.remote.Offers.State;
import io.creditrollover.rollover.RunContext;
import io.creditrollover.run.RunWatchFactory;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.partition.PartitionHandler;
import org.springframework.batch.core.partition.StepExecutionSplitter;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Offers the partitions of one attempt and monitors them until done. Spring Batch's handler sends each message once and
 * waits without limit; this one offers a partition again if its worker is silent, stops or fails.
 */
final class RemotePartitionHandler implements PartitionHandler {
    private static final Logger log = LoggerFactory.getLogger(RemotePartitionHandler.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);
    private static final int MAX_FAILURES = 3;

    private final RunContext order;
    private final Offers offers;
    private final WorkerTimeout timeout;
    private final Duration silence;
    private final JobRepository repository;
    private final RunWatchFactory watches;
    private final Leases leases;

    /** Half a lease exceeds the timeouts of a chunk: the rows of a silent worker are unlocked by then, or can be. */
    RemotePartitionHandler(
            RunContext order,
            Offers offers,
            WorkerTimeout timeout,
            Duration lease,
            JobRepository repository,
            RunWatchFactory watches,
            Leases leases) {
        this.order = order;
        this.offers = offers;
        this.timeout = timeout;
        this.silence = lease.dividedBy(2);
        this.repository = repository;
        this.watches = watches;
        this.leases = leases;
    }

    @Override
    public Collection<StepExecution> handle(StepExecutionSplitter splitter, StepExecution manager) throws Exception {
        Set<StepExecution> ranges = splitter.split(manager, 1);
        if (ranges.isEmpty()) {
            return ranges;
        }
        offers.open(
                order.runId(),
                ranges.stream().map(StepExecution::getId).sorted().toList());
        try {
            monitor();
        } finally {
            close();
        }
        return ranges.stream()
                .map(range -> Objects.requireNonNull(repository.getStepExecution(range.getId())))
                .toList();
    }

    private void monitor() throws JobInterruptedException, InterruptedException {
        for (List<Offered> open = open(); !open.isEmpty(); open = open()) {
            open.forEach(this::failAfterRetries);
            if (open.stream().anyMatch(range -> range.state() == State.TAKEN && !range.silent())) {
                timeout.renew();
            } else {
                timeout.check(open.size());
            }
            open.forEach(this::offerAnewWhereNeeded);
            if (order.signal().pause(BETWEEN_LOOKS)) {
                throw new JobInterruptedException("asked to stop");
            }
        }
    }

    private List<Offered> open() {
        return offers.look(silence).stream()
                .filter(range -> range.state() != State.DONE && range.state() != State.CLOSED)
                .toList();
    }

    private void failAfterRetries(Offered range) {
        if (range.failures() > 0) {
            watches.requireNotStopped(order.runId(), range.failure());
        }
        if (range.failures() >= MAX_FAILURES) {
            throw new IllegalStateException(MAX_FAILURES + " workers failed on one partition. The last cause: "
                    + Objects.requireNonNullElse(range.failure(), "the cause is unknown"));
        }
    }

    private void offerAnewWhereNeeded(Offered range) {
        try {
            if (range.state() == State.RETURNED) {
                log.info(
                        "Partition {} of run {} was returned by {} ({}). It is offered again.",
                        range.stepExecutionId(),
                        order.runId(),
                        range.worker(),
                        range.failure() == null ? "which is stopping" : range.failure());
                offers.reoffer(range);
            } else if (range.silent() && range.state() == State.TAKEN) {
                log.warn(
                        "No heartbeat for {} from {}, which has partition {} of run {}. It is offered again.",
                        silence,
                        range.worker(),
                        range.stepExecutionId(),
                        order.runId());
                offers.reoffer(range);
            } else if (range.silent() && offers.allReceived()) {
                offers.reoffer(range); // received by a process that died before its claim
            }
        } catch (DataAccessException chunkAtHand) { // lock timeout; other errors show at the next look
            leases.endFrozenSessions(chunkAtHand);
            log.info("Partition {} may still have an open transaction. Retrying.", range.stepExecutionId());
        }
    }

    /**
     * Returns once no worker can commit. The database aborts a frozen worker's chunk within half a lease, unless it was
     * sending a statement. That chunk commits with its position, or the next lease holder ends it.
     */
    private void close() {
        long deadline = System.nanoTime() + silence.toNanos();
        boolean closed = false;
        while (!closed && System.nanoTime() < deadline) {
            try {
                open().forEach(offers::close);
                closed = open().isEmpty();
            } catch (LeaseLostException taken) {
                closed = true; // the new holder took the lease after all open chunks
            } catch (DataAccessException | TransactionException later) {
                log.info("Partitions of run {} cannot be closed yet: {}", order.runId(), later.getMessage());
                LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            }
        }
    }
}
