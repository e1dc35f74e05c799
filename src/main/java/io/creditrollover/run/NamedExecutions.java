package io.creditrollover.run;

import java.util.Optional;
import org.springframework.stereotype.Component;

/** The execution ids by which people name runs. */
@Component
class NamedExecutions {
    private final RunRepository runs;
    private final JobExecutions executions;

    NamedExecutions(RunRepository runs, JobExecutions executions) {
        this.runs = runs;
        this.executions = executions;
    }

    /** Returns the execution to give to the command undo: the undo's latest, or one of the run it undoes where it has none yet. */
    long named(RolloverRun undo) {
        return latest(undo)
                .or(() -> Optional.ofNullable(undo.undoesRunId())
                        .flatMap(runs::find)
                        .flatMap(this::latest))
                .orElseThrow();
    }

    private Optional<Long> latest(RolloverRun run) {
        return Optional.ofNullable(run.jobInstanceId()).flatMap(executions::latest);
    }
}
