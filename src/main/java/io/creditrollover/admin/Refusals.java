package io.creditrollover.admin;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Writes failed logins and refused requests to the audit: at most so many rows an hour, since those who cause them may be
 * strangers and nobody deletes a row. The others are counted, and the count is the next row. Safe for several threads.
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

    /** Notes a refusal; never throws. */
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
                        others + " more were refused in the hour before; they are not in the audit");
            }
            Actor shortened = new Actor(cut(who.name()), cut(who.address()));
            audit.note(new Audit.Intent(shortened, action, cut(target), null), "refused", cut(result));
        } catch (DataAccessException | TransactionException unwritten) {
            log.error("A refusal is not in the audit: {} of {}: {}", action, cut(who.address()), result, unwritten);
        }
    }

    /** Returns how many were not written in the hour before, once that is over; -1 where this hour has enough. */
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

    /** What strangers type must not break a line of the audit, nor fill it. */
    private static String cut(String text) {
        String line = text.replaceAll("\\p{Cntrl}", "?");
        return line.length() > MAX_TEXT ? line.substring(0, MAX_TEXT) + "…" : line;
    }
}
