package io.creditrollover.rollover;

import java.util.Objects;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * Users with ids above {@code after} up to and including {@code upTo}: all of them, the even or the odd ones.
 *
 * @param after exclusive
 * @param upTo inclusive
 */
record KeyRange(long after, long upTo, Parity half) {
    private static final String AFTER = "range.after";
    private static final String UP_TO = "range.upTo";

    /** All ids of a range. */
    KeyRange(long after, long upTo) {
        this(after, upTo, Parity.BOTH);
    }

    /**
     * Which ids of a range, by their last bit: those whose bits under the mask are not the excluded ones. Asked like that
     * since PostgreSQL takes it that an expression differs from a value nearly always and equals it once in two hundred; for
     * so few it sorts what is left of the range for each page once the table is no longer in the order of its ids.
     */
    enum Parity {
        BOTH(0, 1),
        EVEN(1, 1),
        ODD(1, 0);

        private final int mask;
        private final int excluded;

        Parity(int mask, int excluded) {
            this.mask = mask;
            this.excluded = excluded;
        }

        int mask() {
            return mask;
        }

        int excluded() {
            return excluded;
        }
    }

    static boolean isIn(ExecutionContext context) {
        return context.containsKey(AFTER);
    }

    static KeyRange in(ExecutionContext context) {
        return new KeyRange(number(context, AFTER), number(context, UP_TO));
    }

    /** Reads a number that an earlier version saved as an int. */
    static long number(ExecutionContext context, String key) {
        return ((Number) Objects.requireNonNull(context.get(key), key)).longValue();
    }

    ExecutionContext toContext() {
        ExecutionContext context = new ExecutionContext();
        context.putLong(AFTER, after);
        context.putLong(UP_TO, upTo);
        return context;
    }

    KeyRange above(long userId) {
        return new KeyRange(userId, upTo, half);
    }

    KeyRange only(Parity wanted) {
        return new KeyRange(after, upTo, wanted);
    }
}
