package io.creditrollover.rollover;

import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * Users with ids above {@code after} up to and including {@code upTo}.
 *
 * @param after exclusive
 * @param upTo inclusive
 */
record KeyRange(int after, int upTo) {
    private static final String AFTER = "range.after";
    private static final String UP_TO = "range.upTo";

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
        return new KeyRange(userId, upTo);
    }
}
