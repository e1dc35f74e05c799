package io.creditrollover.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.cli.Cli;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * What {@code doctor} says of each shape: nothing wrong of a healthy one, and of a broken one what {@code run} says. Each build
 * tries one shape of each file, exit, mend, role and kind of settings; the tag {@code chaos} tries all.
 */
class DoctorShapesTest {
    static Stream<Shape> rows() {
        return ShapeTable.all();
    }

    static Collection<Shape> oneOfEachKind() {
        Map<List<Object>, Shape> first = new LinkedHashMap<>();
        ShapeTable.FILES.forEach(file -> ShapeTable.of(file)
                .forEach(shape -> first.putIfAbsent(
                        List.of(
                                file,
                                shape.doctor(),
                                shape.mend(),
                                shape.asBatchRole(),
                                shape.settings().isEmpty(),
                                shape.migrateFirst() == null),
                        shape)));
        return first.values();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("oneOfEachKind")
    void findsWhatIsWrongAndItsMendHelps(Shape shape) {
        finds(shape);
    }

    @Tag("chaos")
    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void findsWhatIsWrongInEachShapeAndItsMendHelps(Shape shape) {
        finds(shape);
    }

    private static void finds(Shape shape) {
        try (Product product = Product.on(shape)) {
            RawHost host = RawHost.of(product.database(), shape);
            Map<String, String> before = host.balances();
            Cli.Result result = product.run("doctor", "--json");
            assertThat(result.exitCode()).as(result.out() + result.err()).isIn(shape.doctor());
            assertThat(host.balances()).as("balances").isEqualTo(before);
            if (result.exitCode() == 78) {
                String findings = findings(result);
                shape.says().forEach(word -> assertThat(findings).containsIgnoringCase(word));
                follow(shape, product, host, findings);
            }
        } catch (AssertionError | RuntimeException wrong) {
            throw new AssertionError(shape.name() + ": " + wrong.getMessage(), wrong);
        }
    }

    private static void follow(Shape shape, Product product, RawHost host, String findings) {
        if (shape.mend() == Shape.Mend.OPEN) {
            return;
        }
        String found = findings;
        for (int mend = 0; mend < ShapeRun.MAX_MENDS; mend++) {
            product.follow(found, host);
            Cli.Result result = product.run("doctor", "--json");
            found = findings(result);
            if (result.exitCode() != 78) {
                assertThat(result.exitCode()).as(found).isZero();
                return;
            }
        }
        throw new AssertionError("still refused after " + ShapeRun.MAX_MENDS + " mends: " + found);
    }

    /** All texts of the answer, in whichever keys they are, one a line. */
    private static String findings(Cli.Result result) {
        assertThat(result.out() + result.err()).doesNotContain("\tat ", "Exception");
        return texts(result.json()).collect(Collectors.joining("\n"));
    }

    private static Stream<String> texts(JsonNode node) {
        return node.isString() ? Stream.of(node.asString()) : node.valueStream().flatMap(DoctorShapesTest::texts);
    }
}
