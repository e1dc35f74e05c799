package io.creditrollover.report;

import io.creditrollover.exit.Masked;
import io.creditrollover.run.CompletionListener;
import io.creditrollover.run.RunMode;
import io.creditrollover.run.RunSummary;
import io.creditrollover.run.Snapshots;
import io.creditrollover.run.Summaries;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Stores figures of ended runs, each once: computed in one snapshot, then inserted. After a crash between the two, or
 * between COMPLETED and them, the next call does it. Needs no lease: what the first process stored stays.
 */
@Component
public class FiguresStore implements CompletionListener {
    private static final Logger log = LoggerFactory.getLogger(FiguresStore.class);

    private final JdbcClient jdbc;
    private final Snapshots snapshots;
    private final Summaries summaries;
    private final FiguresTable table;
    private final FiguresComputation computation;

    FiguresStore(
            JdbcClient jdbc,
            Snapshots snapshots,
            Summaries summaries,
            FiguresTable table,
            FiguresComputation computation) {
        this.jdbc = jdbc;
        this.snapshots = snapshots;
        this.summaries = summaries;
        this.table = table;
        this.computation = computation;
    }

    /**
     * Result of {@link #fill}.
     *
     * @param stored runs whose figures were stored
     * @param left runs without, because it was stopped
     * @param impossible dry runs whose decisions are gone
     */
    public record Filled(int stored, int left, int impossible) {}

    /** Stores figures of the run and, of an undo, of the undone run; closes months older than the last two. */
    @Override
    public void completed(long runId) {
        store(runId);
        undoneBy(runId).ifPresent(this::store);
        closeOldMonths();
    }

    /** Stores a run's figures unless they are there or it has not ended; never throws. */
    public void tryToStore(long runId) {
        try {
            store(runId);
        } catch (RuntimeException failed) {
            log.warn(
                    "The figures of run {} could not be stored: {}",
                    runId,
                    Masked.firstLine(NestedExceptionUtils.getMostSpecificCause(failed)));
        }
    }

    /** Stores the figures of all ended runs, earliest first. A transaction never covers more than one run. */
    public Filled fill(BooleanSupplier stop) {
        List<Long> missing = table.missing();
        List<Long> impossible = new ArrayList<>();
        int stored = 0;
        for (long runId : missing) {
            if (stop.getAsBoolean()) {
                break;
            }
            if (store(runId)) {
                stored++;
            } else {
                impossible.add(runId);
            }
        }
        if (!stop.getAsBoolean()) {
            closeOldMonths();
        }
        return new Filled(stored, missing.size() - stored - impossible.size(), impossible.size());
    }

    /** Returns false if the decisions to compute them from are gone. */
    private boolean store(long runId) {
        if (table.has(runId) || !table.isEnded(runId)) {
            return true;
        }
        Optional<StoredFigures> figures = snapshots.read(() -> {
            RunSummary run = summaries.of(runId);
            StoredFigures computed = computation.of(runId, run, zone(runId)).figures();
            boolean gone =
                    run.mode() == RunMode.DRY_RUN && computed.difference().users() < 0;
            return gone ? Optional.<StoredFigures>empty() : Optional.of(computed);
        });
        figures.ifPresent(found -> table.insert(runId, found));
        return figures.isPresent();
    }

    private void closeOldMonths() {
        for (long runId : table.toClose()) {
            Long users = snapshots
                    .read(() -> Optional.ofNullable(WinBack.closing(runId, jdbc)))
                    .orElse(null);
            if (users != null) {
                table.close(runId, users);
            }
        }
    }

    private ZoneId zone(long runId) {
        return ZoneId.of(jdbc.sql("select zone from credit_rollover_runs where id = :runId")
                .param("runId", runId)
                .query(String.class)
                .single());
    }

    private Optional<Long> undoneBy(long runId) {
        return jdbc.sql(
                        "select undoes_run_id from credit_rollover_runs where id = :runId and undoes_run_id is not null")
                .param("runId", runId)
                .query(Long.class)
                .optional();
    }
}
