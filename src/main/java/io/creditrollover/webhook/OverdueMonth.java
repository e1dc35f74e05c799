package io.creditrollover.webhook;

import io.creditrollover.config.WebhookType;
import io.creditrollover.notify.Overdue;
import java.time.LocalDate;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Appends an overdue month to the feed, once for each rollover date. */
@Component
class OverdueMonth {
    private final Overdue overdue;
    private final Endpoints endpoints;
    private final Feed feed;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    OverdueMonth(Overdue overdue, Endpoints endpoints, Feed feed, JdbcClient jdbc, TransactionTemplate transaction) {
        this.overdue = overdue;
        this.endpoints = endpoints;
        this.feed = feed;
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    void append() {
        if (endpoints.want(WebhookType.MONTH_OVERDUE)) {
            overdue.date().filter(date -> !isAppended(date)).ifPresent(this::append);
        }
    }

    private void append(LocalDate date) {
        transaction.executeWithoutResult(status -> {
            feed.lock();
            if (!isAppended(date)) {
                String details = JsonMapper.shared().writeValueAsString(Map.of("rolloverDate", date.toString()));
                feed.append(WebhookType.MONTH_OVERDUE, null, date, details, null, null);
            }
        });
    }

    private boolean isAppended(LocalDate date) {
        return jdbc.sql("select exists (select from credit_rollover_feed where type = :type and rollover_date = :date)")
                .param("type", WebhookType.MONTH_OVERDUE.code())
                .param("date", date)
                .query(Boolean.class)
                .single();
    }
}
