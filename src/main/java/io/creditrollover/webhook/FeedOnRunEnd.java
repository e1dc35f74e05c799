package io.creditrollover.webhook;

import io.creditrollover.config.WebhookType;
import io.creditrollover.run.RunEndedEvent;
import io.creditrollover.run.RunListener;
import io.creditrollover.run.RunStatus;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Appends the end of a run to the feed, in the transaction of the end. The cost does not depend on the number of users.
 *
 * <p>A live run's decisions are appended when it is COMPLETED or UNDONE, and never twice. Reversals and reinstatements of a
 * run that has not ended wait for its decisions. A reinstatement is appended at each end of an attempt: one that died is never resumed.
 */
@Component
class FeedOnRunEnd implements RunListener {
    private final JdbcClient jdbc;
    private final Feed feed;
    private final EndpointTable endpoints;
    private final RunDetails details;

    FeedOnRunEnd(JdbcClient jdbc, Feed feed, EndpointTable endpoints, RunDetails details) {
        this.jdbc = jdbc;
        this.feed = feed;
        this.endpoints = endpoints;
        this.details = details;
    }

    @Override
    public void ended(RunEndedEvent end) {
        switch (end.mode()) {
            case LIVE -> {
                begin();
                live(end);
            }
            case UNDO -> {
                if (end.status() == RunStatus.COMPLETED) {
                    begin();
                    addedBack(end.runId());
                }
            }
            case REINSTATE -> {
                begin();
                addedBack(end.runId());
            }
            case DRY_RUN -> {}
        }
    }

    /** A new endpoint begins before the end that is appended now. */
    private void begin() {
        feed.lock();
        endpoints.register();
    }

    private void live(RunEndedEvent end) {
        long runId = end.runId();
        switch (end.status()) {
            case COMPLETED -> {
                message(WebhookType.RUN_COMPLETED, end);
                decisions(runId);
            }
            case FAILED, STOPPED -> message(WebhookType.RUN_FAILED, end);
            case BLOCKED -> message(WebhookType.RUN_BLOCKED, end);
            case UNDONE -> {
                decisions(runId);
                message(WebhookType.RUN_UNDONE, end);
            }
            case RUNNING, DISABLED -> {}
        }
    }

    private void message(WebhookType type, RunEndedEvent end) {
        feed.append(type, end.runId(), date(end.runId()), details.of(end), null, null);
    }

    private void decisions(long runId) {
        if (lastIdOf(runId, WebhookType.DECISIONS) == null) {
            feed.append(WebhookType.DECISIONS, runId, date(runId), null, null, lastEventId());
            waiting(runId).forEach(this::reinstatements);
        }
    }

    /** Of single users while the run was unfinished, and the undo that has just made the run UNDONE. */
    private List<Long> waiting(long liveRunId) {
        return jdbc.sql("""
                        select r.id from credit_rollover_runs r
                        where (r.undoes_run_id = :runId and r.status = 'COMPLETED'
                               or r.reinstates_run_id = :runId and r.status <> 'RUNNING')
                          and not exists (select from credit_rollover_feed f where f.run_id = r.id)
                        order by r.id
                        """).param("runId", liveRunId).query(Long.class).list();
    }

    private void addedBack(long runId) {
        boolean mustWait =
                jdbc.sql("""
                        select exists (select from credit_rollover_runs r
                                       join credit_rollover_runs l on l.id in (r.undoes_run_id, r.reinstates_run_id)
                                       where r.id = :runId
                                         and not exists (select from credit_rollover_feed f
                                                         where f.run_id = l.id and f.type = 'rollover.decisions'))
                        """).param("runId", runId).query(Boolean.class).single();
        if (!mustWait) {
            reinstatements(runId);
        }
    }

    /** A reinstatement can have several ends; each entry begins behind the one before. */
    private void reinstatements(long runId) {
        Long afterId = lastIdOf(runId, WebhookType.REINSTATEMENTS);
        feed.append(WebhookType.REINSTATEMENTS, runId, date(runId), null, afterId, lastEventId());
    }

    private @Nullable Long lastIdOf(long runId, WebhookType type) {
        return jdbc.sql("select max(last_id) from credit_rollover_feed where run_id = :runId and type = :type")
                .param("runId", runId)
                .param("type", type.code())
                .query((rs, row) -> java.util.Optional.ofNullable(rs.getObject(1, Long.class)))
                .single()
                .orElse(null);
    }

    /** All events of the run are committed: each chunk held the token that this transaction holds. */
    private long lastEventId() {
        return jdbc.sql("select coalesce(max(id), 0) from credit_rollover_events")
                .query(Long.class)
                .single();
    }

    private LocalDate date(long runId) {
        return jdbc.sql("select rollover_date from credit_rollover_runs where id = :id")
                .param("id", runId)
                .query(LocalDate.class)
                .single();
    }
}
