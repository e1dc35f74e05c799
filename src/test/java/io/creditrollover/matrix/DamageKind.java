package io.creditrollover.matrix;

import java.util.List;

/** A section of the table: how its rows are broken, and which it must have. */
interface DamageKind {
    /** The heading of its section. */
    String section();

    /** Sets the scene of a row, unbroken; fails for a row that it does not understand. */
    BrokenSetup scene(Row row);

    /** What a row shares with those that fail for the same reason; without such rows, what is broken. */
    default String cause(Row row) {
        return row.broken();
    }

    /** Returns what ought to have a row and has none. */
    List<String> without(List<Row> rows);
}
