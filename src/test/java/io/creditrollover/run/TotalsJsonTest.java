package io.creditrollover.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.report.RunMonth;
import io.creditrollover.rollover.Totals;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Totals are one record in the code and flat keys in JSON. */
class TotalsJsonTest {
    private static final LocalDate DATE = LocalDate.parse("2026-11-01");
    private static final Totals TOTALS = new Totals(3, 2, 1, 70, 50, 20);

    @Test
    void ofARun() {
        JsonNode run = json(new RunSummary(
                7L,
                8L,
                DATE,
                RunMode.DRY_RUN,
                RunStatus.RUNNING,
                TOTALS,
                Instant.EPOCH,
                null,
                "me",
                null,
                null,
                null,
                null,
                null,
                null));

        assertThat(run.propertyNames())
                .containsExactly(
                        "executionId",
                        "runId",
                        "rolloverDate",
                        "mode",
                        "status",
                        "usersProcessed",
                        "usersRolledOver",
                        "usersExpired",
                        "usersSkipped",
                        "creditsBefore",
                        "creditsRolledOver",
                        "creditsExpired",
                        "startedAt",
                        "finishedAt",
                        "requestedBy",
                        "approvedBy",
                        "reason",
                        "message");
        assertThat(run.get("mode").asString()).isEqualTo("dry-run");
        assertThat(run.get("usersProcessed").asLong()).isEqualTo(6);
    }

    @Test
    void ofAForecastAsStoredAndAsShown() {
        ForecastFigures figures = new ForecastFigures(TOTALS, 4, 5, 6, List.of());
        JsonNode stored = json(figures);
        JsonNode shown = json(new Forecast(DATE, Instant.EPOCH, "UTC", figures, List.of(), List.of(), null));

        assertThat(stored.propertyNames())
                .containsExactlyInAnyOrder(
                        "usersProcessed",
                        "usersRolledOver",
                        "usersExpired",
                        "usersSkipped",
                        "usersAwaitingPayment",
                        "creditsBefore",
                        "creditsRolledOver",
                        "creditsExpired",
                        "expiredValuePaise",
                        "orphanedPayments",
                        "lines");
        assertThat(shown.propertyNames()).containsAll(stored.propertyNames()).hasSize(17);
        assertThat(ForecastTotals.of(stored.toString())).isEqualTo(new ForecastTotals(6, 3, 2, 1, 50, 20));
    }

    @Test
    void ofAMonthInAReport() {
        assertThat(json(new RunMonth(DATE, TOTALS, 1L, 2L, 3L)).propertyNames())
                .containsExactly(
                        "rolloverDate",
                        "usersRolledOver",
                        "usersExpired",
                        "usersSkipped",
                        "creditsBefore",
                        "creditsRolledOver",
                        "creditsExpired",
                        "revenueProtectedPaise",
                        "revenueAtRiskPaise",
                        "expiredValuePaise");
    }

    private static JsonNode json(Object value) {
        return JsonMapper.shared().valueToTree(value);
    }
}
