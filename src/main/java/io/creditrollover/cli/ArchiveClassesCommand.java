package io.creditrollover.cli;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.run.RolloverService;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** For the launcher: what is loaded here is in its archive. Reads only, and sends no mail. */
@Command(
        name = "archive-classes",
        description = "Loads the classes of the other commands.",
        hidden = true,
        mixinStandardHelpOptions = true)
final class ArchiveClassesCommand implements Callable<Integer> {
    private final CommandRunner invocation;

    @Option(names = "--json", description = "Answer with one JSON object.")
    private boolean json;

    ArchiveClassesCommand(CommandRunner invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        return invocation.executeWithoutNotification(json, invocation.starter()::start, application -> {
            RolloverService rollovers = application.getBean(RolloverService.class);
            try {
                return CommandResult.done(Map.of("runs", rollovers.runs()), "");
            } catch (ExitException failure) {
                if (failure.exitCode() != ExitCode.CONFIGURATION) {
                    throw failure;
                }
                // No tables yet: all is loaded but for their rows.
                return CommandResult.done(Map.of(), "");
            }
        });
    }
}
