package io.creditrollover.host;

import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Converts a column of a wrong type to the needed type. A conversion must not lose a payment or a credit. */
final class Conversions {
    private static final String EPOCH_MILLIS_SINCE = "100000000000";

    private Conversions() {}

    /** Returns an SQL expression over the quoted column {@code name}; null if none is correct. */
    static @Nullable String of(Needed needed, HostColumn column, String name, ZoneId zone) {
        return switch (needed.kind()) {
            case ID -> id(column, name);
            case INTEGER -> integer(needed, column, name);
            case TEXT, ANY -> text(column, name);
            case MOMENT -> moment(column, name, zone);
        };
    }

    private static @Nullable String id(HostColumn column, String name) {
        return switch (column.baseType()) {
            case "numeric", "float4", "float8", "text", "varchar", "bpchar" -> name + "::bigint";
            default -> null;
        };
    }

    private static @Nullable String integer(Needed needed, HostColumn column, String name) {
        return switch (column.baseType()) {
            case "numeric", "float4", "float8" -> "ceil(" + name + ")::" + needed.type();
            case "text", "varchar", "bpchar" -> "nullif(trim(" + name + "), '')::numeric::" + needed.type();
            default -> null;
        };
    }

    private static String text(HostColumn column, String name) {
        String text =
                switch (column.baseType()) {
                    case "json", "jsonb" -> "(" + name + " #>> '{}')";
                    default -> name + "::text";
                };
        return column.caseless() ? "(" + text + " COLLATE pg_catalog.\"default\")" : text;
    }

    private static @Nullable String moment(HostColumn column, String name, ZoneId zone) {
        return switch (column.baseType()) {
            case "timestamp" -> "(" + name + " AT TIME ZONE 'UTC')";
            case "date" -> "(" + name + "::timestamp AT TIME ZONE '" + zone.getId() + "')";
            case "text", "varchar", "bpchar" -> name + "::timestamptz";
            case "int4", "int8", "numeric", "float8" ->
                "to_timestamp(" + name + " / CASE WHEN abs(" + name + ") > " + EPOCH_MILLIS_SINCE
                        + " THEN 1000.0 ELSE 1.0 END)";
            default -> null;
        };
    }

    /** Returns a caution in parentheses; may be empty. */
    static String caution(Needed needed, HostColumn column, ZoneId zone) {
        return switch (needed.kind()) {
            case MOMENT ->
                switch (column.baseType()) {
                    case "timestamp" -> " (replace UTC if the application writes in another time zone)";
                    case "date" -> " (days start at midnight in " + zone.getId() + ")";
                    default -> "";
                };
            case INTEGER ->
                switch (column.baseType()) {
                    case "numeric", "float4", "float8" -> " (fractions are rounded up)";
                    default -> "";
                };
            default -> "";
        };
    }
}
