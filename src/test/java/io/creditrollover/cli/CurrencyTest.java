package io.creditrollover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import io.creditrollover.config.RolloverProperties;
import io.creditrollover.report.Explanations;
import io.creditrollover.report.Figures;
import io.creditrollover.report.Money;
import io.creditrollover.report.RunFigures;
import io.creditrollover.report.RunReportBuilder;
import io.creditrollover.report.TextRenderer;
import io.creditrollover.run.ForecastService;
import org.junit.jupiter.api.Test;

/** Amounts are in the host's currency wherever they are shown. */
class CurrencyTest {
    private final TestDatabase database = TestDatabase.migrated();
    private final HostFixture host = HostFixture.in(database);

    /** What a report, the forecast and an explanation say about the same payments. */
    private String texts(String... settings) throws Exception {
        try (TestApplication product = TestApplication.on(database, settings)) {
            Money money = Money.of(product.bean(RolloverProperties.class));
            String forecast =
                    ForecastFormatter.of(product.bean(ForecastService.class).of(host.date()), money);
            RunFigures figures =
                    product.bean(Figures.class).of(product.run().run().runId());
            long user = database.count("select min(id) from users");
            return String.join(
                    "\n",
                    forecast,
                    TextRenderer.text(RunReportBuilder.of(figures)),
                    RunReportBuilder.of(figures).sections().toString(),
                    ExplanationText.of(product.bean(Explanations.class).ofId(user), money));
        }
    }

    @Test
    void rupeesAreGroupedAsInIndia() throws Exception {
        host.manyUsers(2_000);

        assertThat(texts()).contains("₹1,19,600", "₹299 ", "Revenue, INR").doesNotContain("$");
    }

    @Test
    void anotherCurrencyHasItsOwnSign() throws Exception {
        host.manyUsers(2_000);

        assertThat(texts("rollover.currency=USD"))
                .contains("$119,600", "$299 ", "Revenue, USD")
                .doesNotContain("₹", "INR");
    }
}
