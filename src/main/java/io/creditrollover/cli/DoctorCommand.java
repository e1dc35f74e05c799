package io.creditrollover.cli;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.host.Finding;
import io.creditrollover.host.HostCheck;
import io.creditrollover.run.Diagnosis;
import io.creditrollover.run.Doctor;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "doctor",
        description =
                "Checks host, grants, configuration and connections, and prints a fix for each error. Changes nothing.",
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
    private final CommandRunner invocation;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    DoctorCommand(CommandRunner invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        // The role may lack any right, and the product's tables may not exist.
        return invocation.executeWithoutNotification(json, invocation.starter()::start, application -> {
            Diagnosis found = application.getBean(Doctor.class).examine();
            List<Finding> errors = found.errors();
            return errors.isEmpty()
                    ? CommandResult.done(found, DoctorText.of(found))
                    : new CommandResult(
                            ExitCode.CONFIGURATION, found, DoctorText.of(found), HostCheck.sentence(errors));
        });
    }
}
