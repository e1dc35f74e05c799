package io.creditrollover.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditrollover.TestDatabase;
import io.creditrollover.cli.TestApplication;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/** What comes of guessing passwords. */
class LoginThrottleTest {
    private static final String ATTACKER = "203.0.113.7";

    private final TestDatabase database = TestDatabase.migrated();
    private final TickingClock clock = new TickingClock();
    private final LoginThrottle delays = new LoginThrottle(clock, new KnownAddresses(database.jdbc()));

    private void failFrom(String account, String address, int times) {
        for (int i = 0; i < times; i++) {
            delays.reserve(account, address).failed();
        }
    }

    private Duration delay(String account, String address) {
        try {
            delays.reserve(account, address).abandoned();
            return Duration.ZERO;
        } catch (LoginDelayedException delayed) {
            return Duration.ofSeconds(delayed.seconds());
        }
    }

    @Test
    void fiveWrongPasswordsAreFreeThenEachWaitsLongerUpToAMinute() {
        failFrom("olga", ATTACKER, 4);
        assertThat(delay("olga", ATTACKER)).isZero();
        failFrom("olga", ATTACKER, 1);
        assertThat(delay("olga", ATTACKER)).isEqualTo(Duration.ofSeconds(1));
        for (int i = 0; i < 10; i++) {
            clock.now = clock.now.plusSeconds(60);
            failFrom("olga", ATTACKER, 1);
        }
        assertThat(delay("olga", ATTACKER)).isEqualTo(Duration.ofMinutes(1));
        clock.now = clock.now.plusSeconds(60);
        assertThat(delay("olga", ATTACKER)).isZero();
        clock.now = clock.now.plus(Duration.ofMinutes(31));
        failFrom("olga", ATTACKER, 4);
        assertThat(delay("olga", ATTACKER)).isZero();
    }

    @Test
    void guessesAtOneAccountFromManyAddressesWaitToo() {
        for (int i = 0; i < 5; i++) {
            failFrom("olga", "203.0.113." + i, 1);
        }
        assertThat(delay("OLGA", "203.0.113.200")).isPositive();
        assertThat(delay("victor", "203.0.113.200")).isZero();
    }

    @Test
    void guessesAtManyAccountsFromOneAddressWaitToo() {
        for (int i = 0; i < 5; i++) {
            failFrom("account " + i, ATTACKER, 1);
        }
        assertThat(delay("another", ATTACKER)).isPositive();
        failFrom("somebody", "2001:db8::1", 2);
        failFrom("somebody else", "2001:db8::2", 3);
        assertThat(delay("another", "2001:db8::ffff")).as("the same network").isPositive();
        assertThat(delay("another", "2001:db9::1")).isZero();
    }

    @Test
    void anOwnLoginInBetweenForgivesNothing() {
        delays.reserve("victor", ATTACKER).succeeded();
        failFrom("olga", ATTACKER, 5);
        delays.reserve("victor", ATTACKER).succeeded();

        assertThat(delay("olga", ATTACKER)).isPositive();
    }

    @Test
    void whereSomebodyLoggedInBeforeTheWrongPasswordsOfOthersDoNotDelayThem() {
        delays.reserve("olga", "198.51.100.1").succeeded();
        failFrom("olga", ATTACKER, 5);

        assertThat(delay("olga", "198.51.100.1")).isZero();
        assertThat(delay("olga", "198.51.100.2")).isPositive();
        LoginThrottle anotherConsole = new LoginThrottle(clock, new KnownAddresses(database.jdbc()));
        for (int i = 0; i < 5; i++) {
            anotherConsole.reserve("olga", ATTACKER).failed();
        }
        anotherConsole.reserve("olga", "198.51.100.1").succeeded();
        assertThatThrownBy(() -> anotherConsole.reserve("olga", ATTACKER)).isInstanceOf(LoginDelayedException.class);
    }

    @Test
    void aKnownAddressThatGuessesAHundredTimesIsOneLikeAnyOther() {
        delays.reserve("olga", "198.51.100.1").succeeded();
        failFrom("olga", "198.51.100.1", LoginThrottle.MAX_KNOWN_FAILURES + 5);

        assertThat(delay("olga", "198.51.100.1")).isPositive();
    }

