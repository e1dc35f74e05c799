package io.creditrollover.admin;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the audit, latest first. */
@OnlyWhenServing
@Component
class AuditSearch {
    static final String MATCHING = """
            (:actor::text is null or lower(who) = :actor) and (:action::text is null or action = :action)
            and (:about::text is null or strpos(lower(concat_ws(' ', target, reason, result)), :about) > 0)
            """;

    private final JdbcClient jdbc;

    AuditSearch(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** {@code outcome} is null for an intent. */
    record Entry(
            long id,
            Instant at,
            String who,
            String address,
            String action,
            String target,
            @Nullable String reason,
            @Nullable String outcome,
            String result) {}

    /** Null matches all. {@code about} is part of what an action was about, its reason or its result. */
    record Filter(
            @Nullable String actor,
            @Nullable String action,
            @Nullable String about) {

        /** @throws ApiException 400 if one is no short line */
        static Filter of(@Nullable String actor, @Nullable String action, @Nullable String about) {
            return new Filter(
                    lower(InputChecks.optional("actor", actor)),
                    InputChecks.optional("action", action),
                    lower(InputChecks.optional("about", about)));
        }

        private static @Nullable String lower(@Nullable String text) {
            return text == null ? null : text.toLowerCase(Locale.ROOT);
        }
    }

    static JdbcClient.StatementSpec narrowed(JdbcClient.StatementSpec query, Filter filter) {
        return query.param("actor", filter.actor())
                .param("action", filter.action())
                .param("about", filter.about());
    }

    /** @param before an id; entries older than it */
    List<Entry> page(Filter filter, long before, int size) {
        return narrowed(jdbc.sql("""
                        select id, at, who, address, action, target, reason, outcome, result
                        from credit_rollover_audit where id < :before and %s order by id desc limit :size
                        """.formatted(MATCHING)), filter)
                .param("before", before)
                .param("size", size)
                .query((rs, row) -> new Entry(
                        rs.getLong("id"),
                        rs.getObject("at", OffsetDateTime.class).toInstant(),
                        rs.getString("who"),
                        rs.getString("address"),
                        rs.getString("action"),
                        rs.getString("target"),
                        rs.getString("reason"),
                        rs.getString("outcome"),
                        rs.getString("result")))
                .list();
    }

    /** The actions of the latest 10,000 rows, by name: the choices of a filter. */
    List<String> actions() {
        return jdbc.sql("""
                        select distinct action from (
                            select action from credit_rollover_audit order by id desc limit 10000) as recent
                        order by action
                        """).query(String.class).list();
    }
}
