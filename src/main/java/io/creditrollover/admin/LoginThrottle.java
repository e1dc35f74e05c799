package io.creditrollover.admin;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/**
 * Delays logins after five consecutive wrong passwords of an account or address, up to one minute. An attempt is
 * reserved before its password check, so parallel guesses gain nothing. Wrong passwords from elsewhere do not delay an
 * account's known address. Sessions and tokens are not throttled. Thread-safe.
 */
@OnlyWhenServing
@Component
class LoginThrottle {
    /** Above this, a known address counts as unknown. */
    static final int MAX_KNOWN_FAILURES = 100;

    private static final int MAX_KEYS = 10_000;

    static final int MAX_WAITING = 16;
    private static final Duration MAX_WAIT = Duration.ofSeconds(5);
    private static final int IPV6_PREFIX_BYTES = 8;
    private static final int MAX_NAME_LENGTH = 100;

    private final Clock clock;
    private final KnownAddresses known;
    private final FailedLogins byAccount = new FailedLogins(MAX_KEYS);
    private final FailedLogins byAddress = new FailedLogins(MAX_KEYS);
    private final FailedLogins byKnown = new FailedLogins(MAX_KEYS);
    private int waiting;

    LoginThrottle(Clock clock, KnownAddresses known) {
        this.clock = clock;
        this.known = known;
    }

    /** The caller must end it. */
    final class Attempt {
        private final String account;
        private final String source;
        private final boolean fromKnown;

        private Attempt(String account, String source, boolean fromKnown) {
            this.account = account;
            this.source = source;
            this.fromKnown = fromKnown;
        }

        /** Other failures still count; this address becomes known. */
        void succeeded() {
            settle(false);
            known.remember(account, source);
        }

        void failed() {
            settle(true);
        }

        /** The result is unknown; not counted as a failure. */
        void abandoned() {
            settle(false);
        }

        private void settle(boolean failed) {
            synchronized (LoginThrottle.this) {
                if (fromKnown) {
                    byKnown.settle(pair(), failed, clock.instant());
                    if (!failed) {
                        byKnown.clear(pair());
                    }
                } else {
                    byAccount.settle(account, failed, clock.instant());
                    byAddress.settle(source, failed, clock.instant());
                }
                LoginThrottle.this.notifyAll();
            }
        }

        private String pair() {
            return account + " " + source;
        }
    }

    /** @throws LoginDelayedException if a delay applies */
    Attempt reserve(String name, String address) {
        String account = account(name);
        String source = source(address);
        boolean fromKnown = known.contains(account, source);
        synchronized (this) {
            Attempt attempt = new Attempt(account, source, fromKnown);
            if (fromKnown && byKnown.failures(attempt.pair(), clock.instant()) < MAX_KNOWN_FAILURES) {
                byKnown.reserve(attempt.pair());
                return attempt;
            }
            awaitRoom(account, source);
            byAccount.reserve(account);
            byAddress.reserve(source);
            return new Attempt(account, source, false);
        }
    }

    /** Waits up to 5 seconds for attempts in flight: they may be one program's with the right password. */
    private synchronized void awaitRoom(String account, String source) {
        long deadline = System.nanoTime() + MAX_WAIT.toNanos();
        while (true) {
            Duration delay =
                    longer(byAccount.remaining(account, clock.instant()), byAddress.remaining(source, clock.instant()));
            if (!delay.isZero()) {
                throw new LoginDelayedException(delay);
            }
            if (byAccount.hasRoom(account, clock.instant()) && byAddress.hasRoom(source, clock.instant())) {
                return;
            }
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (waiting >= MAX_WAITING || left <= 0) {
                throw new LoginDelayedException(Duration.ofSeconds(1));
            }
            waiting++;
            try {
                wait(left);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new LoginDelayedException(Duration.ofSeconds(1));
            } finally {
                waiting--;
            }
        }
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static String account(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.length() > MAX_NAME_LENGTH ? lower.substring(0, MAX_NAME_LENGTH) : lower;
    }

    /** For IPv6 only the /64 network counts: one client can use all its addresses. */
    static String source(String address) {
        try {
            InetAddress parsed = address.contains(":") ? InetAddress.getByName(address) : null;
            return parsed instanceof Inet6Address
                    ? HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), IPV6_PREFIX_BYTES))
                    : address;
        } catch (UnknownHostException literal) {
            return address;
        }
    }
}