    @Test
    void whatStrangersCanMakeGrowIsBounded() {
        FailedLogins counted = new FailedLogins(100);
        for (int i = 0; i < 1_000; i++) {
            counted.reserve("made up " + i);
            counted.settle("made up " + i, true, clock.instant());
        }
        assertThat(counted.size()).isEqualTo(100);
        for (int i = 0; i < KnownAddresses.MAX_PER_ACCOUNT + 10; i++) {
            delays.reserve("olga", "192.0.2." + i).succeeded();
        }
        assertThat(database.count("select count(*) from credit_rollover_known_addresses"))
                .isEqualTo(KnownAddresses.MAX_PER_ACCOUNT);
    }

    /** The passwords are looked at only once all of them are here, or have been turned away. */
    @Test
    void ofAHundredAndFiftyParallelGuessesFiveAreLookedAt() throws Exception {
        AtomicInteger lookedAt = new AtomicInteger();
        CountDownLatch answered = new CountDownLatch(150 - FailedLogins.FREE - LoginThrottle.MAX_WAITING);
        AuthenticationProvider slow = new SlowPasswords(lookedAt, answered);
        Refusals refusals = new Refusals(new Audit(database.jdbc()), clock);
        PasswordLogins logins = new PasswordLogins(slow, delays, refusals);
        ExecutorService threads = Executors.newFixedThreadPool(150);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            var guess = new UsernamePasswordAuthenticationToken("olga", "guess " + i);
            guess.setDetails(new WebAuthenticationDetails(ATTACKER, null));
            all.add(threads.submit(() -> {
                try {
                    logins.authenticate(guess);
                } catch (LoginDelayedException delayed) {
                    answered.countDown();
                } catch (AuthenticationException wrong) {
                    // Looked at, and wrong.
                }
            }));
        }
        for (Future<?> one : all) {
            one.get();
        }
        threads.shutdown();
        assertThat(lookedAt).hasValue(FailedLogins.FREE);
    }

    private record SlowPasswords(AtomicInteger lookedAt, CountDownLatch answered) implements AuthenticationProvider {
        @Override
        public Authentication authenticate(Authentication given) {
            lookedAt.incrementAndGet();
            try {
                answered.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            throw new BadCredentialsException("wrong");
        }

        @Override
        public boolean supports(Class<?> authentication) {
            return true;
        }
    }

    @Test
    void madeUpForwardedAddressesAreNotBelieved() {
        try (TestApplication server = ConsoleServer.start(TestDatabase.migrated(), "rollover.admin.trusted-proxies=")) {
            int refused = 0;
            for (int i = 0; i < 40; i++) {
                refused += new ApiClient(server.port())
                                        .with("X-Forwarded-For", "203.0.113." + i)
                                        .as("account " + i, "guess")
                                        .get("/admin/rollovers")
                                        .status()
                                == 429
                        ? 1
                        : 0;
            }
            assertThat(refused).isGreaterThan(30);
        }
    }

    @Test
    void aGuesserIsToldToWaitAndNeitherSessionNorTokenIs() {
        try (TestApplication server = ConsoleServer.start(TestDatabase.migrated())) {
            ApiClient here = new ApiClient(server.port());
            ApiClient session = here.loggedIn(ConsoleServer.OPERATOR, ConsoleServer.OPERATOR_PASSWORD);
            String token = server.bean(ApiTokens.class).create("test", "view", 1, new Actor("olga", "-"));
            ApiClient elsewhere = here.with("X-Forwarded-For", "203.0.113.99");
            for (int i = 0; i < 20; i++) {
                elsewhere.as(ConsoleServer.OPERATOR, "guess " + i).get("/admin/rollovers");
            }

            assertThat(elsewhere
                            .as(ConsoleServer.OPERATOR, ConsoleServer.OPERATOR_PASSWORD)
                            .get("/admin/rollovers"))
                    .returns(429, ApiClient.Answer::status)
                    .satisfies(
                            answer -> assertThat(answer.header("Retry-After")).isNotEmpty());
            assertThat(elsewhere
                            .browsing()
                            .login(ConsoleServer.OPERATOR, "guess")
                            .header("Location"))
                    .contains("/login?wait=");
            assertThat(session.with("X-Forwarded-For", "203.0.113.99")
                            .get("/admin/rollovers")
                            .status())
                    .isEqualTo(200);
            assertThat(elsewhere
                            .with("Authorization", "Bearer " + token)
                            .get("/admin/rollovers")
                            .status())
                    .isEqualTo(200);
            assertThat(here.as(ConsoleServer.OPERATOR, ConsoleServer.OPERATOR_PASSWORD)
                            .get("/admin/rollovers")
                            .status())
                    .as("where olga has logged in before")
                    .isEqualTo(200);
        }
    }

    private static final class TickingClock extends Clock {
        private Instant now = Instant.parse("2026-11-01T00:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneId.of("UTC");
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
