package io.creditrollover.rollover;

import java.util.Objects;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/** All, even or odd user ids from {@code after} (exclusive) to {@code upTo} (inclusive). */
record KeyRange(long after, long upTo, Parity half) {
    private static final String AFTER = "range.after";
    private static final String UP_TO = "range.upTo";

    KeyRange(long after, long upTo) {
        this(after, upTo, Parity.BOTH);
    }

    /**
     * Selects ids by their last bit. Uses {@code <>} because the planner estimates {@code expr = const} at 0.5 % and
     * would sort the rest of the range for every page.
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

    /** Earlier versions saved ints. */
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
