package io.creditrollover.shapes;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows of {@code shapes/security.yaml}. */
class SecurityShapesTest {
    static Stream<Shape> rows() {
        return ShapeTable.of("security");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void isDecidedAsTheContractSaysOrRefused(Shape shape) {
        ShapeRun.of(shape);
    }
}
