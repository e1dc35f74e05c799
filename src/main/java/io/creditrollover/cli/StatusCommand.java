package io.creditrollover.cli;

import io.creditrollover.run.Rollovers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "status", description = "Shows runs and their figures.", mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Parameters(arity = "0..1", paramLabel = "EXECUTION_ID", description = "Any execution of the run; all without it.")
    private @Nullable Long executionId;

    @Option(names = "--json", description = "Answer with one JSON object.")
    private boolean json;

    StatusCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        return invocation.execute(json, application -> {
            Rollovers rollovers = application.getBean(Rollovers.class);
            return executionId == null ? all(rollovers.runs()) : RunAnswers.of(rollovers.status(executionId));
        });
    }

    private static Answer all(List<io.creditrollover.run.RunSummary> runs) {
        return Answer.done(Map.of("runs", runs), RunAnswers.table(runs));
    }
}
