package io.creditrollover.run;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * A safety limit exceeded by a forecast. Stored as JSON with the run.
 *
 * @param key identifies the limit; approvals are stored by it
 * @param figures in words, without a full stop
 * @param value days, or a share from 0 to 1; null for other limits
 * @param threshold in the unit of the value; for an unusual share, the usual one
 * @param of users or credits, for a share
 */
public record ExceededLimit(
        String key,
        String figures,
        @Nullable Double value,
        @Nullable Double threshold,
        @Nullable String of) {
    public static final String SILENCE = "rollover.safety.max-payment-silence";
    public static final String DELAY = "rollover.safety.max-delay";
    public static final String EXPIRED_FACTOR = "rollover.safety.max-expired-factor";
    public static final String FIRST_RUN = "rollover.safety.first-run";
    public static final String SKIPS = "rollover.skip-limit";
    public static final String ORPHANED_PAYMENTS = "rollover.safety.max-orphaned-payments";
    public static final String POLICY = "policy";
    static final String RUN_TOLERANCE = "rollover.safety.run-tolerance-percent";

    ExceededLimit(String key, String figures) {
        this(key, figures, null, null, null);
    }

    /** Returns key and figures without a full stop. A changed policy has no key in the configuration. */
    public String sentence() {
        return key.equals(POLICY) ? figures : key + ": " + figures;
    }

    static String sentences(List<ExceededLimit> limits) {
        return limits.stream().map(ExceededLimit::sentence).collect(joining("; "));
    }

    static @Nullable String toJson(List<ExceededLimit> limits) {
        return limits.isEmpty() ? null : JsonMapper.shared().writeValueAsString(limits);
    }

    /** Returns the stored limits; empty if another version stored them in another form. */
    static Optional<List<ExceededLimit>> parse(String json) {
        try {
            return Optional.of(JsonMapper.shared().readValue(json, new TypeReference<List<ExceededLimit>>() {}));
        } catch (JacksonException ofAnotherVersion) {
            return Optional.empty();
        }
    }
}
