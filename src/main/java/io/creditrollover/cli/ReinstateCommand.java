package io.creditrollover.cli;

import io.creditrollover.run.ReinstateRequest;
import io.creditrollover.run.ReinstateService;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "reinstate", description = "Reinstates one user's latest expiry.", mixinStandardHelpOptions = true)
final class ReinstateCommand extends JsonCommand {
    @Parameters(paramLabel = "USER", description = "The user's id or phone number.")
    private String user = "";

    @Option(
            names = "--date",
            paramLabel = "D",
            description = "The rollover date; that of the latest expiry without it.")
    private @Nullable LocalDate date;

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; kept with the event.")
    private String reason = "";

    @Option(names = "--dry-run", description = "Only say what would be reinstated.")
    private boolean dryRun;

    ReinstateCommand(CommandRunner invocation) {
        super(invocation);
    }

    @Override
    public Integer call() {
        return invocation.execute(
                json,
                application -> RunFormatter.ofReversal(
                        application
                                .getBean(ReinstateService.class)
                                .reinstate(new ReinstateRequest(
                                        user,
                                        date,
                                        reason,
                                        dryRun,
                                        ProcessIdentity.name(),
                                        invocation.signal(),
                                        invocation.console().progress(json))),
                        dryRun));
    }
}
