package io.creditrollover.host;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A column of the host read by the product. {@code type} is the target of a type change. */
record Needed(String table, String column, Kind kind, String type) {
    static final List<Needed> ALL = List.of(
            new Needed("users", "id", Kind.ID, "bigint"),
            new Needed("users", "phone_number", Kind.ANY, "text"),
            new Needed("users", "credits", Kind.INTEGER, "bigint"),
            new Needed("users", "created_at", Kind.MOMENT, "timestamptz"),
            new Needed("payments", "id", Kind.ID, "bigint"),
            new Needed("payments", "user_id", Kind.ID, "bigint"),
            new Needed("payments", "plan_type", Kind.TEXT, "text"),
            new Needed("payments", "amount", Kind.INTEGER, "integer"),
            new Needed("payments", "credits_added", Kind.INTEGER, "bigint"),
            new Needed("payments", "payment_status", Kind.TEXT, "text"),
            new Needed("payments", "created_at", Kind.MOMENT, "timestamptz"),
            new Needed("payment_plans", "plan_type", Kind.TEXT, "text"),
            new Needed("payment_plans", "amount", Kind.INTEGER, "integer"),
            new Needed("payment_plans", "credits", Kind.INTEGER, "integer"));

    enum Kind {
        ID,
        INTEGER,
        TEXT,
        MOMENT,
        ANY
    }

    static List<Needed> of(String table) {
        return ALL.stream().filter(needed -> needed.table.equals(table)).toList();
    }

    String name() {
        return table + "." + column;
    }

    boolean accepts(HostColumn found) {
        return switch (kind) {
            case ID, INTEGER -> found.isInteger();
            case TEXT -> found.isText();
            case MOMENT -> found.isMoment();
            case ANY -> !found.isPadded();
        };
    }

    /** Returns mismatch and reason; null if accepted. */
    @Nullable String wrong(HostColumn found) {
        if (accepts(found)) {
            return null;
        }
        String is = name() + " is " + found.type();
        return switch (kind) {
            case ID -> is + " and must be integer or bigint";
            case INTEGER -> is + " and must be integer or bigint";
            case TEXT ->
                found.caseless()
                        ? is + " with a collation that treats different texts as equal"
                        : is + " and must be text, varchar or an enum"
                                + (found.isPadded() ? ", because character(n) pads with blanks" : "");
            case MOMENT ->
                is + " and must be timestamptz"
                        + (found.baseType().equals("timestamp")
                                ? ", because without a time zone its moment depends on the session"
                                : "");
            case ANY -> is + ", which pads with blanks";
        };
    }
}
