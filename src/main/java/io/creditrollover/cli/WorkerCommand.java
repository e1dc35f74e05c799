package io.creditrollover.cli;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.remote.Worker;
import io.creditrollover.remote.WorkerReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "worker",
        description =
                "Works on partitions of a run that another process leads with run --workers remote. Ends with that run.",
        mixinStandardHelpOptions = true)
final class WorkerCommand implements Callable<Integer> {
    private final CommandRunner invocation;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    WorkerCommand(CommandRunner invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        return invocation.executeWithoutNotification(json, invocation.starter()::start, application -> {
            String name = ProcessIdentity.name() + ":" + ProcessHandle.current().pid();
            return answer(application.getBean(Worker.class).work(name, invocation.signal()));
        });
    }

    private static CommandResult answer(WorkerReport report) {
        return report.exitCode() == ExitCode.OK
                ? CommandResult.done(report.work(), report.sentence())
                : new CommandResult(report.exitCode(), report.work(), "", report.sentence());
    }
}
