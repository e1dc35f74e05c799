package io.creditrollover.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.Cli;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The optional key of {@code db/optional} changes nothing but that the host cannot delete a user any more. */
class EventsForeignKeyTest {
    private final TestDatabase database = TestDatabase.migrated();
    private final HostFixture host = HostFixture.in(database);

    @Test
    void everythingWorksWithIt() throws Exception {
        database.execute(Files.readString(Path.of("db", "optional", "events-foreign-key.sql")));
        HostFixture.User lapsed = host.aLapsedUser();
        HostFixture.User paying = host.aPayingUser();
        Cli cli = Cli.on(database);

        Cli.Result run = cli.run("run", "--approve=a test", "--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(host.creditsOf(lapsed)).isZero();
        database.execute("delete from payments");
        assertThatThrownBy(() -> database.execute("delete from users where id = " + paying.id()))
                .rootCause()
                .hasMessageContaining("credit_rollover_events_user_id_fkey");

        String execution = run.json().path("executionId").asString();
        Cli.Result undo = cli.run("undo", execution, "--reason=a test");
        assertThat(undo.exitCode()).as(undo.err()).isZero();
        assertThat(host.creditsOf(lapsed)).isEqualTo(25);
        Cli.Result erased = cli.run("erase", lapsed.phone(), "--reason=a test");
        assertThat(erased.exitCode()).as(erased.err()).isZero();
        assertThat(database.count("select count(*) from credit_rollover_events where phone_number is not null"))
                .isOne();
    }
}
