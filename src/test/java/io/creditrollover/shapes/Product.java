package io.creditrollover.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.TestDatabase;
import io.creditrollover.cli.Cli;
import io.creditrollover.lease.StopSignal;
import io.creditrollover.schema.GrantedDatabase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The product on the database of one row. Starting it costs more than a run of eleven people, so rows with the same
 * usual settings share one that is started once; each finds its own database under the same name. With {@code -Dshapes.share=false} each
 * command is started for itself, as in production.
 */
final class Product implements AutoCloseable {
    private static final String SHARED_NAME = "host_of_the_row";
    private static final boolean SHARE = Boolean.parseBoolean(System.getProperty("shapes.share", "true"));
    private static final int MAX_COMMAND_SECONDS = 120;

    /** Settings that many rows have; a product for each that a single row has would only stay in memory. */
    private static final Set<List<String>> USUAL = Set.of(
            List.of(),
            List.of("rollover.host.schema=credit_rollover_host"),
            List.of("spring.datasource.username=" + GrantedDatabase.BATCH));

    private static final Map<List<String>, Cli> STARTED = new HashMap<>();

    private final TestDatabase database;
    private final List<String> settings;
    private final boolean asBatchRole;

    private Product(TestDatabase database, List<String> settings, boolean asBatchRole) {
        this.database = database;
        this.settings = settings;
        this.asBatchRole = asBatchRole;
    }

    static Product on(Shape shape) {
        List<String> settings = new ArrayList<>(shape.settings());
        if (shape.asBatchRole()) {
            settings.add("spring.datasource.username=" + GrantedDatabase.BATCH);
        }
        if (!shape.approved()) {
            settings.add("rollover.safety.first-run=allow");
            settings.add("rollover.safety.max-delay=P60D");
            settings.add("rollover.safety.max-payment-silence=P400D");
        }
        TestDatabase database = People.host(shape);
        if (shape.migrateFirst() != null) {
            Cli.Result migrated = Cli.on(database, shape.migrateFirst().toArray(String[]::new))
                    .run("migrate");
            assertThat(migrated.exitCode()).as(migrated.err()).isZero();
        }
        boolean share = SHARE && USUAL.contains(settings);
        return new Product(share ? database.renamed(SHARED_NAME) : database, settings, shape.asBatchRole());
    }

    TestDatabase database() {
        return database;
    }

    /** Does what a sentence says, as a person does who copies the statements out of it. */
    void follow(String sentence, RawHost host) {
        List<String> statements = MendText.statements(sentence);
        assertThat(statements).as("statements in: " + sentence).isNotEmpty();
        statements.forEach(host::execute);
        settings.addAll(MendText.settings(statements));
    }

    /** Runs one command; one that takes very long is asked to stop, so that the next row has its turn. */
    Cli.Result run(String... args) {
        StopSignal signal = new StopSignal();
        CompletableFuture<Void> tooLong = CompletableFuture.runAsync(
                signal::request, CompletableFuture.delayedExecutor(MAX_COMMAND_SECONDS, TimeUnit.SECONDS));
        try {
            return cli().run(signal, args);
        } finally {
            tooLong.cancel(false);
        }
    }

    private Cli cli() {
        if (!database.name().equals(SHARED_NAME) || !USUAL.contains(settings)) {
            return Cli.on(database, settings.toArray(String[]::new));
        }
        return STARTED.computeIfAbsent(List.copyOf(settings), usual -> started(database, usual));
    }

    /** A role belongs to the server, so the next row would find it as this one left it. */
    @Override
    public void close() {
        if (asBatchRole) {
            TestDatabase.empty().execute("alter role " + GrantedDatabase.BATCH + " nobypassrls");
        }
    }

    private static Cli started(TestDatabase database, List<String> settings) {
        return Cli.startedOnce(database, settings.toArray(String[]::new));
    }
}
