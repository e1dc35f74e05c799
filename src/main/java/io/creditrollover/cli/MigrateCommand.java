package io.creditrollover.cli;

import io.creditrollover.run.Readiness;
import io.creditrollover.schema.Migration;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

@Command(
        name = "migrate",
        description = "Creates or updates this system's tables and indexes.",
        mixinStandardHelpOptions = true)
final class MigrateCommand extends JsonCommand {
    MigrateCommand(CommandRunner invocation) {
        super(invocation);
    }

    @Override
    public Integer call() {
        // The migrating role may lack rights on the tables it creates.
        return invocation.executeWithoutNotification(json, invocation.starter()::start, application -> {
            Migration done = application.getBean(Readiness.class).migrate(ProcessIdentity.name(), invocation.signal());
            String text = done.applied().isEmpty()
                    ? "Everything is up to date."
                    : "Applied: " + String.join(", ", done.applied()) + ".";
            return CommandResult.done(
                    done, Stream.concat(Stream.of(text), done.notes().stream()).collect(Collectors.joining("\n")));
        });
    }
}
