package io.creditrollover.admin;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Consecutive wrong passwords by key. Drops the least recently used keys first. Not thread-safe. */
final class FailedLogins {
    static final int FREE = 5;

    private static final Duration MAX_DELAY = Duration.ofMinutes(1);
    private static final Duration FORGOTTEN = Duration.ofMinutes(30);
    private static final int MAX_DOUBLINGS = 6;

    private final Map<String, Counter> counters;

    FailedLogins(int max) {
        this.counters = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Counter> eldest) {
                return size() > max && eldest.getValue().inFlight == 0;
            }
        };
    }

    private static final class Counter {
        private int failures;
        private int inFlight;
        private Instant last = Instant.MIN;
    }

    /** Ignores attempts in flight. */
    Duration remaining(String key, Instant now) {
        Counter counter = counters.get(key);
        if (counter == null || isForgotten(counter, now) || counter.failures < FREE) {
            return Duration.ZERO;
        }
        long seconds = 1L << Math.min(counter.failures - FREE, MAX_DOUBLINGS);
        Instant until = counter.last.plusSeconds(Math.min(seconds, MAX_DELAY.toSeconds()));
        return until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO;
    }

    /** Counts each attempt in flight as a failure. */
    boolean hasRoom(String key, Instant now) {
        Counter counter = counters.get(key);
        if (counter == null) {
            return true;
        }
        int failures = isForgotten(counter, now) ? 0 : counter.failures;
        return failures + counter.inFlight < FREE || counter.inFlight == 0;
    }

    int failures(String key, Instant now) {
        Counter counter = counters.get(key);
        return counter == null || isForgotten(counter, now) ? 0 : counter.failures + counter.inFlight;
    }

    /** Call before the password check. */
    void reserve(String key) {
        counters.computeIfAbsent(key, unused -> new Counter()).inFlight++;
    }

    void settle(String key, boolean failed, Instant now) {
        Counter counter = counters.get(key);
        if (counter == null) {
            return;
        }
        counter.inFlight--;
        if (failed) {
            counter.failures = isForgotten(counter, now) ? 1 : counter.failures + 1;
            counter.last = now;
        } else if (counter.inFlight == 0 && counter.failures == 0) {
            counters.remove(key);
        }
    }

    void clear(String key) {
        Counter counter = counters.get(key);
        if (counter != null) {
            counter.failures = 0;
        }
    }

    int size() {
        return counters.size();
    }

    private static boolean isForgotten(Counter counter, Instant now) {
        return counter.failures > 0 && counter.last.plus(FORGOTTEN).isBefore(now);
    }
}
