package io.creditrollover.cli;

import io.creditrollover.remote.RemoteRanges;
import io.creditrollover.rollover.PartitionHandlerFactory;
import io.creditrollover.run.RunRequest;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import picocli.CommandLine.Option;

/** A command that starts an attempt at a run. */
abstract class StartingCommand extends JsonCommand {
    @Option(names = "--approve", paramLabel = "REASON", description = "Pass the safety limits, for this reason.")
    private @Nullable String approve;

    @Option(
            names = "--workers",
            paramLabel = "local|remote",
            description =
                    "Which processes decide users: this one (local), or others started with the command worker (remote).")
    private Where workers = Where.LOCAL;

    enum Where {
        LOCAL,
        REMOTE
    }

    StartingCommand(CommandRunner invocation) {
        super(invocation);
    }

    RunRequest request(ApplicationContext application, @Nullable LocalDate date, boolean dryRun, @Nullable Long plan) {
        return new RunRequest(
                date,
                dryRun,
                approve,
                plan,
                ProcessIdentity.name(),
                invocation.signal(),
                invocation.console().progress(json),
                workers == Where.REMOTE ? application.getBean(RemoteRanges.class) : PartitionHandlerFactory.LOCAL);
    }
}
