package io.creditrollover.report;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Credits that came back by reinstatements of a month's live run, valued as the expired ones. */
record Reinstated(LocalDate rolloverDate, String reasonCode, long users, long credits, long valuePaise) {
    private static final String MEANING =
            "Reinstated: expired credits that came back after the run, by a second look or a person; an undo is not counted.";

    /** Returns those of the run, as the reinstated or the reinstating one, and of completed runs of eleven months before. */
    static List<Reinstated> upTo(long runId, JdbcClient jdbc) {
        boolean none = jdbc.sql("""
                        select not exists (
                            select from credit_rollover_runs this
                            join credit_rollover_runs r on r.mode = 'reinstate' and r.rollover_date
                                between this.rollover_date - interval '11 months' and this.rollover_date
                            where this.id = :runId)
                        """).param("runId", runId).query(Boolean.class).single();
        return none ? List.of() : fromEvents(runId, jdbc);
    }

    private static List<Reinstated> fromEvents(long runId, JdbcClient jdbc) {
        return jdbc.sql("""
                        select r.rollover_date, v.reason_code, count(*) as users,
                               sum(v.credits_after - v.credits_before)::bigint as credits,
                               coalesce(sum(round((v.credits_after - v.credits_before)::numeric
                                                  * p.amount / nullif(p.credits_added, 0)))
                                            filter (where p.amount > 0 and p.credits_added > 0), 0)::bigint as value_paise
                        from credit_rollover_runs this
                        join credit_rollover_runs r on r.mode = 'reinstate'
                         and r.rollover_date between this.rollover_date - interval '11 months' and this.rollover_date
                        join credit_rollover_runs live on live.id = r.reinstates_run_id
                        join credit_rollover_events v on v.run_id = r.id and v.action = 'reinstatement'
                        join credit_rollover_events e on e.id = v.reverses
                        left join payments p on p.id = e.payment_id
                        where this.id = :runId
                          and (r.id = this.id or live.id = this.id
                               or this.mode <> 'reinstate' and live.status = 'COMPLETED'
                                  and r.rollover_date < this.rollover_date)
                        group by r.rollover_date, v.reason_code
                        order by r.rollover_date, v.reason_code
                        """).param("runId", runId).query(Reinstated.class).list();
    }

    /** Returns the section about the run's own month; empty if nothing came back. */
    static Optional<Section> section(RunFigures figures) {
        List<Reinstated> lines = figures.reinstated().stream()
                .filter(line -> line.rolloverDate().equals(figures.run().rolloverDate()))
                .toList();
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        List<List<String>> rows = new ArrayList<>();
        lines.forEach(line -> rows.add(List.of(
                ReportFormats.code(line.reasonCode()),
                ReportFormats.number(line.users()),
                ReportFormats.number(line.credits()))));
        if (figures.run().creditsReinstated() == null) {
            long credits = lines.stream().mapToLong(Reinstated::credits).sum();
            rows.add(List.of(
                    "Expired minus reinstated",
                    ReportFormats.NOTHING,
                    ReportFormats.number(figures.thisMonth().totals().creditsExpired() - credits)));
        }
        return Optional.of(
                Section.figures("Reinstated", List.of(MEANING), List.of("Reason", "Users", "Credits"), rows));
    }
}
