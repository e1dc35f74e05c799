package io.creditrollover.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.TestDatabase;
import io.creditrollover.cli.Cli;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Runs the product on a shape, holds what it did against the row, and follows the sentence where it refuses. */
final class ShapeRun {
    /** As many as there are columns that can be wrong at once. */
    static final int MAX_MENDS = 4;

    private final Shape shape;
    private final TestDatabase database;
    private final RawHost host;
    private final Product product;

    private ShapeRun(Shape shape, Product product) {
        this.shape = shape;
        this.product = product;
        this.database = product.database();
        this.host = RawHost.of(database, shape);
    }

    static void of(Shape shape) {
        try (Product product = Product.on(shape)) {
            new ShapeRun(shape, product).holds();
        } catch (AssertionError | RuntimeException wrong) {
            throw new AssertionError(shape.name() + ": " + wrong.getMessage(), wrong);
        }
    }

    private void holds() {
        Map<String, String> before = host.balances();
        Cli.Result result = run();
        Map<String, String> after = host.balances();
        assertNobodyLostWithoutProof(before, after);
        assertThat(result.exitCode()).as(lastLine(result)).isIn(shape.exits());
        String said = said(result);
        if (result.exitCode() == 0) {
            assertDecided(after, Map.of());
        } else if (result.exitCode() == 78) {
            assertThat(after).as("balances after a refusal").isEqualTo(before);
            assertNames(said);
            follow(said);
        } else if (shape.people() != null && !shape.people().isEmpty()) {
            assertNames(said);
            assertThat(after).containsAllEntriesOf(shape.people());
        }
    }

    private void assertNames(String said) {
        shape.says().forEach(word -> assertThat(said).containsIgnoringCase(word));
    }

    private Cli.Result run() {
        return shape.approved() ? product.run("run", "--approve=the shapes", "--json") : product.run("run", "--json");
    }

    private static String lastLine(Cli.Result result) {
        return result.err().lines().reduce("", (before, line) -> line);
    }

    /** The sentence, which must be one for people: no stack trace, and the same in JSON. */
    private static String said(Cli.Result result) {
        assertThat(result.out() + result.err()).doesNotContain("\tat ", "Exception");
        assertThat(result.json().path("exitCode").asInt()).isEqualTo(result.exitCode());
        String error = result.json().path("error").asString("");
        assertThat(error.isBlank()).as("error: " + error).isEqualTo(result.exitCode() == 0);
        return error;
    }

    private void assertNobodyLostWithoutProof(Map<String, String> before, Map<String, String> after) {
        Map<String, String> ids = host.ids();
        before.forEach((person, held) -> {
            String left = Objects.requireNonNull(after.get(person), person + " is gone");
            if (!held.equals("null") && new BigDecimal(left).compareTo(new BigDecimal(held)) < 0) {
                var payments = host.payments().stream()
                        .filter(payment -> Objects.equals(ids.get(person), payment.get("user_id")))
                        .toList();
                assertThat(People.judge(database, host, shape).objection(new BigDecimal(left), payments))
                        .as(person + " lost credits: " + held + " before, " + left + " after")
                        .isEmpty();
            }
        });
    }

    private void assertDecided(Map<String, String> after, Map<String, String> mended) {
        if (shape.people() != null) {
            Map<String, String> right = new LinkedHashMap<>(People.RIGHT);
            right.putAll(shape.people());
            right.putAll(mended);
            right.forEach((person, credits) ->
                    assertThat(List.of(credits.split("\\|"))).as(person).contains(after.get(person)));
        }
        if (shape.skips() != null) {
            assertThat(host.skips()).as("skips").isEqualTo(shape.skips());
        }
        if (shape.check() != null) {
            assertThat(host.isTrue(shape.check())).as(shape.check()).isTrue();
        }
    }

    /** Does what the sentence says, as often as it says something. */
    private void follow(String refusal) {
        if (shape.mend() == Shape.Mend.OPEN) {
            return;
        }
        String said = refusal;
        for (int mend = 0; mend < MAX_MENDS; mend++) {
            product.follow(said, host);
            Map<String, String> before = host.balances();
            Cli.Result result = run();
            said = said(result);
            Map<String, String> after = host.balances();
            assertNobodyLostWithoutProof(before, after);
            if (result.exitCode() != 78) {
                assertThat(result.exitCode()).as(said).isZero();
                if (shape.mend() == Shape.Mend.WORKS) {
                    assertDecided(after, shape.mended());
                }
                return;
            }
        }
        throw new AssertionError("still refused after " + MAX_MENDS + " mends: " + said);
    }
}
