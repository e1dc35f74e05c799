package io.creditrollover.admin;

import io.creditrollover.report.EventCsv;
import io.creditrollover.run.Snapshots;
import java.io.Writer;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Streams the audit as CSV (RFC 4180, UTF-8), oldest row first. No cell can act as a formula. */
@OnlyWhenServing
@Component
class AuditCsv {
    private static final List<String> COLUMNS =
            List.of("id", "at", "who", "address", "action", "target", "reason", "intent_id", "outcome", "result");
    private static final int FETCHED = 1_000;

    private final JdbcClient jdbc;
    private final Snapshots snapshots;

    AuditCsv(JdbcClient jdbc, Snapshots snapshots) {
        this.jdbc = jdbc;
        this.snapshots = snapshots;
    }

    void write(AuditSearch.Filter filter, Writer out) {
        snapshots.read(() -> EventCsv.stream(
                AuditSearch.narrowed(jdbc.sql("""
                        select id, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, who, address,
                               action, target, reason, intent_id, outcome, result
                        from credit_rollover_audit where %s order by id
                        """.formatted(AuditSearch.MATCHING)), filter)
                        .withFetchSize(FETCHED),
                COLUMNS,
                out));
    }
}
