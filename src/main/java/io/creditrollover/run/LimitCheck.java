package io.creditrollover.run;

import java.util.List;

/**
 * What the safety limits say.
 *
 * @param exceeded one sentence for each limit that is passed, naming limit and figure
 * @param notApplied one sentence for each limit that could not be applied, for want of history
 */
record LimitCheck(List<String> exceeded, List<String> notApplied) {}
