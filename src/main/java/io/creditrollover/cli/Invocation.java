package io.creditrollover.cli;

import io.creditrollover.lease.StopSignal;
import io.creditrollover.notify.Postman;
import io.creditrollover.run.RunRequest;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;

/** What every command works with: the application once it is started, the console, the wish to stop. */
record Invocation(ApplicationStarter starter, Console console, StopSignal signal) {
    /** A command's work, on a started application. */
    @FunctionalInterface
    interface Work {
        Answer with(ConfigurableApplicationContext application) throws InterruptedException;
    }

    /** Starts the application, works, prints the answer and returns the exit code; every failure becomes an answer. */
    int execute(boolean json, Work work) {
        Answer answer;
        try (ConfigurableApplicationContext application = starter.start()) {
            answer = work.with(application);
            application.getBean(Postman.class).deliverPending(signal);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            answer = Failures.answer(interrupted);
        } catch (RuntimeException failure) {
            answer = Failures.answer(failure);
        }
        console.answer(answer, json);
        return answer.exitCode().code();
    }

    RunRequest request(
            @Nullable LocalDate date, boolean dryRun, @Nullable String approve, @Nullable Long plan, boolean json) {
        return new RunRequest(date, dryRun, approve, plan, Caller.name(), signal, console.progress(json));
    }
}
