package io.creditrollover.run;

import java.util.Optional;
import org.springframework.stereotype.Component;

/** Finds execution ids for messages to people. */
@Component
class NamedExecutions {
    private final RunRepository runs;
    private final JobExecutions executions;

    NamedExecutions(RunRepository runs, JobExecutions executions) {
        this.runs = runs;
        this.executions = executions;
    }

    /** Returns the id for the command {@code undo}: the latest execution of the undo, else of the undone run. */
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
