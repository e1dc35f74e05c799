package io.creditrollover.notice;

import io.creditrollover.config.NoticeProperties;
import io.creditrollover.run.RunEndedEvent;
import io.creditrollover.run.RunListener;
import io.creditrollover.run.RunStatus;
import io.creditrollover.run.Snapshots;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Ended runs whose events users are told about. A channel begins with the first run that ends, or the first {@code
 * notify} that works, while it is switched on: users are not told of months before.
 */
@Component
class EndedRuns implements RunListener {
    private final JdbcClient jdbc;
    private final Snapshots snapshots;
    private final NoticeProperties notices;
    private final ObjectProvider<NoticeChannel> channels;

    EndedRuns(JdbcClient jdbc, Snapshots snapshots, NoticeProperties notices, ObjectProvider<NoticeChannel> channels) {
        this.jdbc = jdbc;
        this.snapshots = snapshots;
        this.notices = notices;
        this.channels = channels;
    }

    record EndedRun(long id, LocalDate rolloverDate) {}

    @Override
    public void ended(RunEndedEvent end) {
        if (notices.enabled() && end.status() == RunStatus.COMPLETED) {
            channels.orderedStream().filter(NoticeChannel::isConfigured).forEach(channel -> jdbc.sql("""
                                    insert into credit_rollover_notice_channels (channel, since)
                                    select :channel, started_at from credit_rollover_runs where id = :id
                                    on conflict do nothing
                                    """)
                    .param("channel", channel.name())
                    .param("id", end.runId())
                    .update());
        }
    }

    /** Begins a channel now, unless it has begun. */
    void begin(String channel) {
        jdbc.sql("""
                        insert into credit_rollover_notice_channels (channel, since) values (:channel, clock_timestamp())
                        on conflict do nothing
                        """).param("channel", channel).update();
    }

    /**
     * Returns completed runs that are not planned yet, in the order of their ends.
     *
     * @param date all of this date, also from before the channel began; null for all since then
     */
    List<EndedRun> unplanned(String channel, @Nullable LocalDate date) {
        return jdbc.sql("""
                        select r.id, r.rollover_date from credit_rollover_runs r
                        where r.mode in ('live', 'undo', 'reinstate') and r.status = 'COMPLETED'
                          and not exists (select from credit_rollover_notice_runs n
                                          where n.run_id = r.id and n.channel = :channel)
                          and case when :date::date is null
                                   then r.finished_at >= (select since from credit_rollover_notice_channels
                                                          where channel = :channel)
                                   else r.rollover_date = :date end
                        order by r.finished_at, r.id
                        """)
                .param("channel", channel)
                .param("date", date)
                .query(EndedRun.class)
                .list();
    }

    /** Returns the ids of the events that changed a balance. A long read. */
    List<Long> events(EndedRun run) {
        return snapshots.read(() -> jdbc.sql("""
                        select id from credit_rollover_events
                        where rollover_date = :date and run_id = :runId and credits_before <> credits_after
                        order by id
                        """)
                .param("date", run.rolloverDate())
                .param("runId", run.id())
                .query(Long.class)
                .list());
    }

    void markPlanned(EndedRun run, String channel) {
        jdbc.sql("""
                        insert into credit_rollover_notice_runs (run_id, channel) values (:runId, :channel)
                        on conflict do nothing
                        """).param("runId", run.id()).param("channel", channel).update();
    }
}
