package io.creditrollover.run;

import io.creditrollover.run.UserLookup.Details;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;

/** Names, where the role may read {@code users.name}. It is asked for each search, since a grant needs no restart. */
@Component
class UserNames {
    private static final String STARTS = "lower(name::text) like :start";
    private static final String CONTAINS = STARTS + " or lower(name::text) like :word";

    private final JdbcClient jdbc;
    private final ScanCost cost;

    UserNames(JdbcClient jdbc, ScanCost cost) {
        this.jdbc = jdbc;
        this.cost = cost;
    }

    boolean areReadable() {
        return jdbc.sql("""
                        select coalesce((select has_column_privilege(attrelid, attnum, 'select') from pg_attribute
                                         where attrelid = to_regclass('users') and attname = 'name'
                                           and attnum > 0 and not attisdropped), false)
                        """).query(Boolean.class).single();
    }

    /** Users whose first name, or another word of the name where that is cheap, starts so; null if neither is cheap. */
    @org.jspecify.annotations.Nullable List<FoundUser> startingWith(String text) {
        String pattern = text.toLowerCase(Locale.ROOT).replaceAll("([\\\\%_])", "\\\\$1") + "%";
        Map<String, String> both = Map.of("start", pattern, "word", "% " + pattern);
        if (cost.isCheap("select id from users where " + CONTAINS, both)) {
            return matching(CONTAINS, both);
        }
        Map<String, String> start = Map.of("start", pattern);
        return cost.isCheap("select id from users where " + STARTS, start) ? matching(STARTS, start) : null;
    }

    private List<FoundUser> matching(String condition, Map<String, String> parameters) {
        return jdbc.sql("select id, phone_number::text as phone_number from users where " + condition
                        + " order by id limit " + UserQueries.MAX_FOUND)
                .params(parameters)
                .query((rs, row) -> FoundUser.of(rs.getLong("id"), rs.getString("phone_number"), true))
                .list();
    }

    /** By primary key. A deleted user is not in it. */
    Map<Long, Details> of(Collection<Long> ids) {
        String name = areReadable() ? "name::text" : "null::text";
        Map<Long, Details> found = new HashMap<>();
        jdbc.sql("select id, " + name + " as name, credits::bigint as credits from users where id = any (:ids)")
                .param("ids", new SqlArrayValue("bigint", ids.toArray()))
                .query((rs, row) -> found.put(
                        rs.getLong("id"), new Details(rs.getString("name"), rs.getObject("credits", Long.class))))
                .list();
        return found;
    }
}
