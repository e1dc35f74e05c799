package io.creditrollover.run;

import java.util.List;

/**
 * What the safety limits say.
 *
 * @param exceeded the limits that are exceeded
 * @param notApplied one sentence for each limit that could not be applied, for want of history
 */
record LimitCheck(List<ExceededLimit> exceeded, List<String> notApplied) {
    /** Returns the sentences of the exceeded limits. */
    List<String> sentences() {
        return exceeded.stream().map(ExceededLimit::sentence).toList();
    }
}
