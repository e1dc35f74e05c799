package io.creditrollover.cli;

import io.creditrollover.run.UndoRequest;
import io.creditrollover.run.UndoService;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "undo", description = "Reverses the expiries of a run.", mixinStandardHelpOptions = true)
final class UndoCommand extends JsonCommand {
    @Parameters(paramLabel = "EXECUTION_ID", description = "Any execution of the run.")
    private long executionId;

    @Option(
            names = "--reason",
            required = true,
            paramLabel = "TEXT",
            description = "The reason, stored with each reversal.")
    private String reason = "";

    @Option(names = "--dry-run", description = "Only show what would be reversed.")
    private boolean dryRun;

    @Option(names = "--user", paramLabel = "USER", description = "Reverse for this user only: id or phone number.")
    private @Nullable String user;

    @Option(names = "--force", description = "Undo even if a later month has run.")
    private boolean force;

    UndoCommand(CommandRunner invocation) {
        super(invocation);
    }

    @Override
    public Integer call() {
        return invocation.execute(
                json,
                application -> RunFormatter.ofReversal(
                        application
                                .getBean(UndoService.class)
                                .undo(new UndoRequest(
                                        executionId,
                                        reason,
                                        dryRun,
                                        user == null ? UndoRequest.Scope.everybody() : UndoRequest.Scope.user(user),
                                        force,
                                        ProcessIdentity.name(),
                                        invocation.signal(),
                                        invocation.console().progress(json))),
                        dryRun));
    }
}
