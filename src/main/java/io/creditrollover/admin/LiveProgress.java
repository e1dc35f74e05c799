package io.creditrollover.admin;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.creditrollover.run.RolloverService;
import io.creditrollover.run.RunStatus;
import io.creditrollover.run.RunSummary;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import tools.jackson.databind.json.JsonMapper;

/** Streams progress to pages every second. Reads the database, since a run may work in another process. */
@OnlyWhenServing
@Component
class LiveProgress extends PeriodicWork {
    private static final Logger log = LoggerFactory.getLogger(LiveProgress.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final int MAX_LISTENERS = 100;
    private static final long MAX_MILLIS = TimeUnit.MINUTES.toMillis(30);

    private final RolloverService rollovers;
    private final RunRecords records;
    private final Formats texts;
    private final RunPulse pulse;
    private final Map<SseEmitter, Long> listeners = new ConcurrentHashMap<>();

    LiveProgress(RolloverService rollovers, RunRecords records, Formats texts, RunPulse pulse) {
        super(ConnectionPools.threadsForPages("live-progress"), INTERVAL, INTERVAL);
        this.pulse = pulse;
        this.rollovers = rollovers;
        this.records = records;
        this.texts = texts;
    }

    /** Above the maximum the stream ends at once; the browser reconnects by itself. */
    SseEmitter of(long executionId) {
        SseEmitter emitter = new SseEmitter(MAX_MILLIS);
        if (listeners.size() >= MAX_LISTENERS) {
            emitter.complete();
            return emitter;
        }
        emitter.onCompletion(() -> listeners.remove(emitter));
        emitter.onTimeout(emitter::complete);
        emitter.onError(gone -> listeners.remove(emitter));
        listeners.put(emitter, executionId);
        return emitter;
    }

    /** @param headway one sentence for the banner */
    private record Seen(
            @JsonUnwrapped RunView run, @JsonUnwrapped RunPulse.Pulse pulse, String headway) {}

    private static String headway(RunView run, RunPulse.Pulse pulse) {
        return run.percent() + " %: " + run.processed() + " of " + run.total() + " users are decided"
                + (pulse.left().isEmpty() ? "." : ", " + pulse.left() + ".");
    }

    @Override
    void work() {
        for (long executionId : Set.copyOf(listeners.values())) {
            try {
                tell(executionId);
            } catch (DataAccessException | TransactionException passing) {
                // The next second tries again.
            } catch (RuntimeException failure) {
                log.warn("The progress of execution {} could not be read: {}", executionId, failure.getMessage());
                end(executionId);
            }
        }
    }

    private void tell(long executionId) {
        RunSummary run = rollovers.status(executionId);
        long total = records.usersInScope(run);
        RunView view = RunView.of(run, total, texts);
        RunPulse.Pulse now = pulse.of(run, total);
        Seen seen = new Seen(view, now, headway(view, now));
        String json = JsonMapper.shared().writeValueAsString(seen);
        listeners.forEach((emitter, id) -> {
            if (id == executionId) {
                send(emitter, json, run.status() != RunStatus.RUNNING);
            }
        });
    }

    /** Pages reconnect by themselves. */
    private void end(long executionId) {
        listeners.forEach((emitter, id) -> {
            if (id == executionId) {
                listeners.remove(emitter);
                emitter.complete();
            }
        });
    }

    private void send(SseEmitter emitter, String json, boolean ended) {
        try {
            emitter.send(SseEmitter.event().data(json, MediaType.TEXT_PLAIN));
            if (ended) {
                emitter.complete();
            }
        } catch (IOException | IllegalStateException gone) {
            listeners.remove(emitter);
        }
    }

    /** The web server would otherwise wait for these open requests. */
    @Override
    public void stop() {
        super.stop();
        listeners.keySet().forEach(SseEmitter::complete);
    }
}
