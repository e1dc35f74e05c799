package io.creditrollover.daily;

import io.creditrollover.config.RolloverProperties;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.exit.ExitExceptions;
import io.creditrollover.exit.Masked;
import io.creditrollover.lease.HeldLease;
import io.creditrollover.lease.Leases;
import io.creditrollover.run.Readiness;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Runs the daily work, each part on its own. One process works at a time. Thread-safe. */
@Component
public class DailyService {
    private static final Logger log = LoggerFactory.getLogger(DailyService.class);
    private static final String LEASE = "daily";

    private final RolloverProperties properties;
    private final Readiness readiness;
    private final Leases leases;
    private final DailyParts parts;

    DailyService(RolloverProperties properties, Readiness readiness, Leases leases, DailyParts parts) {
        this.properties = properties;
        this.readiness = readiness;
        this.leases = leases;
        this.parts = parts;
    }

    /** Runs all parts in order, also after a failed one. Rejects (78) outdated tables, (75) a second process. */
    public DailyOutcome run(DailyRequest request) throws InterruptedException {
        readiness.forReading();
        if (request.dryRun() || properties.dryRun()) {
            return runParts(request.asDryRun());
        }
        try (HeldLease lease = leases.acquire(LEASE, request.requestedBy(), request.signal())) {
            return runParts(request);
        }
    }

    private DailyOutcome runParts(DailyRequest request) throws InterruptedException {
        List<DailyOutcome.Part> results = new ArrayList<>();
        for (DailyPart part : parts.inOrder()) {
            results.add(run(part, request));
        }
        return new DailyOutcome(results);
    }

    private DailyOutcome.Part run(DailyPart part, DailyRequest request) throws InterruptedException {
        if (request.signal().isRequested()) {
            return failed(part, new ExitException(ExitCode.RETRY, "Stopped before it began; nothing was done."));
        }
        if (!properties.enabled() && !part.whenDisabled()) {
            return new DailyOutcome.Part(
                    part.name(), ExitCode.OK, "rollover.enabled is false; nothing was done.", null);
        }
        try {
            return new DailyOutcome.Part(part.name(), ExitCode.OK, part.work().run(request), null);
        } catch (RuntimeException failure) {
            return failed(part, ExitExceptions.known(failure).orElseGet(() -> {
                log.error("{}: unexpected error.", part.name(), Masked.trace(failure));
                return ExitExceptions.unexpected(failure);
            }));
        }
    }

    private static DailyOutcome.Part failed(DailyPart part, ExitException failure) {
        return new DailyOutcome.Part(part.name(), failure.exitCode(), null, failure.sentence());
    }
}
