package io.creditrollover.run;

/**
 * A safety limit that a forecast exceeds.
 *
 * @param key names the limit; an approval is kept by it
 * @param sentence names limit and figure, without a full stop
 */
record ExceededLimit(String key, String sentence) {}
