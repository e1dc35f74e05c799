package io.creditrollover.cli;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.exit.Masked;
import io.creditrollover.report.FiguresStore;
import io.creditrollover.run.Readiness;
import io.creditrollover.schema.Migration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
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
            Migration all = done.with(figures(application.getBean(FiguresStore.class)));
            String whole = Stream.concat(Stream.of(text), all.notes().stream()).collect(Collectors.joining("\n"));
            return CommandResult.done(all, whole);
        });
    }

    /** The tables are migrated by now; a role that may not read them all leaves the figures to the next run. */
    private List<String> figures(FiguresStore store) {
        FiguresStore.Filled filled;
        try {
            filled = store.fill(invocation.signal()::isRequested);
        } catch (DataAccessException unread) {
            return List.of("The figures of completed runs are not all stored: "
                    + Masked.firstLine(NestedExceptionUtils.getMostSpecificCause(unread))
                    + " Run migrate again once that is fixed.");
        }
        if (filled.left() > 0) {
            throw new ExitException(
                    ExitCode.RETRY,
                    "Migrated and stopped: the figures of " + filled.left()
                            + " completed runs are not stored yet. Run migrate again.");
        }
        List<String> notes = new ArrayList<>();
        if (filled.stored() > 0) {
            notes.add("Figures stored of " + filled.stored() + " completed runs.");
        }
        if (filled.impossible() > 0) {
            notes.add(
                    "Of " + filled.impossible() + " dry runs only the totals are left: their decisions were removed.");
        }
        return notes;
    }
}
