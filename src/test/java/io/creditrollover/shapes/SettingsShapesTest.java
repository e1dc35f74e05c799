package io.creditrollover.shapes;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows of {@code shapes/settings.yaml}. */
class SettingsShapesTest {
    static Stream<Shape> rows() {
        return ShapeTable.of("settings");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void isDecidedAsTheContractSaysOrRefused(Shape shape) {
        ShapeRun.of(shape);
    }
}
