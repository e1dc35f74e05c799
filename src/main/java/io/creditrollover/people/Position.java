package io.creditrollover.people;

/** The first row to examine next. Ids may be any bigint, so it is inclusive. */
record Position(long runId, long userId) {
    static final Position START = new Position(0, Long.MIN_VALUE);

    static Position after(long lastRunId, long lastUserId) {
        return lastUserId == Long.MAX_VALUE
                ? new Position(lastRunId + 1, Long.MIN_VALUE)
                : new Position(lastRunId, lastUserId + 1);
    }

    boolean isBefore(Position other) {
        return runId < other.runId || (runId == other.runId && userId < other.userId);
    }
}
