package io.creditrollover.admin;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.security.authentication.event.AbstractAuthenticationFailureEvent;
import org.springframework.security.authentication.event.AuthenticationSuccessEvent;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/**
 * How long a source address must wait after wrong passwords: longer with each, up to a minute. The account itself is
 * never locked, so nobody can keep its owner out from elsewhere. Safe for use by several threads.
 */
@OnlyWhenServing
@Component
class LoginDelays {
    private static final Logger log = LoggerFactory.getLogger(LoginDelays.class);
    private static final int FREE_FAILURES = 5;
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final Duration FORGOTTEN = Duration.ofMinutes(30);
    private static final int MOST_ADDRESSES = 10_000;
    private static final int IPV6_PREFIX_BYTES = 8;

    private final Clock clock;
    private final Map<String, Failures> byAddress = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };

    LoginDelays(Clock clock) {
        this.clock = clock;
    }

    private record Failures(int count, Instant last) {
        Instant until() {
            if (count < FREE_FAILURES) {
                return last;
            }
            long seconds = 1L << Math.min(count - FREE_FAILURES, 6);
            return last.plusSeconds(Math.min(seconds, LONGEST.toSeconds()));
        }
    }

    /** Returns how long {@code address} has to wait before its next try; zero where it has not. */
    synchronized Duration remaining(String address) {
        Failures failures = byAddress.get(source(address));
        Instant now = clock.instant();
        return failures == null || !failures.until().isAfter(now)
                ? Duration.ZERO
                : Duration.between(now, failures.until());
    }

    @EventListener
    synchronized void failed(AbstractAuthenticationFailureEvent event) {
        String address = addressOf(event.getAuthentication());
        Instant now = clock.instant();
        Failures before = byAddress.remove(source(address));
        boolean fresh = before == null || before.last().plus(FORGOTTEN).isBefore(now);
        int count = fresh ? 1 : before.count() + 1;
        byAddress.put(source(address), new Failures(count, now));
        log.warn("A login from {} failed, {} in a row.", address, count);
    }

    @EventListener
    synchronized void succeeded(AuthenticationSuccessEvent event) {
        byAddress.remove(source(addressOf(event.getAuthentication())));
    }

    private static String addressOf(Authentication authentication) {
        return authentication.getDetails() instanceof WebAuthenticationDetails details
                ? String.valueOf(details.getRemoteAddress())
                : "unknown";
    }

    /** Of an IPv6 address only the network counts: who has one has billions of addresses in it. */
    private static String source(String address) {
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
