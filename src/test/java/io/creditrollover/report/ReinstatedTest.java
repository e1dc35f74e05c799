package io.creditrollover.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.TestApplication;
import io.creditrollover.lease.StopSignal;
import io.creditrollover.run.Progress;
import io.creditrollover.run.ReinstateRequest;
import io.creditrollover.run.ReinstateService;
import io.creditrollover.run.RunOutcome;
import io.creditrollover.run.SecondLookOutcome;
import io.creditrollover.run.SecondLookRequest;
import io.creditrollover.run.SecondLookService;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How explanations and reports show what came back. */
class ReinstatedTest {
    private static final TestDatabase database = TestDatabase.migrated();

    @RegisterExtension
    static final TestApplication product =
            TestApplication.on(database, "rollover.pending-grace=PT0S", "rollover.safety.max-delay=P9999D");

    private HostFixture host;

    @BeforeEach
    void begin() {
        database.reset();
        host = HostFixture.in(database);
    }

    @Test
    void anExplanationSaysWhatCameBackWhenAndByWhichPayment() throws Exception {
        HostFixture.User late = host.aLapsedUser();
        product.run();
        late.paid("monthly", 50, host.inTheMonth());
        look();
        look();

        List<Explanation.Month> months =
                product.bean(Explanations.class).of(late.phone(), host.date()).months();

        assertThat(months).hasSize(2);
        Explanation.Month back = months.get(0);
        assertThat(back.action()).isEqualTo("reinstatement");
        assertThat(back.reasonCode()).isEqualTo("LATE_PAYMENT");
        assertThat(back.paymentId()).isEqualTo(database.count("select max(id) from payments"));
        assertThat(back.paidAt()).isEqualTo(host.inTheMonth());
        assertThat(back.text())
                .startsWith("25 credits of those that expired on 1 ")
                .contains("came back on ", ", from 0 to 25. Decided again", "monthly on ");
        assertThat(months.get(1).givenBack()).isTrue();
    }

    @Test
    void anExplanationShowsOnceThatAPersonHasToLook() throws Exception {
        HostFixture.User buyer = host.aUser(30).payment("starter", 10, "failed", host.cutoff());
        product.run();
        database.execute("update payments set payment_status = 'paid' where payment_status = 'failed'");
        look();
        look();

        List<Explanation.Month> months =
                product.bean(Explanations.class).of(buyer.phone(), host.date()).months();

        assertThat(months)
                .extracting(Explanation.Month::reasonCode)
                .containsExactlyInAnyOrder("BOUGHT_MEANWHILE", "NO_PAYMENT");
        assertThat(months.get(0).text()).contains("was looked at again on ", "left to a person");
    }

    @Test
    void theReportOfAReinstatementDoesNotCallItAReversal() throws Exception {
        HostFixture.User late = host.aLapsedUser();
        product.run();
        late.paid("monthly", 50, host.inTheMonth());
        look();
        RunFigures figures = product.bean(Figures.class).of(database.count("select max(id) from credit_rollover_runs"));

        assertThat(RunReportBuilder.of(figures).numbers())
                .extracting(ReportPage.KeyNumber::label)
                .containsExactly("Users with reinstated credits", "Credits reinstated", "Users skipped");
    }

    @Test
    void theReinstatementOfSomebodyElseDoesNotHideThatAPersonHasToLook() throws Exception {
        HostFixture.User buyer = host.aUser(30).payment("starter", 10, "failed", host.cutoff());
        HostFixture.User other = host.aLapsedUser();
        product.run();
        database.execute("update payments set payment_status = 'paid' where payment_status = 'failed'");
        look();
        reinstate(other);
        assertThat(host.creditsOf(other)).isEqualTo(25);

        assertThat(reasonCodes(buyer)).containsExactly("BOUGHT_MEANWHILE", "NO_PAYMENT");

        reinstate(buyer);
        assertThat(reasonCodes(buyer)).containsExactly("GOODWILL", "NO_PAYMENT");
    }

    private List<String> reasonCodes(HostFixture.User user) {
        return product.bean(Explanations.class).of(user.phone(), host.date()).months().stream()
                .map(Explanation.Month::reasonCode)
                .toList();
    }

    private static void reinstate(HostFixture.User user) throws InterruptedException {
        product.bean(ReinstateService.class)
                .reinstate(new ReinstateRequest(
                        String.valueOf(user.id()),
                        null,
                        "ticket 4711",
                        false,
                        "a test",
                        new StopSignal(),
                        Progress.SILENT));
    }

    @Test
    void aReportOfTheMonthHasASectionAndSubtractsWhatCameBack() throws Exception {
        HostFixture.User late = host.aLapsedUser();
        host.aLapsedUser();
        RunOutcome run = product.run();
        RunFigures before = figures(run);
        assertThat(texts(before)).doesNotContain("Reinstated");
        late.paid("monthly", 50, host.inTheMonth());
        SecondLookOutcome look = look();

        RunFigures figures = figures(run);

        assertThat(section(figures, "Reinstated").rows())
                .containsExactly(
                        List.of("late payment", "1", "25"),
                        List.of("Expired minus reinstated", ReportFormats.NOTHING, "25"));
        // 25 credits of a payment of INR 299 for 50; before, two users lost as many
        assertThat(section(before, "Revenue").rows().get(0).get(3)).isEqualTo("₹299");
        assertThat(section(figures, "Revenue").rows().get(0).get(3)).isEqualTo("₹150");
        RunFigures own = figures(look.runs().get(0).outcome());
        assertThat(section(own, "Reinstated").rows()).containsExactly(List.of("late payment", "1", "25"));
        assertThat(own.difference().none()).isTrue();
        assertThat(KeyNumbers.of(own).get(1).value()).isEqualTo("25");
    }

    private static SecondLookOutcome look() throws InterruptedException {
        return product.bean(SecondLookService.class)
                .lookAtAllDue(new SecondLookRequest(null, false, "a test", new StopSignal(), Progress.SILENT));
    }

    private static RunFigures figures(RunOutcome run) {
        return product.bean(Figures.class).of(Objects.requireNonNull(run.run().runId()));
    }

    private static Section section(RunFigures figures, String title) {
        return RunReportBuilder.of(figures).sections().stream()
                .filter(section -> section.title().equals(title))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> texts(RunFigures figures) {
        return RunReportBuilder.of(figures).sections().stream()
                .map(Section::title)
                .toList();
    }
}
