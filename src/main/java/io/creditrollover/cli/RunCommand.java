package io.creditrollover.cli;

import io.creditrollover.run.RolloverService;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "run", description = "Runs the month, or resumes its unfinished run.", mixinStandardHelpOptions = true)
final class RunCommand extends StartingCommand {
    @Option(names = "--date", paramLabel = "D", description = "The rollover date, the first day of a month.")
    private @Nullable LocalDate date;

    @Option(names = "--dry-run", description = "Decide about all users, but change nothing.")
    private boolean dryRun;

    @Option(names = "--plan", paramLabel = "EXECUTION_ID", description = "Carry out this dry run.")
    private @Nullable Long plan;

    RunCommand(CommandRunner invocation) {
        super(invocation);
    }

    @Override
    public Integer call() {
        return invocation.execute(
                json,
                application -> RunFormatter.of(
                        application.getBean(RolloverService.class).run(request(application, date, dryRun, plan))));
    }
}
