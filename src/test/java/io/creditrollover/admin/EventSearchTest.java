package io.creditrollover.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A viewer finds a user by what they know of them, and finds nothing out. */
class EventSearchTest {
    private TestDatabase database;
    private HostFixture.User lapsed;
    private String run;

    @BeforeEach
    void runTheMonth() throws InterruptedException {
        database = ConsoleServer.emptied();
        lapsed = ConsoleServer.host().aLapsedUser();
        run = ConsoleServer.operator()
                .post("/admin/run-rollover", "{\"approve\": \"first month\"}")
                .header("Location");
        ConsoleServer.operator().awaitEnd(run);
    }

    private long found(String user) {
        ApiClient.Answer answer = ConsoleServer.viewer().get(run + "/events?user=" + user.replace("+", "%2B"));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().path("totalEvents").asLong();
    }

    @Test
    void byIdByTheWholeNumberInAnySpellingAndByItsLastFourDigits() {
        String phone = lapsed.phone();
        assertThat(found(String.valueOf(lapsed.id()))).isEqualTo(1);
        assertThat(found(phone)).isEqualTo(1);
        assertThat(found(phone.substring(1))).isEqualTo(1);
        assertThat(found(phone.substring(3))).as("without the country code").isEqualTo(1);
        assertThat(found(phone.substring(0, 3) + "-" + phone.substring(3, 8) + "%20" + phone.substring(8)))
                .isEqualTo(1);
        assertThat(found(phone.substring(phone.length() - 4))).isEqualTo(1);
    }

    @Test
    void byTheNumberWithACountryCodeThatTheHostDoesNotStore() {
        String phone = lapsed.phone();
        database.execute("update credit_rollover_events set phone_number = right(phone_number, 10)");

        assertThat(found(phone)).isEqualTo(1);
        assertThat(ConsoleServer.viewer()
                        .get(run + "/events.csv?user=" + phone.replace("+", "%2B"))
                        .body()
                        .lines())
                .hasSize(2);
        assertThat(found("+918" + phone.substring(4))).as("another number").isZero();
    }

    @Test
    void aNegativeIdIsNotThatOfTheUserWithoutTheMinus() {
        assertThat(found("-" + lapsed.id())).isZero();
        assertThat(UserFilter.of("-5").id()).isEqualTo(-5);
        assertThat(UserFilter.of("0").id()).isZero();
        assertThat(UserFilter.of("-9912345678").phonePatterns()).isEmpty();
    }

    @Test
    void aNumberCannotBeSpelledOutDigitByDigit() {
        String digits = lapsed.phone().substring(1);
        for (int length = 5; length < digits.length() - 3; length++) {
            String ending = digits.substring(digits.length() - length);
            assertThat(found(ending)).as(length + " digits").isZero();
        }
        assertThat(ConsoleServer.viewer().get(run + "/events?user=%25").status())
                .isEqualTo(400);
        assertThat(ConsoleServer.viewer()
                        .get(run + "/events?user=12345678901234567890")
                        .status())
                .isEqualTo(400);
    }
}
