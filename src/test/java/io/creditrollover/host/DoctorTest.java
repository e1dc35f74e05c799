package io.creditrollover.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.Cli;
import io.creditrollover.schema.GrantedDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What {@code doctor} says of hosts in order and of hosts that are not, and that its mends mend. */
class DoctorTest {
    private final TestDatabase database = TestDatabase.fresh();

    private Cli.Result doctor(String... settings) {
        return Cli.on(database, settings).run("doctor", "--json");
    }

    @Test
    void findsNothingWrongWithAHostInOrderAndNeedsAndChangesNoTableOfTheProduct() {
        HostFixture host = HostFixture.in(database).manyUsers(50);
        host.aPayingUser().payment("monthly", 50, "captured", host.inTheMonth());

        Cli.Result doctor = doctor();

        assertThat(doctor.exitCode()).as(doctor.err()).isZero();
        JsonNode json = doctor.json();
        assertThat(json.path("sample")).hasSize(10);
        assertThat(json.path("planTypes").toString()).contains("\"starter\"", "\"monthly\"", "\"eligible\":true");
        assertThat(json.path("statuses").toString()).contains("\"captured\"", "\"unknown\"");
        assertThat(json.path("findings").toString()).contains("unpaid-statuses", "migrate");
        assertThat(json.path("connections").path("runs").path("reachable").asBoolean())
                .isTrue();
        assertThat(database.count("select count(*) from pg_class where relname like 'credit_rollover%'"))
                .isZero();
    }

    @Test
    void aBatchRoleThatLacksAGrantIsTold() {
        TestDatabase granted = GrantedDatabase.made().copy();
        granted.execute("revoke update (credits) on users from credit_rollover_batch");

        Cli.Result doctor = GrantedDatabase.as(GrantedDatabase.BATCH, granted).run("doctor", "--json");

        assertThat(doctor.exitCode()).isEqualTo(78);
        assertThat(doctor.json().path("error").asString())
                .contains("GRANT UPDATE (credits) ON users TO credit_rollover_batch;");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alter table users alter credits type numeric(10,2)",
                "alter table payments alter created_at type timestamp",
                "alter table payments alter created_at type timestamp; create view recent as select created_at from payments",
                "alter table payments alter plan_type type char(20); alter table payment_plans alter plan_type type char(20)",
                "alter table payments rename created_at to \"createdAt\"",
                "alter table payments drop credits_added",
                "alter table users drop constraint users_pkey",
                "alter table users add base integer; update users set base = credits; alter table users drop credits;"
                        + " alter table users add credits integer generated always as (base) stored",
                "create rule none as on update to users do instead nothing",
                "create table guests () inherits (users)",
                "alter table users alter id drop identity; alter table users alter id type uuid"
                        + " using lpad(id::text, 32, '0')::uuid; alter table payments alter user_id type uuid"
                        + " using lpad(user_id::text, 32, '0')::uuid",
            })
    void whatItSaysMendsTheHost(String fault) {
        HostFixture.in(database).manyUsers(20);
        database.execute(fault);

        Cli.Result broken = doctor();
        assertThat(broken.exitCode()).isEqualTo(78);
        assertThat(Cli.on(database).run("run", "--approve=a test").exitCode()).isEqualTo(78);
        assertThat(database.count("select count(*) from pg_class where relname like 'credit_rollover%'"))
                .isZero();
        boolean views = false;
        for (String mend : broken.json()
                .path("findings")
                .valueStream()
                .filter(finding -> finding.path("severity").asString().equals("ERROR"))
                .map(finding -> finding.path("mend").asString())
                .distinct()
                .toList()) {
            database.execute(mend.substring(0, mend.lastIndexOf(';')));
            views |= mend.contains("rollover.host.schema");
        }

        String[] settings =
                views ? List.of("rollover.host.schema=credit_rollover_host").toArray(String[]::new) : new String[0];
        Cli.Result mended = doctor(settings);
        assertThat(mended.exitCode()).as(mended.err()).isZero();
        Cli.Result run = Cli.on(database, settings).run("run", "--approve=a test");
        assertThat(run.exitCode()).as(run.err()).isZero();
    }
}
