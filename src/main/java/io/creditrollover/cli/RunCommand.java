package io.creditrollover.cli;

import io.creditrollover.run.RolloverService;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "run", description = "Runs the month, or resumes its unfinished run.", mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    private final CommandRunner invocation;

    @Option(names = "--date", paramLabel = "D", description = "The rollover date, the first day of a month.")
    private @Nullable LocalDate date;

    @Option(names = "--dry-run", description = "Decide about all users, but change nothing.")
    private boolean dryRun;

    @Option(names = "--approve", paramLabel = "REASON", description = "Pass the safety limits, for this reason.")
    private @Nullable String approve;

    @Option(names = "--plan", paramLabel = "EXECUTION_ID", description = "Carry out this dry run.")
    private @Nullable Long plan;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Mixin
    private WorkersOption workers = new WorkersOption();

    RunCommand(CommandRunner invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        return invocation.execute(
                json,
                application -> RunFormatter.of(application
                        .getBean(RolloverService.class)
                        .run(invocation.request(date, dryRun, approve, plan, json, workers.of(application)))));
    }
}
