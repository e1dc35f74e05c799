package io.creditrollover.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.TestDatabase;
import io.creditrollover.cli.Cli;
import io.creditrollover.lease.StopSignal;
import io.creditrollover.schema.GrantedDatabase;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs the product on a shape, holds what it did against the row, and follows the sentence where it refuses. */
final class ShapeRun {
    private static final int LONGEST_RUN_SECONDS = 40;

    /** As many as there are columns that can be wrong at once. */
    private static final int MOST_MENDS = 4;

    private final Shape shape;
    private final TestDatabase database;
    private final RawHost host;
    private final List<String> settings;

    private ShapeRun(Shape shape) {
        this.shape = shape;
        this.database = People.host(shape);
        this.host = RawHost.of(database, shape);
        this.settings = new ArrayList<>(shape.settings());
        if (shape.asBatchRole()) {
            settings.add("spring.datasource.username=" + GrantedDatabase.BATCH);
        }
        if (!shape.approved()) {
            settings.add("rollover.safety.first-run=allow");
            settings.add("rollover.safety.max-delay=P60D");
            settings.add("rollover.safety.max-payment-silence=P400D");
        }
    }

    static void of(Shape shape) {
        try {
            new ShapeRun(shape).holds();
        } finally {
            // A role belongs to the server, so that the next row would find it as this one left it.
            if (shape.asBatchRole()) {
                TestDatabase.empty().execute("alter role " + GrantedDatabase.BATCH + " nobypassrls");
            }
        }
    }

    private void holds() {
        if (shape.migrateFirst() != null) {
            Cli.Result migrated = Cli.on(database, shape.migrateFirst().toArray(String[]::new))
                    .run("migrate");
            assertThat(migrated.exitCode()).as(migrated.err()).isZero();
        }
        Map<String, String> before = host.balances();
        Cli.Result result = run();
        Map<String, String> after = host.balances();
        assertNobodyLostWithoutProof(before, after);
        String said = said(result);
        assertThat(shape.exits()).as(said).contains(result.exitCode());
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
        StopSignal signal = new StopSignal();
        CompletableFuture<Void> tooLong = CompletableFuture.runAsync(
                signal::request, CompletableFuture.delayedExecutor(LONGEST_RUN_SECONDS, TimeUnit.SECONDS));
        Cli cli = Cli.on(database, settings.toArray(String[]::new));
        try {
            return shape.approved()
                    ? cli.run(signal, "run", "--approve=the shapes", "--json")
                    : cli.run(signal, "run", "--json");
        } finally {
            tooLong.cancel(false);
        }
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
                assertThat(People.judge(database, host, shape.eligible()).objection(new BigDecimal(left), payments))
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
        for (int mend = 0; mend < MOST_MENDS; mend++) {
            List<String> statements = MendText.statements(said);
            assertThat(statements).as("statements in: " + said).isNotEmpty();
            statements.forEach(host::execute);
            settings.addAll(MendText.settings(statements));
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
        throw new AssertionError("still refused after " + MOST_MENDS + " mends: " + said);
    }
}
