package io.creditrollover.cli;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.Masked;
import io.creditrollover.lease.StopSignal;
import io.creditrollover.notify.MetricsPush;
import io.creditrollover.notify.OutboxDispatcher;
import io.creditrollover.rollover.PartitionHandlerFactory;
import io.creditrollover.run.RunRequest;
import io.creditrollover.run.RunSummary;
import java.time.LocalDate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.NestedExceptionUtils;
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
        return CommandResult.refused(ExitCode.RETRY, "Stopped before it began; nothing was done.");
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
                    .warn(
                            "Mail and metrics were left out: {}",
                            Masked.firstLine(NestedExceptionUtils.getMostSpecificCause(untold)));
        }
    }

    RunRequest request(
            @Nullable LocalDate date,
            boolean dryRun,
            @Nullable String approve,
            @Nullable Long plan,
            boolean json,
            PartitionHandlerFactory workers) {
        return new RunRequest(
                date, dryRun, approve, plan, ProcessIdentity.name(), signal, console.progress(json), workers);
    }
}
