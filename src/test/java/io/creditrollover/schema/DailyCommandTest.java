package io.creditrollover.schema;

import static io.creditrollover.schema.GrantedDatabase.BATCH;
import static io.creditrollover.schema.GrantedDatabase.DAILY;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.Cli;
import io.creditrollover.cli.TestApplication;
import io.creditrollover.lease.HeldLease;
import io.creditrollover.lease.Leases;
import io.creditrollover.lease.StopSignal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code daily} does what is due, each part on its own. */
class DailyCommandTest {
    private static final TestDatabase GRANTED = GrantedDatabase.made();

    private final TestDatabase database = GRANTED.copy();
    private final HostFixture host = HostFixture.in(database);
    private final HostFixture.User late = host.aLapsedUser();
    private final HostFixture.User deleted = host.aLapsedUser();

    /** A payment is recorded late, a user is deleted, and the audit has an old row. */
    @BeforeEach
    void makeSomethingDue() throws Exception {
        try (TestApplication product = TestApplication.on(database)) {
            product.run();
        }
        assertThat(host.creditsOf(late)).isZero();
        late.paid("monthly", 50, host.inTheMonth());
        database.execute(
                "delete from payments where user_id = " + deleted.id(),
                "delete from users where id = " + deleted.id(),
                "insert into credit_rollover_audit (at, who, address, action, target, result)"
                        + " values (now() - interval '4 years', 'olga', '-', 'run', 'x', 'done')");
    }

    @Test
    void doesAllThatIsDueAndNothingTheSecondTime() {
        Cli.Result first = daily(DAILY);

        assertThat(first.exitCode()).as(first.out() + first.err()).isZero();
        assertThat(codes(first))
                .containsExactly(
                        Map.entry("second-look", 0),
                        Map.entry("notices", 0),
                        Map.entry("deliveries", 0),
                        Map.entry("webhooks", 0),
                        Map.entry("erasure", 0),
                        Map.entry("retention", 0));
        assertThat(host.creditsOf(late)).isEqualTo(25);
        assertThat(numbersOfTheDeleted()).isZero();
        assertThat(oldAuditRows()).isZero();

        Cli.Result second = daily(DAILY);
        assertThat(second.exitCode()).isZero();
        assertThat(host.creditsOf(late)).isEqualTo(25);
        assertThat(database.count("select count(*) from credit_rollover_events where action = 'reinstatement'"))
                .isOne();
    }

    @Test
    void aPartThatFailsDoesNotStopTheOthers() {
        Cli.Result result = daily(BATCH);

        assertThat(result.exitCode()).isEqualTo(78);
        assertThat(codes(result)).containsEntry("second-look", 0).containsEntry("erasure", 78);
        assertThat(result.json().path("error").asString()).contains("erasure: ", "GRANT");
        assertThat(host.creditsOf(late)).isEqualTo(25);
    }

    @Test
    void dryItChangesNothing() {
        Cli.Result result = daily(DAILY, "rollover.dry-run=true");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.json().path("parts").path(0).path("result").asString())
                .contains("would reinstate 25 credits");
        assertThat(host.creditsOf(late)).isZero();
        assertThat(numbersOfTheDeleted()).isOne();
        assertThat(oldAuditRows()).isOne();
    }

    @Test
    void disabledItStillErasesAndDeletes() {
        Cli.Result result = daily(DAILY, "rollover.enabled=false");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(host.creditsOf(late)).isZero();
        assertThat(numbersOfTheDeleted()).isZero();
        assertThat(oldAuditRows()).isZero();
    }

    @Test
    void whileAnotherProcessDoesItItIsTriedLater() throws Exception {
        try (TestApplication product = TestApplication.on(database);
                HeldLease held = product.bean(Leases.class).acquire("daily", "another", new StopSignal())) {
            assertThat(daily(DAILY).exitCode()).isEqualTo(75);
            assertThat(held.isLost()).isFalse();
        }
        assertThat(host.creditsOf(late)).isZero();
    }

    private Cli.Result daily(String role, String... settings) {
        String[] all = new String[settings.length + 1];
        all[0] = "spring.datasource.username=" + role;
        System.arraycopy(settings, 0, all, 1, settings.length);
        return Cli.on(database, all).run("daily", "--json");
    }

    private static Map<String, Integer> codes(Cli.Result result) {
        Map<String, Integer> codes = new LinkedHashMap<>();
        for (JsonNode part : result.json().path("parts")) {
            codes.put(part.path("name").asString(), part.path("exitCode").asInt());
        }
        return codes;
    }

    private long numbersOfTheDeleted() {
        return database.count(
                "select count(*) from credit_rollover_events where phone_number is not null and user_id = "
                        + deleted.id());
    }

    private long oldAuditRows() {
        return database.count("select count(*) from credit_rollover_audit where who = 'olga'");
    }
}
