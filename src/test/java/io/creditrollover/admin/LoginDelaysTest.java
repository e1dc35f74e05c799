package io.creditrollover.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authentication.event.AuthenticationFailureBadCredentialsEvent;
import org.springframework.security.authentication.event.AuthenticationSuccessEvent;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/** What comes of guessing passwords. */
class LoginDelaysTest {
    @Test
    void twoHundredBadLoginsWaitLongerAndLongerAndLockNobodyElseOut() {
        TickingClock clock = new TickingClock();
        LoginDelays delays = new LoginDelays(clock);
        for (int i = 0; i < 4; i++) {
            delays.failed(failure("203.0.113.7"));
        }
        assertThat(delays.remaining("203.0.113.7")).isZero();
        delays.failed(failure("203.0.113.7"));
        assertThat(delays.remaining("203.0.113.7")).isEqualTo(Duration.ofSeconds(1));
        for (int i = 0; i < 195; i++) {
            delays.failed(failure("203.0.113.7"));
        }
        assertThat(delays.remaining("203.0.113.7")).isEqualTo(Duration.ofMinutes(1));
        assertThat(delays.remaining("203.0.113.8")).isZero();
        clock.now = clock.now.plusSeconds(60);
        assertThat(delays.remaining("203.0.113.7")).isZero();
        delays.failed(failure("2001:db8::1"));
        for (int i = 0; i < 5; i++) {
            delays.failed(failure("2001:db8::" + i));
        }
        assertThat(delays.remaining("2001:db8::ffff")).isPositive();
        delays.succeeded(new AuthenticationSuccessEvent(authentication("203.0.113.7")));
        delays.failed(failure("203.0.113.7"));
        assertThat(delays.remaining("203.0.113.7")).isZero();
    }

    @Test
    void afterManyWrongPasswordsAnAddressIsToldToWait() {
        // Elsewhere than where the other tests come from; believed since the request comes over loopback, as from a
        // proxy.
        ApiClient elsewhere = Served.stranger().with("X-Forwarded-For", "203.0.113.99");
        int refused = 0;
        for (int i = 0; i < 200; i++) {
            refused += elsewhere
                                    .as(Served.OPERATOR, "guess " + i)
                                    .get("/admin/rollovers")
                                    .status()
                            == 429
                    ? 1
                    : 0;
        }
        assertThat(refused).isGreaterThan(150);
        assertThat(elsewhere.as(Served.OPERATOR, Served.OPERATOR_PASSWORD).get("/admin/rollovers"))
                .returns(429, ApiClient.Answer::status)
                .satisfies(answer -> assertThat(answer.header("Retry-After")).isNotEmpty());
        assertThat(Served.operator().get("/admin/rollovers").status()).isEqualTo(200);
    }

    private static AuthenticationFailureBadCredentialsEvent failure(String address) {
        return new AuthenticationFailureBadCredentialsEvent(
                authentication(address), new BadCredentialsException("wrong"));
    }

    private static UsernamePasswordAuthenticationToken authentication(String address) {
        var authentication = new UsernamePasswordAuthenticationToken("somebody", "guess");
        authentication.setDetails(new WebAuthenticationDetails(address, null));
        return authentication;
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
