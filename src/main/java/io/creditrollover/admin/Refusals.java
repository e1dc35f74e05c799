package io.creditrollover.admin;

import io.creditrollover.exit.Masked;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Writes failed logins and refused requests to the audit. Hourly maximum: anyone can cause them, and rows are never
 * deleted. A row of the next hour counts the others. Thread-safe.
 */
@OnlyWhenServing
@Component
class Refusals {
    static final int MAX_ROWS_AN_HOUR = 100;

    private static final Logger log = LoggerFactory.getLogger(Refusals.class);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int MAX_TEXT = 100;
    private static final Actor THIS_SERVER = new Actor("console", "-");

    private final Audit audit;
    private final Clock clock;
    private Instant hour = Instant.MIN;
    private int written;
    private long uncounted;

    Refusals(Audit audit, Clock clock) {
        this.audit = audit;
        this.clock = clock;
    }

    /** Never throws. */
    void note(Actor who, String action, String target, String result) {
        long others = admit();
        if (others < 0) {
            return;
        }
        try {
            if (others > 0) {
                audit.note(
                        new Audit.Intent(THIS_SERVER, "refusals", "audit", null),
                        "refused",
                        others + " more requests were refused in the hour before. They are not in the audit.");
            }
            Actor shortened = new Actor(cut(Masked.text(who.name())), cut(who.address()));
            audit.note(new Audit.Intent(shortened, action, cut(target), null), "refused", cut(result));
        } catch (DataAccessException | TransactionException unwritten) {
            log.error("A refusal is not in the audit: {} of {}: {}", action, cut(who.address()), result, unwritten);
        }
    }

    /** Returns -1 at the maximum. After an hour, returns once its count of unwritten refusals; otherwise 0. */
    private synchronized long admit() {
        Instant now = clock.instant();
        long others = 0;
        if (hour.equals(Instant.MIN) || now.isAfter(hour.plus(HOUR))) {
            hour = now;
            written = 0;
            others = uncounted;
            uncounted = 0;
        }
        if (written >= MAX_ROWS_AN_HOUR) {
            uncounted++;
            return -1;
        }
        written++;
        return others;
    }

    /** Untrusted text: one short line, without control characters. */
    private static String cut(String text) {
        String line = text.replaceAll("\\p{Cntrl}", "?");
        return line.length() > MAX_TEXT ? line.substring(0, MAX_TEXT) + "..." : line;
    }
}
