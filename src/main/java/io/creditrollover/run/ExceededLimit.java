package io.creditrollover.run;

/**
 * A safety limit exceeded by a forecast.
 *
 * @param key identifies the limit; approvals are stored by it
 * @param sentence without a full stop
 */
record ExceededLimit(String key, String sentence) {}
