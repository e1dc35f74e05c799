package io.creditrollover.run;

import io.creditrollover.config.RolloverProperties;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds the runs to look at a second time: completed, not undone, ended less than the window ago. Reads only. */
@Component
class LookWindow {
    private final RunRepository runs;
    private final DatabaseClock clock;
    private final JdbcClient jdbc;
    private final Duration window;

    LookWindow(RunRepository runs, DatabaseClock clock, JdbcClient jdbc, RolloverProperties properties) {
        this.runs = runs;
        this.clock = clock;
        this.jdbc = jdbc;
        this.window = properties.secondLook().window();
    }

    /** Returns the runs, by date. Rejects (64) a date whose run is not completed, or too long ago. */
    List<RolloverRun> due(@Nullable LocalDate date) {
        if (date != null) {
            return List.of(of(date));
        }
        return jdbc.sql("""
                        select id from credit_rollover_runs where mode = 'live' and status = 'COMPLETED'
                        order by rollover_date, id
                        """).query(Long.class).list().stream()
                .map(id -> runs.find(id).orElseThrow())
                .filter(this::isOpen)
                .toList();
    }

    private RolloverRun of(LocalDate date) {
        Optional<RolloverRun> run = runs.findLive(date);
        if (run.isEmpty()) {
            throw usage("There is no live run of " + date + " that is not undone, so there is nothing to look at.");
        }
        if (run.get().status() != RunStatus.COMPLETED) {
            throw usage("Run " + run.get().id() + " of " + date + " is "
                    + run.get().status() + "; a second look needs a completed run.");
        }
        if (!isOpen(run.get())) {
            throw usage("The second look at run " + run.get().id() + " of " + date + " closed " + window
                    + " (rollover.second-look.window) after its end, "
                    + run.get().finishedAt()
                    + "; one user's credits come back by reinstate USER.");
        }
        return run.get();
    }

    private boolean isOpen(RolloverRun run) {
        Instant finished = Objects.requireNonNull(run.finishedAt());
        return clock.now().isBefore(finished.plus(window));
    }

    private static ExitException usage(String sentence) {
        return new ExitException(ExitCode.USAGE, sentence);
    }
}
