package io.creditrollover.rollover;

import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * Users with ids above {@code after} up to and including {@code upTo}: all of them, the even or the odd ones.
 *
 * @param after exclusive
 * @param upTo inclusive
 */
record KeyRange(int after, int upTo, Half half) {
    private static final String AFTER = "range.after";
    private static final String UP_TO = "range.upTo";

    /** All ids of a range. */
    KeyRange(int after, int upTo) {
        this(after, upTo, Half.BOTH);
    }

    /** Which ids of a range, by their last bit. */
    enum Half {
        BOTH(0, 0),
        EVEN(1, 0),
        ODD(1, 1);

        private final int mask;
        private final int remainder;

        Half(int mask, int remainder) {
            this.mask = mask;
            this.remainder = remainder;
        }

        int mask() {
            return mask;
        }

        int remainder() {
            return remainder;
        }
    }

    static boolean isIn(ExecutionContext context) {
        return context.containsKey(AFTER);
    }

    static KeyRange in(ExecutionContext context) {
        return new KeyRange(context.getInt(AFTER), context.getInt(UP_TO));
    }

    ExecutionContext toContext() {
        ExecutionContext context = new ExecutionContext();
        context.putInt(AFTER, after);
        context.putInt(UP_TO, upTo);
        return context;
    }

    KeyRange above(int userId) {
        return new KeyRange(userId, upTo, half);
    }

    KeyRange only(Half wanted) {
        return new KeyRange(after, upTo, wanted);
    }
}
