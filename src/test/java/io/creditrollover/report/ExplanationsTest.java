package io.creditrollover.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.TestApplication;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.lease.StopSignal;
import io.creditrollover.run.RolloverService;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Each worked case as a sentence that a support agent could paste to the customer. The date is 1 March 2026. */
class ExplanationsTest {
    private static final LocalDate DATE = LocalDate.of(2026, 3, 1);

    private static final TestDatabase database = TestDatabase.migrated();

    @RegisterExtension
    static final TestApplication product = TestApplication.on(database);

    private HostFixture host;

    @BeforeEach
    void begin() {
        database.reset();
        host = HostFixture.in(database).on(DATE);
    }

    @Test
    void aUserWhomTheHostHasDeletedIsFoundByIdAndByPhoneNumber() throws Exception {
        HostFixture.User deleted = host.aUser(5).paid("starter", 10, at("2026-02-21T10:00+05:30"));
        explained(deleted);
        database.execute("delete from users where id = " + deleted.id());

        for (String name : List.of(String.valueOf(deleted.id()), deleted.phone())) {
            Explanation explanation = product.bean(Explanations.class).of(name, null);
            assertThat(explanation.userId()).isEqualTo(deleted.id());
            assertThat(explanation.phoneNumber()).isEqualTo(PhoneMask.mask(deleted.phone()));
            assertThat(explanation.credits()).as("nobody holds them").isNull();
            assertThat(explanation.next()).isNull();
            assertThat(explanation.months()).singleElement().satisfies(month -> assertThat(month.text())
                    .startsWith("Your 5 credits expired on 1 March 2026"));
        }
    }

    @Test
    void paidInTheMonth() throws Exception {
        assertThat(explained(host.aUser(25).paid("monthly", 50, at("2026-02-16T10:00+05:30"))))
                .isEqualTo("Your 25 credits rolled over on 1 March 2026: your last payment before that day was for the"
                        + " monthly plan on 16 February 2026.");
    }

    @Test
    void paidAtTheFirstInstantOfTheWindow() throws Exception {
        assertThat(explained(host.aUser(40).paid("monthly", 50, at("2026-02-01T00:00+05:30"))))
                .startsWith("Your 40 credits rolled over on 1 March 2026");
    }

    @Test
    void paidAMicrosecondTooEarly() throws Exception {
        assertThat(explained(host.aUser(40).paid("monthly", 50, at("2026-01-31T23:59:59.999999+05:30"))))
                .isEqualTo("Your 40 credits expired on 1 March 2026: your last payment before that day, for the monthly"
                        + " plan on 31 January 2026, was too long ago. It had to be on 1 February 2026 or later.");
    }

    @Test
    void paidForAPlanThatDoesNotRollOver() throws Exception {
        assertThat(explained(host.aUser(5).paid("starter", 10, at("2026-02-21T10:00+05:30"))))
                .isEqualTo(
                        "Your 5 credits expired on 1 March 2026: your last payment before that day was for the starter"
                                + " plan on 21 February 2026. Credits roll over when the last payment of the month is for the"
                                + " monthly or power plan.");
    }

    @Test
    void toppedUpAfterAnEligiblePlan() throws Exception {
        assertThat(explained(host.aUser(30)
                        .paid("monthly", 50, at("2026-02-10T10:00+05:30"))
                        .paid("starter", 10, at("2026-02-20T10:00+05:30"))))
                .endsWith(
                        "The earlier monthly payment of 10 February 2026 does not count, because a later payment replaced"
                                + " it.");
    }

    @Test
    void paidInTheMonthAndALaterPaymentFailed() throws Exception {
        assertThat(explained(host.aUser(30)
                        .paid("monthly", 50, at("2026-02-10T10:00+05:30"))
                        .payment("power", 150, "failed", at("2026-02-20T10:00+05:30"))))
                .isEqualTo("Your 30 credits rolled over on 1 March 2026: your last payment before that day was for the"
                        + " monthly plan on 10 February 2026.");
    }

    @Test
    void aPaymentThatWouldHaveCountedIsStillPending() throws Exception {
        assertThat(explained(host.aUser(30)
                        .paid("starter", 10, at("2026-02-10T10:00+05:30"))
                        .pending("power", 150, at("2026-02-20T10:00+05:30"))))
                .startsWith("Your 30 credits expired on 1 March 2026: your last payment before that day was for the"
                        + " starter plan on 10 February 2026.")
                .endsWith("The power payment of 20 February 2026 does not count, because it is still pending.");
    }

    @Test
    void aPaymentThatTurnedPaidAfterTheRunIsNotCalledDisplaced() throws Exception {
        HostFixture.User user = host.aUser(30)
                .paid("starter", 10, at("2026-02-10T10:00+05:30"))
                .pending("power", 150, at("2026-02-20T10:00+05:30"));
        run();
        database.execute("update payments set payment_status = 'paid' where payment_status = 'pending'");

        assertThat(text(user))
                .endsWith("The power payment of 20 February 2026 was not paid yet when this was decided.");
    }

    @Test
    void theOnlyPaymentWasRefunded() throws Exception {
        assertThat(explained(host.aUser(30).payment("monthly", 50, "refunded", at("2026-02-10T10:00+05:30"))))
                .isEqualTo("Your 30 credits expired on 1 March 2026: there was no paid payment before that day. Credits"
                        + " roll over when the last payment of the month is for the monthly or power plan. The monthly"
                        + " payment of 10 February 2026 does not count, because it was refunded.");
    }

