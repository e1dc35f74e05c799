package io.creditrollover.admin;

import io.creditrollover.report.EventCsv;
import io.creditrollover.run.Snapshots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Streams the audit as CSV (RFC 4180, UTF-8), oldest row first. No cell can act as a formula. */
@OnlyWhenServing
@Component
class AuditCsv {
    private static final String COLUMNS = "id,at,who,address,action,target,reason,intent_id,outcome,result";
    private static final int FETCHED = 1_000;

    private final JdbcClient jdbc;
    private final Snapshots snapshots;

    AuditCsv(JdbcClient jdbc, Snapshots snapshots) {
        this.jdbc = jdbc;
        this.snapshots = snapshots;
    }

    void write(Writer out) throws IOException {
        out.write(COLUMNS + "\r\n");
        snapshots.read(() -> {
            jdbc.sql("""
                            select id, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, who, address,
                                   action, target, reason, intent_id, outcome, result
                            from credit_rollover_audit order by id
                            """).withFetchSize(FETCHED).query(row -> {
                line(row, out);
            });
            return true;
        });
    }

    private static void line(ResultSet row, Writer out) throws SQLException {
        try {
            int columns = row.getMetaData().getColumnCount();
            for (int i = 1; i <= columns; i++) {
                String value = row.getString(i);
                out.write(value == null ? "" : EventCsv.cell(value));
                out.write(i == columns ? "\r\n" : ",");
            }
        } catch (IOException unwritten) {
            throw new UncheckedIOException(unwritten);
        }
    }
}
