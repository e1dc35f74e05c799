package io.creditrollover.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.Cli;
import io.creditrollover.cli.TestApplication;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is meant by an id or a phone number: one user, or nobody. */
class UsersTest {
    private static final TestDatabase SHARED = withLargeIds();

    @RegisterExtension
    static final TestApplication PRODUCT = TestApplication.on(SHARED);

    private TestDatabase database = SHARED.reset();
    private TestApplication product = PRODUCT;
    private Users users = product.bean(Users.class);

    private static TestDatabase withLargeIds() {
        return TestDatabase.migrated()
                .execute("alter table users alter id type bigint", "alter table payments alter user_id type bigint");
    }

    /** For a test that changes the tables. */
    private void startAnother() {
        database = withLargeIds();
        product = TestApplication.on(database);
        users = product.bean(Users.class);
    }

    @AfterEach
    void stop() {
        if (product != PRODUCT) {
            product.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+919876543210",
                "919876543210",
                "9876543210",
                "09876543210",
                "00919876543210",
                "+91 98765 43210",
                "98765-43210",
                "(+91) 98765.43210",
                "+91 (0) 98765 43210",
                " 9876543210 "
            })
    void aWholeNumberIsFoundInAnySpellingHoweverItIsStored(String typed) {
        for (String stored : List.of("+919876543210", "9876543210", "+91 98765-43210", "098765 43210")) {
            database.execute("delete from users");
            user(7, stored);
            user(8, "+919876543211");
            assertThat(users.find(typed)).as(stored).isEqualTo(7);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"43210", "3210", "876543210123", "9876543", "+9876543219", "", " ", "%", "abc", "+"})
    void partOfANumberIsNobody(String typed) {
        user(7, "+919876543210");

        assertThat(refused(typed)).contains("There is no user");
    }

    @ParameterizedTest
    @ValueSource(longs = {-5, 0, 42, 1_000_000_007L, Long.MAX_VALUE, Long.MIN_VALUE})
    void anIdIsAnyBigint(long id) {
        user(id, "+919876543210");

        assertThat(users.find(String.valueOf(id))).isEqualTo(id);
    }

    @Test
    void aNumberWithALeadingZeroOrPlusIsNeverAnId() {
        user(42, "+919876543210");

        assertThat(refused("042")).contains("There is no user");
        assertThat(refused("+42")).contains("There is no user");
        assertThat(refused("99999999999999999999")).contains("There is no user");
    }

    @Test
    void whereAnIdAndAPhoneNumberFitNobodyIsMeant() {
        user(7, "1500000001");
        user(1_500_000_001L, "+919876543210");

        assertThat(refused("1500000001"))
                .contains("user 7 (phone ******0001)", "user 1500000001 (phone ********3210)", "Nothing was changed")
                .doesNotContain("98765");
        assertThat(users.find("7")).isEqualTo(7);
        assertThat(users.find("9876543210")).isEqualTo(1_500_000_001L);
    }

    @Test
    void anIdThatIsTheUsersOwnNumberIsThatUser() {
        user(1_500_000_001L, "1500000001");

        assertThat(users.find("1500000001")).isEqualTo(1_500_000_001L);
    }

    @Test
    void whereSeveralUsersFitNobodyIsMeant() {
        startAnother();
        database.execute("alter table users drop constraint users_phone_number_key");
        user(7, "+919876543210");
        user(8, "9876543210");
        user(9, "+919876543210");

        assertThat(refused("98765 43210")).contains("user 7 (", "user 8 (", "user 9 (");
    }

    @Test
    void aBigintOrNullOrMissingNumberIsNoObstacle() {
        startAnother();
        database.execute(
                "alter table users alter phone_number drop not null",
                "alter table users alter phone_number type bigint using phone_number::bigint");
        database.execute("insert into users (id, phone_number, name) overriding system value values"
                + " (7, 919876543210, 'A'), (8, null, 'B')");

        assertThat(users.find("+91 98765 43210")).isEqualTo(7);
        assertThat(users.find("8")).isEqualTo(8);
    }

    @Test
    void aUserWhomTheHostDeletedIsFoundByIdAndNumber() throws Exception {
        HostFixture.User lapsed = HostFixture.in(database).aLapsedUser();
        product.run();
        database.execute("delete from payments", "delete from users");

        assertThat(users.find(String.valueOf(lapsed.id()))).isEqualTo(lapsed.id());
        assertThat(users.find(lapsed.phone().substring(3))).isEqualTo(lapsed.id());
        assertThat(found(lapsed.phone()))
                .containsExactly(
                        new FoundUser(lapsed.id(), "********" + lapsed.phone().substring(9), false));
        Cli.Result explained = Cli.on(database).run("explain", lapsed.phone());
        assertThat(explained.exitCode()).as(explained.err()).isZero();
        assertThat(explained.out()).contains("was deleted by the application", "credits expired");
    }

    @Test
    void aListTakesExactlyTheLastFourDigitsToo() {
        user(3210, "+911111111111");
        user(7, "+919876543210");
        user(8, "98765-4 3210");
        user(9, "+919876543211");

        assertThat(found("3210")).extracting(FoundUser::id).containsExactly(7L, 8L, 3210L);
        assertThat(found("43210")).isEmpty();
        assertThat(found("210")).isEmpty();
        assertThat(found("3210").toString()).doesNotContain("9876");
    }

    private List<FoundUser> found(String query) {
        UserLookup.Result result = product.bean(UserLookup.class).find(query);
        assertThat(result.notSearched()).as(query).isEmpty();
        return result.users();
    }

    private String refused(String typed) {
        ExitException refused = catchThrowableOfType(ExitException.class, () -> users.find(typed));
        assertThat(refused).as(typed).isNotNull();
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        return refused.sentence();
    }

    private void user(long id, String phone) {
        database.jdbc()
                .sql(
                        "insert into users (id, phone_number, name) overriding system value values (:id, :phone, 'A person')")
                .param("id", id)
                .param("phone", phone)
                .update();
    }
}
