package io.creditrollover.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What rows must be for their tests to mean something. */
class ShapeTableTest {
    private static final int FEWEST_ROWS = 80;
    private static final Set<Integer> EXITS = Set.of(0, 65, 75, 78);

    private final List<Shape> rows = ShapeTable.all().toList();

    @Test
    void thereAreManyShapesAndNoNameTwice() {
        assertThat(rows).hasSizeGreaterThan(FEWEST_ROWS);
        assertThat(rows).extracting(Shape::name).doesNotHaveDuplicates();
    }

    @Test
    void exitsAreThoseOfTheContract() {
        assertThat(rows).allSatisfy(row -> {
            assertThat(EXITS).containsAll(row.exits());
            assertThat(EXITS).containsAll(row.doctor());
        });
    }

    @Test
    void aRowThatExpectsAnythingAfterTheRunCanEndWithZero() {
        assertThat(rows)
                .filteredOn(row -> (row.skips() != null && !row.skips().isEmpty()) || row.check() != null)
                .allSatisfy(row -> assertThat(row.exits()).contains(0));
    }

    @Test
    void aMendIsAskedOfRefusalsOnly() {
        assertThat(rows).filteredOn(row -> row.mend() != Shape.Mend.OPEN).allSatisfy(row -> assertThat(row.exits())
                .contains(78));
    }
}
