package io.creditrollover.admin;

import io.creditrollover.run.RunSummary;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All events of a run, a header and a line an event. Read in pieces, so that no transaction stays open meanwhile. */
final class EventsCsv {
    private static final int PIECE = 5_000;
    private static final String HEADER = "id,user_id,phone_number,credits_before,credits_after,action,"
            + "eligible_plan_type,reason_code,reason,payment_id,paid_at,credits_protected,created_at\r\n";

    private EventsCsv() {}

    static void write(RunRecords records, RunSummary run, OutputStream out) throws IOException {
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        writer.write(HEADER);
        long after = 0;
        List<RunRecords.Event> piece;
        do {
            piece = records.after(run, after, PIECE);
            for (RunRecords.Event event : piece) {
                writer.write(line(event));
                after = event.id();
            }
        } while (piece.size() == PIECE);
        writer.flush();
    }

    private static String line(RunRecords.Event event) {
        return Stream.of(
                        event.id(),
                        event.userId(),
                        event.phoneNumber(),
                        event.creditsBefore(),
                        event.creditsAfter(),
                        event.action(),
                        field(event.eligiblePlanType()),
                        event.reasonCode(),
                        field(event.reason()),
                        field(event.paymentId()),
                        field(event.paidAt()),
                        event.creditsProtected(),
                        field(event.createdAt()))
                .map(String::valueOf)
                .collect(Collectors.joining(",", "", "\r\n"));
    }

    /** Quotes where need be; a text that a spreadsheet would calculate gets an apostrophe. */
    private static String field(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        String text = String.valueOf(value);
        String safe = text.matches("[=+@\\-].*") ? "'" + text : text;
        return safe.matches("(?s).*[\",\r\n].*") ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }
}
