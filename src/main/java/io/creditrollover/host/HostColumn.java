package io.creditrollover.host;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A column of a host table, or of its view.
 *
 * @param baseType below any domain
 * @param category of the base type; {@code E} is an enum
 * @param required declared not null; false behind a view
 * @param defaultValue expression; null for none
 * @param pinned whether a view, trigger, policy, key or partition prevents a type change
 * @param caseless whether its collation treats different texts as equal
 */
record HostColumn(
        String name,
        String type,
        String baseType,
        String category,
        boolean required,
        @Nullable String defaultValue,
        boolean pinned,
        boolean caseless,
        boolean readable,
        boolean updatable) {
    private static final Set<String> INTEGERS = Set.of("int2", "int4", "int8");
    private static final Set<String> TEXTS = Set.of("text", "varchar");

    boolean isInteger() {
        return INTEGERS.contains(baseType);
    }

    boolean isEnum() {
        return category.equals("E");
    }

    boolean isText() {
        return !caseless && (TEXTS.contains(baseType) || isEnum());
    }

    boolean isMoment() {
        return baseType.equals("timestamptz");
    }

    boolean isPadded() {
        return baseType.equals("bpchar");
    }
}
