package io.creditrollover.run;

import io.creditrollover.backup.Backup;
import io.creditrollover.backup.BackupOrder;
import io.creditrollover.rollover.RolloverOrder;
import java.util.Optional;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.stereotype.Component;

/** The copy of the balances before a live run's first write; once it has written, the picture from before is gone. */
@Component
class BackupStep {
    private static final String FILE = "backup.file";

    private final JobParts parts;
    private final RunTable runs;
    private final Backup backup;

    BackupStep(JobParts parts, RunTable runs, Backup backup) {
        this.parts = parts;
        this.runs = runs;
        this.backup = backup;
    }

    /** Returns the step where this attempt needs one. */
    Optional<Step> of(RolloverRun run, RolloverOrder order) {
        return backup.isEnabled() && !order.dryRun() && !runs.hasWritten(run.id())
                ? Optional.of(parts.step("backup", contribution -> make(run, order, JobParts.contextOf(contribution))))
                : Optional.empty();
    }

    private void make(RolloverRun run, RolloverOrder order, ExecutionContext job) throws Exception {
        Optional<String> earlier = Optional.ofNullable(job.get(FILE)).map(String::valueOf);
        BackupOrder copy =
                new BackupOrder(run.id(), run.date(), () -> order.signal().isRequested());
        job.putString(FILE, backup.make(copy, earlier));
    }
}
