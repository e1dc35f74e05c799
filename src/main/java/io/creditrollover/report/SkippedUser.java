package io.creditrollover.report;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A user skipped by a run. {@code phone} is masked; empty for a deleted user. */
public record SkippedUser(long userId, String phone, String reasonCode, String reason) {
    static final String MEANING =
            "Skipped: these users could not be decided, so they keep all credits. Check the payments of each user.";

    /** Returns the first {@code most} by id. */
    static List<SkippedUser> of(long runId, int most, JdbcClient jdbc) {
        return jdbc.sql("""
                        select s.user_id, coalesce(u.phone_number::text, '') as phone_number, s.reason_code, s.reason
                        from credit_rollover_skips s left join users u on u.id = s.user_id
                        where s.run_id = :runId
                        order by s.user_id limit :most
                        """)
                .param("runId", runId)
                .param("most", most)
                .query((rs, row) -> new SkippedUser(
                        rs.getLong("user_id"),
                        PhoneMask.mask(rs.getString("phone_number")),
                        rs.getString("reason_code"),
                        rs.getString("reason")))
                .list();
    }
}
