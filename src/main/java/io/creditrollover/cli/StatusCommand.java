package io.creditrollover.cli;

import io.creditrollover.run.RolloverService;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "status", description = "Shows runs and their totals.", mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
    private final CommandRunner invocation;

    @Parameters(
            arity = "0..1",
            paramLabel = "EXECUTION_ID",
            description = "Any execution of the run. Default: all runs.")
    private @Nullable Long executionId;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    StatusCommand(CommandRunner invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        return invocation.execute(json, application -> {
            RolloverService rollovers = application.getBean(RolloverService.class);
            return executionId == null ? all(rollovers.runs()) : RunFormatter.of(rollovers.status(executionId));
        });
    }

    private static CommandResult all(List<io.creditrollover.run.RunSummary> runs) {
        return CommandResult.done(Map.of("runs", runs), RunFormatter.table(runs));
    }
}
