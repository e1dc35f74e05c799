package io.creditrollover.report;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Users told of a month's expiry by an accepted notice, and what a run decided about them.
 *
 * @param told users
 * @param renewedBefore rolled over by a payment before the cut-off
 * @param renewedAfter rolled over by a payment at or after the cut-off
 * @param expired lost credits
 * @param others skipped, or without credits
 */
public record NoticeConversion(long told, long renewedBefore, long renewedAfter, long expired, long others) {
    public static final NoticeConversion NONE = new NoticeConversion(0, 0, 0, 0, 0);

    static final String MEANING =
            "Users told by an accepted notice that credits would expire, and what the run decided about them.";

    /** Merges the notices of the date with the decisions of the run, both by an index on the user. */
    static NoticeConversion of(long runId, JdbcClient jdbc) {
        boolean none = jdbc.sql("""
                        select not exists (
                            select from credit_rollover_notices n join credit_rollover_runs r
                              on r.rollover_date = n.rollover_date
                            where r.id = :runId)
                        """).param("runId", runId).query(Boolean.class).single();
        return none ? NONE : fromEvents(runId, jdbc);
    }

    private static NoticeConversion fromEvents(long runId, JdbcClient jdbc) {
        return jdbc.sql("""
                        with told as (
                            select distinct n.user_id from credit_rollover_runs r
                            join credit_rollover_notices n on n.rollover_date = r.rollover_date
                            where r.id = :runId and r.mode = 'live' and n.kind = 'expiring' and n.accepted_at is not null)
                        select count(*) as told,
                               count(*) filter (where e.credits_after = e.credits_before
                                                  and e.reason_code = 'ELIGIBLE_PLAN') as renewed_before,
                               count(*) filter (where e.credits_after = e.credits_before
                                                  and e.reason_code <> 'ELIGIBLE_PLAN') as renewed_after,
                               count(*) filter (where e.credits_after < e.credits_before) as expired,
                               count(*) filter (where e.id is null) as others
                        from told t left join credit_rollover_events e
                          on e.run_id = :runId and e.user_id = t.user_id and e.action in ('rollover', 'expiry')
                        """).param("runId", runId).query(NoticeConversion.class).single();
    }

    /** Returns null if no user was told. */
    @Nullable Section section() {
        return told == 0
                ? null
                : Section.figures(
                        "Notices",
                        List.of(MEANING),
                        List.of("Users", "Number"),
                        List.of(
                                row("Told before the cut-off", told),
                                row("Renewed before the cut-off", renewedBefore),
                                row("Renewed or bought after the cut-off", renewedAfter),
                                row("Lost credits", expired),
                                row("Skipped, or without credits", others)));
    }

    private static List<String> row(String what, long users) {
        return List.of(what, ReportFormats.number(users));
    }
}
