package io.creditrollover.run;

import io.creditrollover.decision.ReasonCode;
import io.creditrollover.lease.FencingGuard;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Rows of runs of mode {@code reinstate}, and the expiries they are about. */
@Component
class Reinstatements {
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    Reinstatements(JdbcClient jdbc, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /**
     * An expiry of one user.
     *
     * @param undone whether its run is undone
     * @param reinstated whether a reinstatement gave a part back
     * @param missing credits not given back
     */
    record Expiry(long runId, LocalDate date, boolean undone, boolean reinstated, long missing) {}

    /** Opens a run at RUNNING, with the policy of the run it reinstates. */
    long open(
            RolloverRun run,
            @Nullable Long onlyUserId,
            String requestedBy,
            @Nullable String reason,
            FencingGuard guard) {
        return Objects.requireNonNull(transaction.execute(status -> {
            guard.lockToken();
            return jdbc.sql("""
                            insert into credit_rollover_runs
                                (rollover_date, mode, status, cutoff, zone, policy, requested_by, reason,
                                 reinstates_run_id, only_user_id)
                            select rollover_date, 'reinstate', 'RUNNING', cutoff, zone, policy, :requestedBy, :reason::text,
                                   id, :onlyUserId::bigint
                            from credit_rollover_runs where id = :runId
                            returning id
                            """)
                    .param("requestedBy", requestedBy)
                    .param("reason", reason)
                    .param("onlyUserId", onlyUserId)
                    .param("runId", run.id())
                    .query(Long.class)
                    .single();
        }));
    }

    /**
     * Returns a user's latest expiry of the date, if possible one to reinstate: an undone month that ran again has two.
     * Joins by run, because events are indexed by run.
     *
     * @param date null for the date of the latest expiry
     */
    Optional<Expiry> latest(long userId, @Nullable LocalDate date) {
        return jdbc.sql("""
                        with expiries as (
                            select e.id, e.run_id, e.rollover_date as date, r.status = 'UNDONE' as undone, given.reinstated,
                                   e.credits_before - e.credits_after - given.credits as missing
                            from credit_rollover_runs r
                            join credit_rollover_events e on e.run_id = r.id and e.user_id = :userId
                             and e.action in ('rollover', 'expiry') and e.credits_after < e.credits_before
                            cross join lateral (
                                select coalesce(sum(g.credits_after - g.credits_before), 0) as credits,
                                       coalesce(bool_or(g.action = 'reinstatement'), false) as reinstated
                                from credit_rollover_events g where g.reverses = e.id) as given
                            where r.mode = 'live')
                        select run_id, date, undone, reinstated, missing::bigint as missing from expiries
                        where date = coalesce(:date::date, (select date from expiries order by id desc limit 1))
                        order by missing > 0 and not reinstated desc, id desc limit 1
                        """)
                .param("userId", userId)
                .param("date", date)
                .query(Expiry.class)
                .optional();
    }

    boolean isThere(long userId) {
        return jdbc.sql("select exists (select from users where id = :id)")
                .param("id", userId)
                .query(Boolean.class)
                .single();
    }

    /** Returns why the user was skipped. */
    Optional<String> refusal(long runId, long userId) {
        return jdbc.sql("select reason from credit_rollover_skips where run_id = :runId and user_id = :userId")
                .param("runId", runId)
                .param("userId", userId)
                .query(String.class)
                .optional();
    }

    List<Long> boughtMeanwhile(long runId) {
        return jdbc.sql("""
                        select user_id from credit_rollover_skips where run_id = :runId and reason_code = :code
                        order by user_id
                        """)
                .param("runId", runId)
                .param("code", ReasonCode.BOUGHT_MEANWHILE.name())
                .query(Long.class)
                .list();
    }
}
