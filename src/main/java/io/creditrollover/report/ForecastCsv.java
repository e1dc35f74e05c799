package io.creditrollover.report;

import io.creditrollover.decision.RolloverDecision;
import io.creditrollover.decision.RolloverPolicy;
import io.creditrollover.run.ForecastService;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Users about to lose credits, and how to avoid it, as CSV. Masks phones, neutralizes formulas, streams rows. */
@Component
public class ForecastCsv {
    private static final String COLUMNS =
            "user_id,phone_number,credits,would_keep,would_lose,reason_code,reason,unless";

    private final ForecastService forecasts;

    ForecastCsv(ForecastService forecasts) {
        this.forecasts = forecasts;
    }

    /** Writes the file completely or not at all (64). Returns the number of users about to lose credits. */
    public long write(LocalDate date, Path file) {
        long[] users = {0};
        AtomicFileWriter.write(file, out -> users[0] = write(date, out));
        return users[0];
    }

    private long write(LocalDate date, Writer out) throws IOException {
        RolloverPolicy policy = forecasts.policy(date);
        String unless = "they pay for the "
                + policy.eligiblePlanTypes().stream().sorted().collect(Collectors.joining(" or "))
                + " plan as the last payment of the month, before the cut-off "
                + policy.cutoff().atZone(policy.zone()).toOffsetDateTime()
                + ", or for one of these plans before the run";
        long[] users = {0};
        out.write(COLUMNS + "\r\n");
        forecasts.forEach(date, (phone, verdict) -> {
            if (verdict instanceof RolloverDecision decision && decision.losesCredits()) {
                line(out, phone, decision, unless);
                users[0]++;
            }
        });
        return users[0];
    }

    private static void line(Writer out, @Nullable String phone, RolloverDecision decision, String unless) {
        List<String> cells = List.of(
                String.valueOf(decision.userId()),
                PhoneMask.mask(phone),
                String.valueOf(decision.creditsBefore()),
                String.valueOf(decision.creditsAfter()),
                String.valueOf(decision.creditsExpired()),
                decision.reasonCode().name(),
                decision.reason(),
                unless);
        EventCsv.line(cells, out);
    }
}
