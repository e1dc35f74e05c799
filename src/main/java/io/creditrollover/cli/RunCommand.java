package io.creditrollover.cli;

import io.creditrollover.run.RolloverService;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "run",
        description = "Runs the month, or goes on with its unfinished run.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    private final CommandRunner invocation;

    @Option(names = "--date", paramLabel = "D", description = "The rollover date, a first of the month.")
    private @Nullable LocalDate date;

    @Option(names = "--dry-run", description = "Decide about everybody and change nothing.")
    private boolean dryRun;

    @Option(names = "--approve", paramLabel = "REASON", description = "Let safety limits pass, and say why.")
    private @Nullable String approve;

    @Option(names = "--plan", paramLabel = "EXECUTION_ID", description = "Carry out this dry run.")
    private @Nullable Long plan;

    @Option(names = "--json", description = "Answer with one JSON object.")
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
