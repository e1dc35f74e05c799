package io.creditrollover.shapes;

import io.creditrollover.TestDatabase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The host's rows as strings, whatever types they have; read past the settings of role and database. */
final class RawHost {
    private static final String PLAIN_SESSION =
            "-c statement_timeout=0 -c lock_timeout=0 -c idle_in_transaction_session_timeout=0"
                    + (TestDatabase.major() < 17 ? "" : " -c transaction_timeout=0")
                    + " -c default_transaction_isolation=read\\ committed -c default_transaction_read_only=off"
                    + " -c search_path=public";

    private final JdbcTemplate jdbc;
    private final Shape shape;

    private RawHost(JdbcTemplate jdbc, Shape shape) {
        this.jdbc = jdbc;
        this.shape = shape;
    }

    static RawHost of(TestDatabase database, Shape shape) {
        return new RawHost(jdbc(database), shape);
    }

    private static JdbcTemplate jdbc(TestDatabase database) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(database.url());
        source.setUser(TestDatabase.USERNAME);
        source.setOptions(PLAIN_SESSION);
        return new JdbcTemplate(source);
    }

    void execute(String statement) {
        jdbc.execute(statement);
    }

    boolean isTrue(String query) {
        return Boolean.TRUE.equals(jdbc.queryForObject(query, Boolean.class));
    }

    /** Balances by the person's name; {@code null} is written as a word. */
    Map<String, String> balances() {
        Map<String, String> balances = new LinkedHashMap<>();
        List<String> people = List.copyOf(People.HELD.keySet());
        for (Map<String, @Nullable String> user : rows(shape.users())) {
            String id = String.valueOf(user.get("id"));
            String name = user.get("name");
            balances.put(
                    name == null ? people.get(Integer.parseInt(id) - 1) : name, String.valueOf(user.get("credits")));
        }
        return balances;
    }

    /** Ids by the person's name. */
    Map<String, String> ids() {
        Map<String, String> ids = new LinkedHashMap<>();
        rows(shape.users()).forEach(user -> ids.put(String.valueOf(user.get("name")), String.valueOf(user.get("id"))));
        return ids;
    }

    /** Plan types that payment_plans has; none where there is no such table. */
    Set<String> plans() {
        Set<String> plans = new TreeSet<>();
        if (isTrue("select to_regclass('" + shape.plans() + "') is not null")) {
            rows(shape.plans()).forEach(plan -> plans.add(String.valueOf(plan.get("plan_type"))));
        }
        return plans;
    }

    List<Map<String, @Nullable String>> payments() {
        return rows(shape.payments());
    }

    private List<Map<String, @Nullable String>> rows(String from) {
        List<Map<String, @Nullable String>> rows = new ArrayList<>();
        String query = "select to_jsonb(t)::text from " + from + " t order by to_jsonb(t)->>'id'";
        for (String row : jdbc.queryForList(query, String.class)) {
            Map<String, @Nullable String> columns = new LinkedHashMap<>();
            JsonMapper.shared()
                    .readTree(row)
                    .properties()
                    .forEach(column -> columns.put(column.getKey(), text(column.getValue())));
            rows.add(columns);
        }
        return rows;
    }

    private static @Nullable String text(JsonNode value) {
        return value.isNull() ? null : value.isValueNode() ? value.asString() : value.toString();
    }

    /** Skips of the latest run by reason code, in whichever schema the product's tables are. */
    Map<String, Integer> skips() {
        Map<String, Integer> skips = new TreeMap<>();
        List<String> tables = jdbc.queryForList(
                "select c.oid::regclass::text from pg_class c where relname = 'credit_rollover_skips'", String.class);
        for (String table : tables) {
            jdbc.query("select reason_code, count(*) from " + table + " group by 1", row -> {
                skips.merge(String.valueOf(row.getString(1)), row.getInt(2), Integer::sum);
            });
        }
        return skips;
    }
}
