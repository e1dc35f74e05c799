package io.creditrollover.run;

import io.creditrollover.backup.Backup;
import io.creditrollover.backup.BackupRequest;
import io.creditrollover.rollover.RunContext;
import java.util.Optional;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.stereotype.Component;

/** Backs up the balances before a live run's first write; later, the old balances are gone. */
@Component
class BackupStep {
    private static final String FILE = "backup.file";

    private final StepFactory parts;
    private final RunRepository runs;
    private final Backup backup;

    BackupStep(StepFactory parts, RunRepository runs, Backup backup) {
        this.parts = parts;
        this.runs = runs;
        this.backup = backup;
    }

    /** Returns the step; empty if not needed. */
    Optional<Step> of(RolloverRun run, RunContext order) {
        return backup.isEnabled() && !order.dryRun() && !runs.hasWritten(run.id())
                ? Optional.of(parts.step(
                        order.guard(), "backup", contribution -> make(run, order, StepFactory.contextOf(contribution))))
                : Optional.empty();
    }

    private void make(RolloverRun run, RunContext order, ExecutionContext job) throws Exception {
        Optional<String> earlier = Optional.ofNullable(job.get(FILE)).map(String::valueOf);
        BackupRequest copy =
                new BackupRequest(run.id(), run.date(), () -> order.signal().isRequested());
        job.putString(FILE, backup.make(copy, earlier));
    }
}
