package io.creditrollover.cli;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.notice.NoticeService;
import io.creditrollover.notice.NotifyOutcome;
import io.creditrollover.notice.NotifyRequest;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "notify", description = "Tells users what is about to expire, or has.", mixinStandardHelpOptions = true)
final class NotifyCommand extends JsonCommand {
    @Option(names = "--date", paramLabel = "D", description = "Tell about this rollover date only.")
    private @Nullable LocalDate date;

    @Option(names = "--dry-run", description = "Count what would be planned. Writes and sends nothing.")
    private boolean dryRun;

    NotifyCommand(CommandRunner invocation) {
        super(invocation);
    }

    @Override
    public Integer call() {
        return invocation.execute(json, application -> {
            NotifyOutcome done = application
                    .getBean(NoticeService.class)
                    .notifyDue(new NotifyRequest(date, dryRun, ProcessIdentity.name(), invocation.signal()));
            return done.exitCode() == ExitCode.OK
                    ? CommandResult.done(done, NotifyText.of(done))
                    : new CommandResult(done.exitCode(), done, NotifyText.of(done), done.message());
        });
    }
}
