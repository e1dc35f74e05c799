package io.creditrollover.admin;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.report.EventCsv;
import io.creditrollover.run.RolloverService;
import io.creditrollover.run.RunSummary;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

@OnlyWhenServing
@RestController
@RequestMapping("/admin")
class DownloadApi {
    private static final int MAX_AT_A_TIME = 3;

    private final Semaphore free = new Semaphore(MAX_AT_A_TIME);
    private final RolloverService rollovers;
    private final EventCsv events;
    private final AuditCsv audit;
    private final SkipCsv skips;

    DownloadApi(RolloverService rollovers, EventCsv events, AuditCsv audit, SkipCsv skips) {
        this.rollovers = rollovers;
        this.events = events;
        this.audit = audit;
        this.skips = skips;
    }

    /** The caller flushes the writer. */
    @FunctionalInterface
    private interface Rows {
        void to(Writer writer) throws IOException;
    }

    @GetMapping("/rollovers/{executionId}/events.csv")
    ResponseEntity<StreamingResponseBody> events(
            @PathVariable long executionId,
            @RequestParam(required = false) @Nullable String action,
            @RequestParam(required = false) @Nullable String reason,
            @RequestParam(required = false) @Nullable String reasonCode,
            @RequestParam(required = false) @Nullable String user) {
        RunSummary run = Lookups.run(rollovers, executionId);
        long runId = Objects.requireNonNull(run.runId());
        RunRecords.Filter filter = RolloverQueryController.filter(action, reason, reasonCode, user);
        return csv("events-" + executionId + ".csv", writer -> events.write(runId, filter.toCsv(), writer));
    }

    @GetMapping("/audit.csv")
    ResponseEntity<StreamingResponseBody> audit(
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(required = false) @Nullable String action,
            @RequestParam(required = false) @Nullable String about) {
        AuditSearch.Filter filter = AuditSearch.Filter.of(actor, action, about);
        return csv("audit.csv", writer -> audit.write(filter, writer));
    }

    @GetMapping("/skips.csv")
    ResponseEntity<StreamingResponseBody> skips(
            @RequestParam(required = false) @Nullable String reasonCode,
            @RequestParam(required = false) @Nullable String month,
            @RequestParam(required = false) @Nullable Long run,
            @RequestParam(required = false) @Nullable String looked) {
        Long runId = run == null ? null : Lookups.run(rollovers, run).runId();
        SkippedUsers.Filter filter = SkippedUsers.Filter.of(reasonCode, month, runId, looked);
        return csv("skipped-users.csv", writer -> skips.write(filter, writer));
    }

    private ResponseEntity<StreamingResponseBody> csv(String name, Rows rows) {
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("text/csv;charset=UTF-8"))
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
                .body(bounded(out -> {
                    Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
                    rows.to(writer);
                    writer.flush();
                }));
    }

    /**
     * Limits concurrent downloads: a slow reader holds its connection throughout. The returned body takes a slot when it
     * begins, and throws 75 if none is free. A slot taken earlier would be lost with a body that is cancelled before.
     */
    private StreamingResponseBody bounded(StreamingResponseBody body) {
        return out -> {
            if (!free.tryAcquire()) {
                throw new ExitException(
                        ExitCode.RETRY,
                        MAX_AT_A_TIME + " downloads are running on this server. Try again in a minute.");
            }
            try {
                body.writeTo(out);
            } finally {
                free.release();
            }
        };
    }
}
