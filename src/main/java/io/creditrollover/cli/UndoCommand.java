package io.creditrollover.cli;

import io.creditrollover.run.UndoRequest;
import io.creditrollover.run.UndoService;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "undo", description = "Gives back what a run took.", mixinStandardHelpOptions = true)
final class UndoCommand implements Callable<Integer> {
    private final CommandRunner invocation;

    @Parameters(paramLabel = "EXECUTION_ID", description = "Any execution of the run.")
    private long executionId;

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; kept with each reversal.")
    private String reason = "";

    @Option(names = "--dry-run", description = "Only say what would be given back.")
    private boolean dryRun;

    @Option(names = "--user", paramLabel = "USER", description = "Give back to this user only: id or phone number.")
    private @Nullable String user;

    @Option(names = "--force", description = "Undo although a later month has run.")
    private boolean force;

    @Option(names = "--json", description = "Answer with one JSON object.")
    private boolean json;

    UndoCommand(CommandRunner invocation) {
        this.invocation = invocation;
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
