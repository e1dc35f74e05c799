package io.creditrollover.report;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is stored of an ended run, beside the totals in its row. The JSON is read by later versions: a component may be
 * added, and reads as 0, empty or null where it is missing; none may change its name or meaning. Holds no phone number.
 *
 * @param difference events and skips minus the run's totals, when the figures were computed
 * @param eligiblePlans plan types of the run's policy; the payment months are counted by them
 * @param paymentMonths twelve, the run's last
 */
record StoredFigures(
        List<DecisionLine> lines,
        Revenue revenue,
        ReconciliationDifference difference,
        List<String> eligiblePlans,
        List<PaymentMonth> paymentMonths) {
    /** Form of the JSON. */
    static final int VERSION = 1;

    static final StoredFigures NONE = new StoredFigures(
            List.of(), new Revenue(0, 0, 0), new ReconciliationDifference(0, 0), List.of(), List.of());

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    StoredFigures {
        lines = orEmpty(lines);
        revenue = revenue == null ? new Revenue(0, 0, 0) : revenue;
        difference = difference == null ? new ReconciliationDifference(0, 0) : difference;
        eligiblePlans = orEmpty(eligiblePlans);
        paymentMonths = orEmpty(paymentMonths);
    }

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    String toJson() {
        return JSON.writeValueAsString(this);
    }

    /** Returns empty for JSON that is none of these figures. */
    static Optional<StoredFigures> parse(String json) {
        try {
            return Optional.of(JSON.readValue(json, StoredFigures.class));
        } catch (JacksonException unreadable) {
            return Optional.empty();
        }
    }
}
