package io.creditrollover.people;

import io.creditrollover.config.RetentionProperties;
import io.creditrollover.config.RolloverProperties;
import io.creditrollover.lease.StopSignal;
import io.creditrollover.run.DatabaseClock;
import io.creditrollover.run.Readiness;
import io.creditrollover.schema.OwnRights;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneId;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Deletes rows older than {@code rollover.retention}. Each batch is a transaction with its audit rows, so a killed call
 * leaves nothing half done and the next one continues. Nothing due costs a few index lookups.
 */
@Component
public class RetentionService {
    private final RetentionProperties retention;
    private final ZoneId zone;
    private final Readiness readiness;
    private final OwnRights rights;
    private final OldRows rows;
    private final ErasureAudit audit;
    private final DatabaseClock clock;
    private final TransactionTemplate transaction;

    RetentionService(
            RetentionProperties retention,
            RolloverProperties properties,
            Readiness readiness,
            OwnRights rights,
            OldRows rows,
            ErasureAudit audit,
            DatabaseClock clock,
            TransactionTemplate transaction) {
        this.retention = retention;
        this.zone = properties.zone();
        this.readiness = readiness;
        this.rights = rights;
        this.rows = rows;
        this.audit = audit;
        this.clock = clock;
        this.transaction = transaction;
    }

    /**
     * Deleted rows.
     *
     * @param dryRunDecisions the totals of their runs remain
     * @param audit entries of the audit
     * @param mails delivered mails, by the retention of notices
     * @param notices to users
     * @param idempotencyKeys answers to API requests older than a day
     */
    public record Deleted(long dryRunDecisions, long audit, long mails, long notices, long idempotencyKeys) {}

    /** One statement for a batch; returns the number of deleted rows. */
    @FunctionalInterface
    private interface Batch {
        int delete(OffsetDateTime before);
    }

    /** Deletes what is due. Rejects (78) a missing grant. */
    public Deleted delete(String actor, StopSignal signal) {
        readiness.forReading();
        rights.requireForRetention();
        Kind audits = new Kind("entries of the audit", "rollover.retention.audit", retention.audit());
        return new Deleted(
                deleteDryRuns(actor, signal),
                all(audits, actor, signal, rows::deleteAudit),
                all(
                        new Kind("delivered mails", "rollover.retention.notices", retention.notices()),
                        actor,
                        signal,
                        rows::deleteMails),
                all(
                        new Kind("notices to users", "rollover.retention.notices", retention.notices()),
                        actor,
                        signal,
                        rows::deleteNotices),
                all(
                        new Kind("answers to API requests", "one day", Period.ofDays(1)),
                        actor,
                        signal,
                        rows::deleteAnswers));
    }

    /** @param setting its key */
    private record Kind(String name, String setting, Period age) {}

    private long deleteDryRuns(String actor, StopSignal signal) {
        Kind kind = new Kind("decisions of dry runs", "rollover.retention.dry-runs", retention.dryRuns());
        long deleted = 0;
        for (long runId : rows.oldDryRuns(before(kind.age()))) {
            deleted += all(kind, actor, signal, before -> rows.deleteDecisions(runId, retention.dryRuns()));
        }
        return deleted;
    }

    private long all(Kind kind, String actor, StopSignal signal, Batch batch) {
        OffsetDateTime before = before(kind.age());
        long deleted = 0;
        int last = 1;
        while (last > 0 && !signal.isRequested()) {
            Integer some = transaction.execute(status -> deleteAndNote(kind, actor, before, batch));
            last = some == null ? 0 : some;
            deleted += last;
        }
        return deleted;
    }

    private int deleteAndNote(Kind kind, String actor, OffsetDateTime before, Batch batch) {
        int deleted = batch.delete(before);
        if (deleted > 0) {
            long intent = audit.intend(actor, "retention", kind.name(), kind.setting() + " = " + kind.age());
            audit.outcome(intent, true, "deleted " + deleted + " from before " + before);
        }
        return deleted;
    }

    private OffsetDateTime before(Period age) {
        return clock.now().atZone(zone).minus(age).toOffsetDateTime();
    }
}
