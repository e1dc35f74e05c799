package io.creditrollover.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditrollover.HostFixture;
import io.creditrollover.Obstacles;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.TestApplication;
import io.creditrollover.report.Figures;
import io.creditrollover.report.RunFigures;
import io.creditrollover.run.RolloverService;
import io.creditrollover.run.RunOutcome;
import io.creditrollover.run.RunStatus;
import io.creditrollover.run.RunSummary;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a report counts is counted for all viewers, not for each view. */
class SharedFiguresTest {
    private static final String AWAY = "alter table payments rename to away";
    private static final String BACK = "alter table away rename to payments";
    private static final String EVENTS_AWAY = "alter table credit_rollover_events rename to events_away";

    private final TestDatabase database = TestDatabase.migrated();
    private final HostFixture host = HostFixture.in(database);
    private final HostFixture.User lapsed = host.aLapsedUser();
    private final TestApplication product = TestApplication.on(database);
    private final AtomicLong nanos = new AtomicLong();
    private final SharedFigures figures = new SharedFigures(product.bean(Figures.class), nanos::get, Runnable::run);

    @AfterEach
    void end() {
        product.close();
    }

    private RunSummary now(RunOutcome outcome) {
        return product.bean(RolloverService.class)
                .status(Objects.requireNonNull(outcome.run().executionId()));
    }

    private void paysLate(HostFixture.User user) {
        user.paid("monthly", 50, host.cutoff().plus(Duration.ofDays(1)));
    }

    @Test
    void theSecondViewReadsNeitherPaymentsNorEvents() throws Exception {
        RunSummary run = now(product.run());
        paysLate(lapsed);
        RunFigures first = figures.of(run);
        assertThat(first.latePaymentsTotal()).isEqualTo(1);

        database.execute(AWAY, EVENTS_AWAY);

        assertThat(figures.of(run)).isEqualTo(first);
    }

    @Test
    void afterTenMinutesAViewerGetsTheOldCountAtOnceAndTheNextOneTheNew() throws Exception {
        RunSummary run = now(product.run());
        RunFigures first = figures.of(run);
        paysLate(lapsed);

        nanos.addAndGet(SharedFigures.FRESH.toNanos());
        assertThat(figures.of(run)).as("exactly ten minutes old").isEqualTo(first);
        nanos.addAndGet(1);
        assertThat(figures.of(run)).isEqualTo(first);

        RunFigures next = figures.of(run);
        assertThat(next.latePaymentsTotal()).isEqualTo(1);
        assertThat(next.countedAt()).isAfter(first.countedAt());
    }

    @Test
    void aCountThatFailsKeepsTheEarlierOneAndIsTriedAgain() throws Exception {
        RunSummary run = now(product.run());
        RunFigures first = figures.of(run);
        paysLate(lapsed);
        nanos.addAndGet(SharedFigures.FRESH.toNanos() + 1);

        database.execute(AWAY);
        assertThat(figures.of(run)).isEqualTo(first);
        database.execute(BACK);
        assertThat(figures.of(run)).isEqualTo(first);

        assertThat(figures.of(run).latePaymentsTotal()).isEqualTo(1);
    }

    @Test
    void aFailedFirstCountIsNotKept() throws Exception {
        RunSummary run = now(product.run());
        database.execute(AWAY);
        assertThatThrownBy(() -> figures.of(run)).hasStackTraceContaining("payments");
        database.execute(BACK);

        assertThat(figures.of(run).lines()).isNotEmpty();
    }

    @Test
    void aRunThatIsResumedIsCountedAnew() throws Exception {
        Obstacles obstacles = Obstacles.in(database);
        obstacles.refuseEventOf(lapsed.id());
        RunOutcome failed = product.run();
        assertThat(figures.of(now(failed)).run().status()).isEqualTo(RunStatus.FAILED);
        assertThat(figures.of(now(failed)).lines()).isEmpty();

        obstacles.clear();
        RunFigures completed = figures.of(now(product.run()));

        assertThat(completed.lines()).singleElement().satisfies(line -> assertThat(line.users())
                .isEqualTo(1));
    }

    @Test
    void theRunsPagePreparesItsReport() throws Exception {
        RunSummary run = now(product.run());
        paysLate(lapsed);
        figures.prepare(run);

        database.execute(AWAY, EVENTS_AWAY);

        assertThat(figures.of(run).latePaymentsTotal()).isEqualTo(1);
    }
}
