package io.creditrollover.rollover;

import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * The even or the odd ones of the ids above {@code after} up to and including {@code upTo}.
 *
 * @param after exclusive
 * @param upTo inclusive
 * @param half 0 for even ids, 1 for odd ones
 */
record KeyRange(int after, int upTo, int half) {
    private static final String AFTER = "range.after";
    private static final String UP_TO = "range.upTo";

    static KeyRange in(ExecutionContext context) {
        return new KeyRange(context.getInt(AFTER), context.getInt(UP_TO), 0);
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

    boolean isOddHalf() {
        return half == 1;
    }

    KeyRange oddHalf() {
        return new KeyRange(after, upTo, 1);
    }
}
