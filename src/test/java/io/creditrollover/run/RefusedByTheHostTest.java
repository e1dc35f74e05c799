package io.creditrollover.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.Cli;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the host's database refuses at every retry ends with 65, in its own words, without a phone number or a stack trace. */
class RefusedByTheHostTest {
    private final TestDatabase database = TestDatabase.migrated();
    private final HostFixture host = HostFixture.in(database);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "raise exception 'no change for %', new.phone_number;",
                "raise exception using errcode = '23514', message = 'check of ' || new.phone_number;",
                "raise exception using errcode = '42501', message = 'denied to ' || new.phone_number;",
                "raise exception using errcode = 'U0001', message = 'our own ' || new.phone_number;",
                "perform current_setting('app.tenant');",
                "insert into nowhere values (1);",
                "perform 1 / (new.credits - new.credits);"
            })
    void aTriggerThatRefusesEverybodyIsRefusedAndNotRetried(String body) {
        HostFixture.User lapsed = host.aLapsedUser();
        database.execute(
                "create function refuses() returns trigger language plpgsql as $$ begin " + body
                        + " return new; end $$",
                "create trigger refuses before update on users for each row execute function refuses()");

        Cli.Result run = Cli.on(
                        database,
                        "rollover.skip-limit=0",
                        "rollover.safety.max-delay=P9999D",
                        "rollover.safety.max-payment-silence=P9999D")
                .run("run", "--json");
        Cli.Result status = Cli.on(database).run("status", "1", "--json");

        assertThat(run.exitCode()).as(run.err()).isEqualTo(65);
        assertThat(host.creditsOf(lapsed)).isEqualTo(25);
        assertThat(run.out() + run.err() + status.out() + status.err())
                .doesNotContain(lapsed.phone().substring(1), "\tat ", "Unexpected", "Exception");
        assertThat(run.json().path("error").asString()).isNotEmpty();
        assertThat(database.jdbc()
                        .sql("select coalesce(string_agg(message, ' '), '') from credit_rollover_runs")
                        .query(String.class)
                        .single())
                .doesNotContain(lapsed.phone().substring(1));
    }

    @Test
    void aRightThatIsTakenAwayInTheMiddleIsNoReasonToRetry() {
        host.aLapsedUser();
        database.execute(
                "do $$ begin if to_regrole('half_a_batch') is null then create role half_a_batch login superuser; end if; end $$",
                "create function takes_away() returns trigger language plpgsql as $$ begin"
                        + " perform set_config('role', 'nobody_at_all', true); return new; end $$",
                "do $$ begin if to_regrole('nobody_at_all') is null then create role nobody_at_all; end if; end $$",
                "create trigger takes_away before insert on credit_rollover_slices for each row"
                        + " execute function takes_away()");

        Cli.Result run = Cli.on(database).run("run", "--approve=a test");

        assertThat(run.exitCode()).as(run.err()).isEqualTo(78);
        assertThat(run.err())
                .contains("lacks a required grant", "permission denied")
                .doesNotContain("\tat ");
    }
}
