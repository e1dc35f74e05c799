package io.creditrollover.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.Obstacles;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.Cli;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** People in a chat are told how a month ended. The chat has no say in it. */
class ChatTest {
    private final TestDatabase database = TestDatabase.migrated();
    private final HostFixture host = HostFixture.in(database);
    private final Receiver receiver = new Receiver();

    @AfterEach
    void close() {
        receiver.close();
    }

    private Cli.Result approved(String... more) {
        return run("run --approve=test", more);
    }

    private Cli.Result run(String command, String... more) {
        String[] settings = Stream.concat(
                        Stream.of("rollover.alerts.chat-url=" + receiver.url(), "rollover.safety.max-delay=P99D"),
                        Arrays.stream(more))
                .toArray(String[]::new);
        return Cli.on(database, settings).run(command.split(" "));
    }

    private String text(int message) {
        return receiver.accepted().get(message).json().path("text").asString();
    }

    @Test
    void aCompletedRunIsToldInOneMessage() {
        host.aLapsedUser();
        host.aPayingUser();

        Cli.Result run = approved("rollover.overdue-after=P30D");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(receiver.accepted()).hasSize(1);
        assertThat(text(0))
                .startsWith("Credit rollover of " + host.date() + " completed (execution ")
                .endsWith("1 users rolled over, 1 expired with 25 credits, 0 skipped.");
        assertThat(receiver.accepted().get(0).header("webhook-signature")).isEmpty();
    }

    @Test
    void aFailedRunSaysWhyWithoutWholePhoneNumbers() {
        HostFixture.User lapsed = host.aLapsedUser();
        database.execute(
                "create function refuse() returns trigger language plpgsql as $$ begin raise exception "
                        + "'no events for %', new.phone_number using errcode = 'XX000'; end $$",
                "create trigger refuse before insert on credit_rollover_events for each row execute function refuse()");

        Cli.Result run = approved("rollover.overdue-after=P30D");

        assertThat(run.exitCode()).isEqualTo(75);
        assertThat(text(0)).contains("FAILED").doesNotContain(lapsed.phone().substring(1, 8));
        Obstacles.in(database).clear();
    }

    @Test
    void aBlockedAndAnOverdueMonthAreToldOnce() {
        host.aLapsedUser();

        Cli.Result run = run("run", "rollover.safety.max-expired-users-percent=1", "rollover.overdue-after=PT0S");

        assertThat(run.exitCode()).as(run.err()).isEqualTo(65);
        assertThat(text(0)).contains("BLOCKED", "rollover.safety.max-expired-users-percent");
        assertThat(text(1))
                .isEqualTo("Credit rollover of " + host.date() + " is overdue. To run it: credit-rollover run --date "
                        + host.date());
        Cli.on(database, "rollover.alerts.chat-url=" + receiver.url(), "rollover.overdue-after=PT0S")
                .run("status");
        assertThat(receiver.accepted()).hasSize(2);
    }

    @Test
    void aChatThatFailsChangesNoExitCode() {
        host.aLapsedUser();
        receiver.next(Receiver.Script.FAIL);

        Cli.Result run = approved("rollover.overdue-after=P30D");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err())
                .contains("alerts.chat-url did not accept a message: it answered 500")
                .doesNotContain("/hook");
    }
}
