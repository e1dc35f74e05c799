package io.creditrollover.cli;

import io.creditrollover.run.RolloverService;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "restart", description = "Resumes the run of an execution.", mixinStandardHelpOptions = true)
final class RestartCommand extends StartingCommand {
    @Parameters(paramLabel = "EXECUTION_ID", description = "Any execution of the run.")
    private long executionId;

    RestartCommand(CommandRunner invocation) {
        super(invocation);
    }

    @Override
    public Integer call() {
        return invocation.execute(
                json,
                application -> RunFormatter.of(application
                        .getBean(RolloverService.class)
                        .restart(executionId, request(application, null, false, null))));
    }
}
