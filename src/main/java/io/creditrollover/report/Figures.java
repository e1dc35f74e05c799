package io.creditrollover.report;

import io.creditrollover.config.RolloverProperties;
import io.creditrollover.run.ForecastTotals;
import io.creditrollover.run.RunStatus;
import io.creditrollover.run.RunSummary;
import io.creditrollover.run.Snapshots;
import io.creditrollover.run.Summaries;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads a run's figures: of an ended run the stored ones, else computed in one snapshot of events and payments. What is
 * not stored is counted, or taken from an earlier count. Reads only. Safe for use by several threads.
 */
@Component
public class Figures {
    /** Users listed in a report; the CSV has all. */
    private static final int MAX_LISTED = 20;

    private final JdbcClient jdbc;
    private final Snapshots snapshots;
    private final Summaries summaries;
    private final FiguresTable table;
    private final FiguresComputation computation;
    private final Money money;

    Figures(
            JdbcClient jdbc,
            Snapshots snapshots,
            Summaries summaries,
            FiguresTable table,
            FiguresComputation computation,
            RolloverProperties properties) {
        this.money = Money.of(properties);
        this.jdbc = jdbc;
        this.snapshots = snapshots;
        this.summaries = summaries;
        this.table = table;
        this.computation = computation;
    }

    /**
     * @param open whether the run belongs to the last two months
     * @param decided whether any decision or skip of it is there
     */
    private record Terms(String zone, boolean open, boolean decided, Instant now) {}

    /** A run's own part of the figures; without stored ones its row's totals only. */
    private record Own(StoredFigures figures, @Nullable Instant asOf, List<RunMonth> months) {}

    /** Returns the figures of a run in any mode and status; throws for an unknown id. */
    public RunFigures of(long runId) {
        return snapshots.read(() -> read(runId, counted(runId)));
    }

    /** As {@link #of}, with what was counted earlier: reads neither all events of the run nor payments. */
    public RunFigures of(long runId, Counted counted) {
        return snapshots.read(() -> read(runId, counted));
    }

    /** Counts what is not stored. Its time grows with the users of the run. */
    public Counted count(long runId) {
        return snapshots.read(() -> counted(runId));
    }

    private Counted counted(long runId) {
        Terms terms = terms(runId);
        RunSummary run = summaries.of(runId);
        boolean ended = isEnded(run);
        return new Counted(
                terms.open() || !ended ? terms.now() : null,
                terms.open() ? LatePayment.of(runId, MAX_LISTED, jdbc) : List.of(),
                WinBack.upTo(runId, jdbc),
                NoticeConversion.of(runId, jdbc),
                ended ? null : computation.of(runId, run, ZoneId.of(terms.zone())));
    }

    private RunFigures read(long runId, Counted counted) {
        Terms terms = terms(runId);
        RunSummary run = summaries.of(runId);
        ZoneId zone = ZoneId.of(terms.zone());
        Own own = own(runId, run, zone, counted);
        return new RunFigures(
                run,
                zone,
                money,
                own.asOf(),
                counted.at(),
                terms.open(),
                terms.decided(),
                own.figures().lines(),
                own.months(),
                own.figures().paymentMonths(),
                counted.cameBack(),
                counted.latePayments(),
                SkippedUser.of(runId, MAX_LISTED, jdbc),
                own.asOf() == null ? null : own.figures().difference(),
                RunFigures.Expected.of(ForecastTotals.of(runId, jdbc)),
                Reinstated.upTo(runId, jdbc),
                counted.notices());
    }

    private static boolean isEnded(RunSummary run) {
        return run.status() == RunStatus.COMPLETED || run.status() == RunStatus.UNDONE;
    }

    private Own own(long runId, RunSummary run, ZoneId zone, Counted counted) {
        List<RunMonth> months = RunMonth.upTo(runId, jdbc);
        if (isEnded(run)) {
            Optional<FiguresTable.Row> stored = table.find(runId);
            return stored.map(row -> new Own(row.figures(), row.computedAt(), months))
                    .orElseGet(() -> new Own(StoredFigures.NONE, null, months));
        }
        FiguresComputation.Computed known = counted.unfinished();
        FiguresComputation.Computed computed = known == null ? computation.of(runId, run, zone) : known;
        List<RunMonth> earlier = new ArrayList<>(months.subList(0, months.size() - 1));
        earlier.add(computed.month());
        return new Own(computed.figures(), counted.at(), earlier);
    }

    private Terms terms(long runId) {
        return jdbc.sql("""
                        select r.zone, %s as open,
                               case r.mode when 'dry-run'
                                   then (select min(user_id) from credit_rollover_dry_run_decisions d
                                         where d.run_id = r.id) is not null
                                   else true end as decided,
                               clock_timestamp() as now
                        from credit_rollover_runs r where r.id = :runId
                        """.formatted(FiguresTable.IS_OPEN))
                .param("runId", runId)
                .query((rs, row) -> new Terms(
                        rs.getString("zone"),
                        rs.getBoolean("open"),
                        rs.getBoolean("decided"),
                        rs.getObject("now", java.time.OffsetDateTime.class).toInstant()))
                .single();
    }
}
