package io.creditrollover.report;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a report counts because it is not stored. It takes seconds with many users, so a console keeps it for some time.
 *
 * @param at when, by the clock of the database; null if all of it is stored
 * @param unfinished own figures of a run that has not ended; null for others
 */
public record Counted(
        @Nullable Instant at,
        List<LatePayment> latePayments,
        List<WinBack> cameBack,
        NoticeConversion notices,
        FiguresComputation.@Nullable Computed unfinished) {}
