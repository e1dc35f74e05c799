package io.creditrollover.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.creditrollover.TestDatabase;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Which errors are about a user, so that the user is skipped, and which are about the statement or the server. */
class RefusalTest {
    private static JdbcTemplate jdbc;

    @BeforeAll
    static void connect() {
        jdbc = new JdbcTemplate(TestDatabase.migrated().dataSource());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from no_such_table",
                "select no_such_column from users",
                "set statement_timeout = 20; select pg_sleep(5)",
                "set transaction read only; delete from users",
                "do $$ begin raise 'shutting down' using errcode = 'admin_shutdown'; end $$",
                "do $$ begin raise 'deadlock' using errcode = 'deadlock_detected'; end $$",
                "do $$ begin raise 'locked' using errcode = 'lock_not_available'; end $$",
                "do $$ begin raise 'full' using errcode = 'disk_full'; end $$",
                "set role pg_monitor; select * from users"
            })
    void whatIsNotAboutAUserFailsTheStep(String sql) {
        assertThat(refusal(sql)).isEmpty();
    }

    /** That a second process decides the same user must never look like a rule of the host. */
    @Test
    void aSecondDecisionFailsTheStep() {
        String event = """
                insert into credit_rollover_events
                    (user_id, rollover_date, credits_before, credits_after, action, reason, run_id, reason_code)
                values (1, '2026-11-01', 1, 1, 'rollover', '', 1, 'ELIGIBLE_PLAN')
                """;
        assertThat(refusal(event + "; " + event)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "do $$ begin raise 'no'; end $$",
                "do $$ begin perform * from no_such_table; end $$",
                "do $$ begin set local role pg_monitor; perform * from users; end $$",
                "do $$ begin assert false; end $$",
                "select current_setting('host.actor')",
                "select 1 / 0",
                "insert into users (phone_number) values (null)"
            })
    void whatTheHostsRulesSayIsARefusal(String sql) {
        assertThat(refusal(sql)).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "user +919912345678 is frozen|user ********5678 is frozen",
                "call 99-123 456 78 or (022) 555.1234|call ******5678 or (******1234",
                "only 1234 credits|only 1234 credits",
                "६५४३२१ is a number|**४३२१ is a number"
            })
    void nothingThatCouldBeAPhoneNumberIsShownWhole(String words, String shown) {
        assertThat(new Refusal(words).words()).isEqualTo(shown);
    }

    @Test
    void theWordsAreOneShortLine() {
        assertThat(new Refusal("a\r\n\tb\u0000" + "c".repeat(1_000)).words())
                .startsWith("a b c")
                .endsWith("...")
                .hasSizeLessThan(304)
                .doesNotContain("\n");
    }

    private static Optional<Refusal> refusal(String sql) {
        return Refusal.in(catchThrowable(() -> jdbc.execute(sql)));
    }
}
