package io.creditrollover.run;

import java.util.List;

/**
 * The result of the safety limits.
 *
 * @param notApplied one sentence for each limit not applied for lack of history
 */
record LimitCheck(List<ExceededLimit> exceeded, List<String> notApplied) {
    List<String> sentences() {
        return exceeded.stream().map(ExceededLimit::sentence).toList();
    }
}
