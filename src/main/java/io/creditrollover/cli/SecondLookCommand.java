package io.creditrollover.cli;

import io.creditrollover.run.SecondLookRequest;
import io.creditrollover.run.SecondLookService;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "second-look",
        description = "Decides expiries of completed runs again by today's payments; reinstates what should not have"
                + " expired.",
        mixinStandardHelpOptions = true)
final class SecondLookCommand extends JsonCommand {
    @Option(
            names = "--date",
            paramLabel = "D",
            description = "The rollover date; every run with an open window without it.")
    private @Nullable LocalDate date;

    @Option(names = "--dry-run", description = "Only say what would be reinstated.")
    private boolean dryRun;

    SecondLookCommand(CommandRunner invocation) {
        super(invocation);
    }

    @Override
    public Integer call() {
        return invocation.execute(
                json,
                application -> ReinstatementFormatter.of(application
                        .getBean(SecondLookService.class)
                        .lookAtAllDue(new SecondLookRequest(
                                date,
                                dryRun,
                                ProcessIdentity.name(),
                                invocation.signal(),
                                invocation.console().progress(json)))));
    }
}
