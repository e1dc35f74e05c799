package io.creditrollover.cli;

import io.creditrollover.people.Erasure;
import io.creditrollover.people.ErasureRequest;
import io.creditrollover.people.ErasureService;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "erase",
        description = "Removes a person's phone number from this system's tables. Amounts stay.",
        mixinStandardHelpOptions = true)
final class EraseCommand extends JsonCommand {
    @Parameters(paramLabel = "USER", description = "The user's id or phone number; deleted users too.")
    private String user = "";

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; kept in the audit.")
    private String reason = "";

    EraseCommand(CommandRunner invocation) {
        super(invocation);
    }

    @Override
    public Integer call() {
        return invocation.execute(json, application -> {
            Erasure done = application
                    .getBean(ErasureService.class)
                    .erase(new ErasureRequest(user, reason, ProcessIdentity.name()));
            return CommandResult.done(done, ErasureText.of(done));
        });
    }
}
