package io.creditrollover.cli;

import io.creditrollover.run.RolloverService;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "restart",
        description = "Goes on with the run which an execution belongs to.",
        mixinStandardHelpOptions = true)
final class RestartCommand implements Callable<Integer> {
    private final CommandRunner invocation;

    @Parameters(paramLabel = "EXECUTION_ID", description = "Any execution of the run.")
    private long executionId;

    @Option(names = "--approve", paramLabel = "REASON", description = "Let safety limits pass, and say why.")
    private @Nullable String approve;

    @Option(names = "--json", description = "Answer with one JSON object.")
    private boolean json;

    @Mixin
    private WorkersOption workers = new WorkersOption();

    RestartCommand(CommandRunner invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        return invocation.execute(
                json,
                application -> RunFormatter.of(application
                        .getBean(RolloverService.class)
                        .restart(
                                executionId,
                                invocation.request(null, false, approve, null, json, workers.of(application)))));
    }
}
