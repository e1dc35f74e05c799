package io.creditrollover.shapes;

import io.creditrollover.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Reads the rows; a key that it does not know fails. */
final class ShapeTable {
    static final List<String> FILES = List.of(
            "types", "columns", "keys", "values", "plans", "refusals", "security", "settings", "schemas", "views");

    private static final Set<String> KEYS = Set.of(
            "shape",
            "since",
            "before",
            "pays",
            "sql",
            "with",
            "migrateFirst",
            "role",
            "approved",
            "exit",
            "why",
            "says",
            "people",
            "skips",
            "mend",
            "mended",
            "eligible",
            "users",
            "payments",
            "plans",
            "check",
            "doctor");

    private ShapeTable() {}

    static Stream<Shape> all() {
        return FILES.stream().flatMap(ShapeTable::of);
    }

    @SuppressWarnings("unchecked")
    static Stream<Shape> of(String file) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        int major = TestDatabase.major();
        try (InputStream rows = ShapeTable.class.getResourceAsStream("/shapes/" + file + ".yaml")) {
            List<Map<String, Object>> read =
                    new Yaml(new SafeConstructor(options)).load(Objects.requireNonNull(rows, file));
            return read.stream()
                    .filter(row -> row.containsKey("shape"))
                    .filter(row -> (int) row.getOrDefault("since", 0) <= major)
                    .map(ShapeTable::shape);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Shape shape(Map<String, Object> row) {
        String name = text(row, "shape", "");
        Set<String> unknown = new TreeSet<>(row.keySet());
        unknown.removeAll(KEYS);
        Set<Integer> exits = exits(row.get("exit"));
        if (!unknown.isEmpty() || exits.isEmpty() || (exits.size() > 1 && !row.containsKey("why"))) {
            throw new IllegalArgumentException(
                    name + ": unknown keys " + unknown + ", no exit, or several without why");
        }
        return new Shape(
                name,
                text(row, "before", ""),
                payments(row.get("pays")),
                text(row, "sql", ""),
                texts(row.get("with")),
                row.containsKey("migrateFirst") ? texts(row.get("migrateFirst")) : null,
                text(row, "role", "superuser").equals("batch"),
                Boolean.parseBoolean(text(row, "approved", "true")),
                exits,
                texts(row.get("says")),
                "open".equals(row.get("people")) ? null : balances(row.get("people")),
                "open".equals(row.get("skips")) ? null : counts(row.get("skips")),
                Shape.Mend.valueOf(text(row, "mend", "open").toUpperCase(Locale.ROOT)),
                balances(row.get("mended")),
                eligible(row),
                text(row, "users", "public.users"),
                text(row, "payments", "public.payments"),
                text(row, "plans", "public.payment_plans"),
                row.containsKey("check") ? text(row, "check", "") : null,
                row.containsKey("doctor") ? exits(row.get("doctor")) : doctor(exits));
    }

    /** A refusal that only writing shows is none that {@code doctor} can foresee; so either is right then. */
    private static Set<Integer> doctor(Set<Integer> exits) {
        return exits.size() == 1 && (exits.contains(0) || exits.contains(78)) ? exits : Set.of(0, 78);
    }

    private static Set<String> eligible(Map<String, Object> row) {
        return row.containsKey("eligible")
                ? new LinkedHashSet<>(texts(row.get("eligible")))
                : Set.of("monthly", "power");
    }

    private static String text(Map<String, Object> row, String key, String otherwise) {
        return String.valueOf(row.getOrDefault(key, otherwise));
    }

    private static List<String> texts(@Nullable Object value) {
        return list(value).stream().map(String::valueOf).toList();
    }

    private static Set<Integer> exits(@Nullable Object value) {
        Set<Integer> exits = new TreeSet<>();
        list(value).forEach(exit -> exits.add((Integer) exit));
        return exits;
    }

    @SuppressWarnings("unchecked")
    private static List<List<Object>> payments(@Nullable Object value) {
        return value == null ? List.of() : (List<List<Object>>) value;
    }

    private static List<?> list(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list;
        }
        return value == null ? List.of() : List.of(value);
    }

    private static Map<String, String> balances(@Nullable Object value) {
        if ("kept".equals(value)) {
            return People.HELD;
        }
        Map<String, String> balances = new LinkedHashMap<>();
        if (value != null) {
            ((Map<?, ?>) value).forEach((person, credits) -> balances.put((String) person, String.valueOf(credits)));
        }
        return balances;
    }

    private static Map<String, Integer> counts(@Nullable Object value) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        if (value != null) {
            ((Map<?, ?>) value).forEach((reason, count) -> counts.put((String) reason, (Integer) count));
        }
        return counts;
    }
}
