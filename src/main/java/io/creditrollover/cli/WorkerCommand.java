package io.creditrollover.cli;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.remote.Worker;
import io.creditrollover.remote.WorkerReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "worker",
        description = "Works on the run that run --workers remote leads in another process, and ends with it.",
        mixinStandardHelpOptions = true)
final class WorkerCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Option(names = "--json", description = "Answer with one JSON object.")
    private boolean json;

    WorkerCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        return invocation.executeUntold(json, invocation.starter()::start, application -> {
            String name = Caller.name() + ":" + ProcessHandle.current().pid();
            return answer(application.getBean(Worker.class).work(name, invocation.signal()));
        });
    }

    private static Answer answer(WorkerReport report) {
        return report.exitCode() == ExitCode.OK
                ? Answer.done(report.work(), report.sentence())
                : new Answer(report.exitCode(), report.work(), "", report.sentence());
    }
}
