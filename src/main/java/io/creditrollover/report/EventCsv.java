package io.creditrollover.report;

import static java.util.stream.Collectors.joining;

import io.creditrollover.run.Snapshots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Events of a run, or decisions of a dry run, as CSV (RFC 4180, UTF-8) with a header, by user id. Masks phones,
 * neutralizes formulas, streams rows.
 */
@Component
public class EventCsv {
    private static final String PHONE = "phone_number";
    private static final List<String> COLUMNS = List.of(
            "event_id",
            "run_id",
            "rollover_date",
            "user_id",
            PHONE,
            "action",
            "credits_before",
            "credits_after",
            "eligible_plan_type",
            "reason_code",
            "reason",
            "payment_id",
            "paid_at",
            "credits_protected",
            "created_at");
    private static final int FETCHED = 1000;
    private static final Pattern NEGATIVE = Pattern.compile("-\\d+");

    private static final String MATCHING = """
            and (:action::text is null or action = :action) and (:reasonCode::text is null or reason_code = :reasonCode)
            and (not :byUser or user_id = :userId::bigint
                 or regexp_replace(phone_number, '[^0-9]', '', 'g') like any (:phones::text[])
                    and length(regexp_replace(phone_number, '[^0-9]', '', 'g')) <= :maxDigits::int)
            """;

    private final JdbcClient jdbc;
    private final Snapshots snapshots;

    EventCsv(JdbcClient jdbc, Snapshots snapshots) {
        this.jdbc = jdbc;
        this.snapshots = snapshots;
    }

    /** Writes the file completely or not at all (64). Returns the number of events. */
    public long write(long runId, Path file) {
        long[] events = {0};
        AtomicFileWriter.write(file, out -> events[0] = write(runId, out));
        return events[0];
    }

    /**
     * What a list is narrowed to; null matches all.
     *
     * @param byUser whether the next three count: an id, or a phone number's ending of at most so many digits
     */
    public record Filter(
            @Nullable String action,
            @Nullable String reasonCode,
            boolean byUser,
            @Nullable Long userId,
            List<String> phonePatterns,
            @Nullable Integer maxDigits) {
        static final Filter ALL = new Filter(null, null, false, null, List.of(), null);
    }

    /** Writes the CSV to {@code out}, leaves it open and returns the number of events. */
    public long write(long runId, Writer out) {
        return write(runId, Filter.ALL, out);
    }

    /** As {@link #write(long, Writer)}, of the matching events. */
    public long write(long runId, Filter filter, Writer out) {
        return snapshots.read(() -> stream(
                jdbc.sql("""
                            select event_id, run_id, rollover_date, user_id, phone_number, action,
                                   credits_before, credits_after, eligible_plan_type, reason_code, reason, payment_id,
                                   to_char(paid_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as paid_at,
                                   credits_protected,
                                   to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as created_at
                            from %s decided
                            where true %s
                            order by user_id, event_id
                            """.formatted(RunDecisions.OF_RUN, MATCHING))
                        .withFetchSize(FETCHED)
                        .param("runId", runId)
                        .param("action", filter.action())
                        .param("reasonCode", filter.reasonCode())
                        .param("byUser", filter.byUser())
                        .param("userId", filter.userId())
                        .param("phones", filter.phonePatterns().toArray(String[]::new))
                        .param("maxDigits", filter.maxDigits()),
                COLUMNS,
                out));
    }

    /** Writes a header of {@code columns}, then rows as they are read, phones masked. Returns the number of rows. */
    public static long stream(JdbcClient.StatementSpec query, List<String> columns, Writer out) {
        long[] rows = {0};
        line(columns, out);
        query.query(row -> {
            List<String> cells = new ArrayList<>();
            for (String column : columns) {
                String value = Objects.requireNonNullElse(row.getString(column), "");
                cells.add(column.equals(PHONE) ? PhoneMask.mask(value) : value);
            }
            line(cells, out);
            rows[0]++;
        });
        return rows[0];
    }

    static void line(List<String> cells, Writer out) {
        try {
            out.write(cells.stream().map(EventCsv::cell).collect(joining(",")) + "\r\n");
        } catch (IOException unwritten) {
            throw new UncheckedIOException(unwritten);
        }
    }

    /** Puts an apostrophe before a possible formula. A negative number, such as the id of a user, is none. */
    public static String cell(String value) {
        boolean formula = !value.isEmpty()
                && "=+-@\t\r\n|%".indexOf(value.charAt(0)) >= 0
                && !NEGATIVE.matcher(value).matches();
        String safe = formula ? "'" + value : value;
        boolean quoted = safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return quoted ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }
}
