package io.creditrollover.run;

import io.creditrollover.exit.ExitCode;
import java.util.List;

/**
 * The end of a second look.
 *
 * @param runs those looked at, in order of their dates; empty if nothing was due
 * @param exitCode the gravest of the runs
 * @param sentence what was done, and why a run did not complete
 * @param disabled whether the product is switched off
 */
public record SecondLookOutcome(List<OneRun> runs, ExitCode exitCode, String sentence, boolean disabled) {
    /**
     * The second look at one run.
     *
     * @param boughtMeanwhile ids of the first listed users
     * @param usersBoughtMeanwhile all listed users
     */
    public record OneRun(RunOutcome outcome, List<Long> boughtMeanwhile, long usersBoughtMeanwhile) {}

    static SecondLookOutcome nothing(String sentence, boolean disabled) {
        return new SecondLookOutcome(List.of(), ExitCode.OK, sentence, disabled);
    }
}
