package io.creditrollover.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.Cli;
import org.junit.jupiter.api.Test;

/** Two applications in one database, each with users and an installation of its own; and one application with two. */
class TwoHostsTest {
    private static final String[] SECOND = {"rollover.host.schema=shop", "rollover.schema=shop_rollover"};

    private final TestDatabase database = TestDatabase.fresh();

    @Test
    void eachRunsItsOwnMonth() {
        HostFixture.User first = HostFixture.in(database).aLapsedUser();
        database.execute(
                "create schema shop",
                "create table shop.users (like users including all)",
                "create table shop.payments (like payments including all)",
                "create table shop.payment_plans (like payment_plans including all)",
                "insert into shop.payment_plans select * from payment_plans",
                "insert into shop.users select * from users",
                "update shop.users set credits = 77");

        assertThat(Cli.on(database).run("run", "--approve=a test").exitCode()).isZero();
        assertThat(HostFixture.in(database).creditsOf(first)).isZero();
        assertThat(database.count("select credits from shop.users")).isEqualTo(77);

        Cli.Result second = Cli.on(database, SECOND).run("run", "--approve=a test");
        assertThat(second.exitCode()).as(second.err()).isZero();
        assertThat(database.count("select credits from shop.users")).isZero();
        assertThat(database.count("select count(*) from shop_rollover.credit_rollover_events"))
                .isOne();
        assertThat(database.count("select count(*) from public.credit_rollover_events"))
                .isOne();
        assertThat(database.count("select count(*) from shop_rollover.credit_rollover_schema_history"))
                .isPositive();
        assertThat(Cli.on(database, SECOND).run("doctor").exitCode()).isZero();
        assertThat(Cli.on(database).run("doctor").exitCode()).isZero();
    }

    @Test
    void aSecondInstallationForTheSameUsersIsRefusedAndNamesTheFirst() {
        assertThat(Cli.on(database, "rollover.schema=first").run("migrate").exitCode())
                .isZero();

        Cli.Result second = Cli.on(database, "rollover.schema=second").run("run", "--approve=a test", "--json");
        Cli.Result doctor = Cli.on(database, "rollover.schema=second").run("doctor", "--json");

        assertThat(second.exitCode()).isEqualTo(78);
        assertThat(second.json().path("error").asString())
                .contains("The schema first already has tables", "ROLLOVER_SCHEMA");
        assertThat(doctor.exitCode()).isEqualTo(78);
        assertThat(Cli.on(database, "rollover.schema=first").run("status").exitCode())
                .isZero();
    }
}
