package io.creditrollover.cli;

import io.creditrollover.exit.Causes;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.Masked;
import io.creditrollover.lease.StopSignal;
import io.creditrollover.notify.MetricsPush;
import io.creditrollover.notify.OutboxDispatcher;
import io.creditrollover.run.RunSummary;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.node.ObjectNode;

record CommandRunner(ApplicationStarter starter, Console console, StopSignal signal) {
    @FunctionalInterface
    interface Work {
        CommandResult with(ConfigurableApplicationContext application) throws InterruptedException;
    }

    /** Starts the application, works, sends mail and metrics, and prints the result. Maps every failure to a result. */
    int execute(boolean json, Work work) {
        return executeWithoutNotification(json, starter::start, application -> {
            CommandResult answer = work.with(application);
            tell(application, answer);
            return answer;
        });
    }

    /** As {@link #execute}, without mail and metrics (doctor, migrate, worker, serve). */
    int executeWithoutNotification(boolean json, Supplier<ConfigurableApplicationContext> start, Work work) {
        CommandResult answer;
        try (ConfigurableApplicationContext application = start.get()) {
            answer = signal.isRequested() ? stoppedBeforeItBegan() : work.with(application);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            answer = ExitCodeMapper.answer(interrupted);
        } catch (RuntimeException | Error failure) {
            answer = ExitCodeMapper.answer(failure);
        }
        console.answer(answer, json);
        return answer.exitCode().code();
    }

    /** Starting takes seconds. A stop meanwhile must not spend its grace period on work. */
    private static CommandResult stoppedBeforeItBegan() {
        return CommandResult.refused(ExitCode.RETRY, "Stopped before the start. Nothing was changed.");
    }

    /** Mail and metrics never change the exit code. */
    private void tell(ConfigurableApplicationContext application, CommandResult answer) {
        try {
            application.getBean(OutboxDispatcher.class).deliverPending(signal);
            if (answer.body() instanceof RunSummary || answer.body() instanceof ObjectNode) {
                application.getBean(MetricsPush.class).prepare();
            }
        } catch (RuntimeException untold) {
            LoggerFactory.getLogger(CommandRunner.class)
                    .warn("Mail and metrics were not sent: {}", Masked.firstLine(Causes.root(untold)));
        }
    }
}
