package io.creditrollover.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.TestApplication;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A search finds a user by all that a person may know, and never scans a large table. */
class UserLookupTest {
    private static final String INDEX =
            "create index on users (right(regexp_replace(phone_number::text, '\\D', '', 'g'), 4))";

    private final TestDatabase database = TestDatabase.migrated();
    private final HostFixture host = HostFixture.in(database);
    private final TestApplication product = TestApplication.on(database);
    private final UserLookup users = product.bean(UserLookup.class);

    @AfterEach
    void stop() {
        product.close();
    }

    /** Makes the planner believe in a million users, without their time. */
    private void asIfAMillion() {
        database.execute("analyze users");
        database.execute("update pg_class set reltuples = 1e6 * relpages where oid = 'users'::regclass");
    }

    private long named(String name) {
        HostFixture.User user = host.aUser(12);
        database.execute("update users set name = '" + name + "' where id = " + user.id());
        return user.id();
    }

    private List<Long> found(String query) {
        return users.find(query).users().stream().map(FoundUser::id).toList();
    }

    @Test
    void byTheBeginningOfAnyWordOfANameWhateverItsCase() {
        long vivek = named("Vivek Chandra");
        long odd = named("50%_off");

        assertThat(found("vivek")).containsExactly(vivek);
        assertThat(found("CHAND")).containsExactly(vivek);
        assertThat(found("ivek")).isEmpty();
        assertThat(found("50%_o")).containsExactly(odd);
        assertThat(found("v%k")).as("no wildcards").isEmpty();
        assertThat(users.details(vivek)).contains(new UserLookup.Details("Vivek Chandra", 12L));
    }

    @Test
    void aHostWithoutReadableNamesIsSearchedByTheRest() {
        HostFixture.User user = host.aUser(12);
        database.execute("alter table users rename name to full_name");

        UserLookup.Result result = users.find("vivek");
        assertThat(result.users()).isEmpty();
        assertThat(result.notSearched()).singleElement().asString().contains("users.name");
        assertThat(found(user.phone())).containsExactly(user.id());
        assertThat(users.details(user.id())).contains(new UserLookup.Details(null, 12L));
    }

    @Test
    void manyUsersAreNotScannedAndTheResultSaysSo() {
        HostFixture.User user = host.manyUsers(100).aUser(12);
        String lastFour = user.phone().substring(user.phone().length() - 4);
        asIfAMillion();

        assertThat(users.find(lastFour).users()).isEmpty();
        assertThat(users.find(lastFour).notSearched())
                .singleElement()
                .asString()
                .contains("user-search.sql");
        assertThat(users.find("a person").notSearched())
                .singleElement()
                .asString()
                .contains("Names");
        assertThat(found(user.phone())).as("by its index").containsExactly(user.id());
        assertThat(users.find("99999 99999").notSearched())
                .singleElement()
                .asString()
                .contains("spaces or dashes");

        database.execute(INDEX, "create index on users (lower(name::text) text_pattern_ops)");
        asIfAMillion();

        assertThat(found(lastFour)).as("by the optional index").containsExactly(user.id());
        assertThat(users.find("a person").notSearched()).isEmpty();
        assertThat(found("a person")).containsExactly(user.id());
    }
}
