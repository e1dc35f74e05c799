package io.creditrollover.report;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Rows of {@code credit_rollover_figures}. A row is inserted once; only its last column is set later, once. */
@Component
class FiguresTable {
    /** Whether a run {@code r} belongs to the last two months. */
    static final String IS_OPEN = """
            not exists (select from credit_rollover_runs later
                        where later.mode = 'live' and later.status = 'COMPLETED'
                          and later.rollover_date >= r.rollover_date + interval '2 months')
            """;

    private final JdbcClient jdbc;

    FiguresTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record Row(StoredFigures figures, Instant computedAt) {}

    Optional<Row> find(long runId) {
        return jdbc.sql("select figures, computed_at from credit_rollover_figures where run_id = :runId")
                .param("runId", runId)
                .query((rs, row) -> {
                    Instant computedAt =
                            rs.getObject("computed_at", OffsetDateTime.class).toInstant();
                    return StoredFigures.parse(rs.getString("figures")).map(figures -> new Row(figures, computedAt));
                })
                .optional()
                .flatMap(row -> row);
    }

    /**
     * Returns the payment months that the latest earlier run with the same plans and zone, live or dry, counted after
     * their end. An earlier run may be of the same month.
     */
    List<PaymentMonth> endedMonths(long runId, List<String> eligiblePlans, ZoneId zone) {
        return jdbc.sql("""
                        select f.figures, r.started_at from credit_rollover_runs this
                        join credit_rollover_runs r on r.mode in ('live', 'dry-run') and r.zone = this.zone
                               and (r.rollover_date, r.id) < (this.rollover_date, this.id)
                        join credit_rollover_figures f on f.run_id = r.id
                        where this.id = :runId and f.figures -> 'eligiblePlans' = to_jsonb(:plans::text[])
                        order by r.rollover_date desc, r.id desc limit 1
                        """)
                .param("runId", runId)
                .param("plans", eligiblePlans.toArray(String[]::new))
                .query((rs, row) -> {
                    Instant startedAt =
                            rs.getObject("started_at", OffsetDateTime.class).toInstant();
                    return StoredFigures.parse(rs.getString("figures"))
                            .orElse(StoredFigures.NONE)
                            .paymentMonths()
                            .stream()
                            .filter(month -> !month.rolloverDate()
                                    .atStartOfDay(zone)
                                    .toInstant()
                                    .isAfter(startedAt))
                            .toList();
                })
                .optional()
                .orElse(List.of());
    }

    /** Returns ended runs without figures, by date: a later month reuses what an earlier one has counted. */
    List<Long> missing() {
        return jdbc.sql("""
                        select r.id from credit_rollover_runs r
                        where r.status in ('COMPLETED', 'UNDONE')
                          and not exists (select from credit_rollover_figures f where f.run_id = r.id)
                        order by r.rollover_date, r.id
                        """).query(Long.class).list();
    }

    /** Returns runs with figures that left the last two months. */
    List<Long> toClose() {
        return jdbc.sql("""
                        select r.id from credit_rollover_figures f join credit_rollover_runs r on r.id = f.run_id
                        where f.users_came_back is null and r.mode = 'live' and r.status = 'COMPLETED' and not %s
                        order by r.rollover_date
                        """.formatted(IS_OPEN)).query(Long.class).list();
    }

    boolean isEnded(long runId) {
        return jdbc.sql("""
                        select exists (select from credit_rollover_runs
                                       where id = :runId and status in ('COMPLETED', 'UNDONE'))
                        """).param("runId", runId).query(Boolean.class).single();
    }

    boolean has(long runId) {
        return jdbc.sql("select exists (select from credit_rollover_figures where run_id = :runId)")
                .param("runId", runId)
                .query(Boolean.class)
                .single();
    }

    /** Keeps what another process has stored meanwhile. */
    void insert(long runId, StoredFigures figures) {
        jdbc.sql("""
                        insert into credit_rollover_figures (run_id, version, figures)
                        values (:runId, :version, :figures::jsonb) on conflict (run_id) do nothing
                        """)
                .param("runId", runId)
                .param("version", StoredFigures.VERSION)
                .param("figures", figures.toJson())
                .update();
    }

    /** Keeps what is stored already. */
    void close(long runId, long usersCameBack) {
        jdbc.sql("""
                        update credit_rollover_figures set users_came_back = :users
                        where run_id = :runId and users_came_back is null
                        """).param("users", usersCameBack).param("runId", runId).update();
    }
}
