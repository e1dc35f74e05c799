package io.creditrollover.cli;

import io.creditrollover.run.RolloverService;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "restart", description = "Resumes the run of an execution.", mixinStandardHelpOptions = true)
final class RestartCommand implements Callable<Integer> {
    private final CommandRunner invocation;

    @Parameters(paramLabel = "EXECUTION_ID", description = "Any execution of the run.")
    private long executionId;

    @Option(names = "--approve", paramLabel = "REASON", description = "Pass the safety limits, for this reason.")
    private @Nullable String approve;

    @Option(names = "--json", description = "Print one JSON object.")
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