    @Test
    void toppedUpAfterTheCutOff() throws Exception {
        assertThat(explained(host.aUser(160)
                        .paid("power", 150, at("2026-02-20T10:00+05:30"))
                        .paid("starter", 10, at("2026-03-01T01:00+05:30"))))
                .isEqualTo("Your 160 credits rolled over on 1 March 2026: your last payment before that day was for the"
                        + " power plan on 20 February 2026.");
    }

    @Test
    void signedUpAfterTheCutOff() throws Exception {
        HostFixture.User newcomer = host.user(5, at("2026-03-01T00:30+05:30"));
        run();

        assertThat(text(newcomer)).isEqualTo("Nothing was decided");
        assertThat(product.bean(Explanations.class).of(newcomer.phone(), DATE).credits())
                .isEqualTo(5);
    }

    @Test
    void neverPaid() throws Exception {
        assertThat(explained(host.aUser(10)))
                .startsWith("Your 10 credits expired on 1 March 2026: there was no paid payment before that day.");
    }

    @Test
    void renewedAfterTheCutOff() throws Exception {
        assertThat(explained(host.aUser(90)
                        .paid("monthly", 50, at("2026-01-05T10:00+05:30"))
                        .paid("monthly", 50, at("2026-03-01T00:30+05:30"))))
                .isEqualTo(
                        "Your 90 credits rolled over on 1 March 2026: you renewed with a payment for the monthly plan on"
                                + " 1 March 2026.");
    }

    @Test
    void boughtSinceTheCutOff() throws Exception {
        assertThat(explained(host.aUser(27)
                        .paid("monthly", 50, at("2026-01-05T10:00+05:30"))
                        .paid("starter", 10, at("2026-03-02T10:00+05:30"))))
                .startsWith("17 of your 27 credits expired on 1 March 2026")
                .endsWith("The 10 credits bought since then remain.");
        assertThat(text(host.aUser(8).paid("starter", 10, at("2026-03-02T10:00+05:30"))))
                .isEqualTo("Nothing was decided");
    }

    @Test
    void holdsNoMoreThanWasBoughtSince() throws Exception {
        assertThat(explained(host.aUser(8).paid("starter", 10, at("2026-03-02T10:00+05:30"))))
                .isEqualTo("Your 8 credits rolled over on 1 March 2026: all of them were bought on or after that day.");
    }

    @Test
    void skipped() throws Exception {
        assertThat(explained(host.aUser(8).paid("monthly", 50, null)))
                .isEqualTo(
                        "Your credits were not changed on 1 March 2026, because we could not decide about them: A paid"
                                + " payment has no date, an infinite one, or one in the future. We are looking into it.");
    }

    @Test
    void beforeTheRunItSaysWhatWouldHappenAndWhatToDo() {
        HostFixture.User lapsed = host.aUser(40).paid("monthly", 50, at("2026-01-10T10:00+05:30"));

        Explanation.Next next = product.bean(Explanations.class)
                .of(String.valueOf(lapsed.id()), DATE)
                .next();

        assertThat(next).isNotNull();
        assertThat(next.action()).isEqualTo("expiry");
        assertThat(next.text()).startsWith("Your 40 credits would expire on 1 March 2026");
        assertThat(next.advice())
                .startsWith("To keep them, pay for the monthly or power plan before the rollover runs");
    }

    @Test
    void phonesAreMaskedAndStrangersRefused() throws Exception {
        HostFixture.User user = host.aUser(10);
        run();

        Explanation byPhone = product.bean(Explanations.class).of(user.phone(), DATE);
        ExitException stranger = catchThrowableOfType(
                ExitException.class, () -> product.bean(Explanations.class).of("+911234567890", null));

        assertThat(byPhone.userId()).isEqualTo(user.id());
        assertThat(byPhone.phoneNumber())
                .endsWith(user.phone().substring(user.phone().length() - 4))
                .doesNotContain(user.phone().substring(0, 8));
        assertThat(stranger.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(stranger.sentence()).doesNotContain("1234567890");
    }

    /** A payment without a date could belong to each month; the one that decided is shown however old. */
    @Test
    void eachMonthShowsItsOwnPayments() {
        HostFixture.User user = host.aUser(10)
                .paid("monthly", 50, at("2025-05-02T10:00+05:30"))
                .paid("monthly", 50, at("2026-01-10T10:00+05:30"))
                .paid("starter", 10, at("2026-02-10T10:00+05:30"))
                .paid("power", 90, null);
        long oldest = database.count("select min(id) from payments");
        PaymentPeriod january = new PaymentPeriod(at("2026-01-01T00:00+05:30"), at("2026-02-01T00:00+05:30"), oldest);
        PaymentPeriod february = new PaymentPeriod(at("2026-02-01T00:00+05:30"), at("2026-03-01T00:00+05:30"), null);

        List<List<Payment>> shown = product.bean(UserHistory.class).payments(user.id(), List.of(january, february));

        assertThat(shown.get(0)).extracting(Payment::id).containsExactly(oldest, oldest + 1, oldest + 3);
        assertThat(shown.get(1)).extracting(Payment::id).containsExactly(oldest + 2, oldest + 3);
    }

    /** Runs the month and returns what is said of a user. */
    private String explained(HostFixture.User user) throws InterruptedException {
        run();
        return text(user);
    }

    private static String text(HostFixture.User user) {
        Explanation explanation = product.bean(Explanations.class).of(String.valueOf(user.id()), DATE);
        return explanation.months().isEmpty()
                ? "Nothing was decided"
                : explanation.months().get(0).text();
    }

    private static void run() throws InterruptedException {
        product.bean(RolloverService.class).run(TestApplication.request(DATE, false, "a test", new StopSignal()));
    }

    private static Instant at(String moment) {
        return OffsetDateTime.parse(moment).toInstant();
    }
}
