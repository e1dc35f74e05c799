package io.creditrollover.notice;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.TestApplication;
import io.creditrollover.report.Explanation;
import io.creditrollover.report.Explanations;
import io.creditrollover.report.Figures;
import io.creditrollover.report.NoticeConversion;
import io.creditrollover.report.RunReportBuilder;
import io.creditrollover.report.TextRenderer;
import io.creditrollover.run.RunOutcome;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Reports show what came of the notices, and explanations who was told what. */
class ConversionTest {
    private final TestDatabase database = TestDatabase.migrated();
    private final HostFixture host = HostFixture.in(database);

    @Test
    void reportAndExplanationShowTheNoticesOfTheMonth() throws Exception {
        HostFixture.User renewedBefore = told(host.aPayingUser());
        told(host.aPayingUser());
        told(host.aUserWhoRenewed());
        HostFixture.User expired = told(host.aLapsedUser());
        told(host.aUser(0));
        host.aLapsedUser();
        notice(host.aLapsedUser(), "null");
        try (TestApplication product = TestApplication.on(database)) {
            RunOutcome run = product.run();

            long runId = Objects.requireNonNull(run.run().runId());
            assertThat(product.bean(Figures.class).of(runId).notices()).isEqualTo(new NoticeConversion(5, 2, 1, 1, 1));
            assertThat(TextRenderer.text(
                            RunReportBuilder.of(product.bean(Figures.class).of(runId))))
                    .containsPattern("Told before the cut-off +5")
                    .containsPattern("Renewed before the cut-off +2");
            Explanation explained = product.bean(Explanations.class).of(expired.phone(), host.date());
            assertThat(explained.notices()).singleElement().satisfies(notice -> assertThat(notice.sentence())
                    .contains("expiring P7D notice about 25 credits, mail to a***@example.com: sent"));
            assertThat(product.bean(Explanations.class)
                            .of(renewedBefore.phone(), host.date().plusMonths(1))
                            .notices())
                    .isEmpty();
        }
    }

    private HostFixture.User told(HostFixture.User user) {
        notice(user, "now()");
        return user;
    }

    private void notice(HostFixture.User user, String accepted) {
        database.execute("""
                insert into credit_rollover_notices (user_id, kind, lead, rollover_date, channel, credits_before,
                                                     credits_after, reason_code, status, accepted_at, address)
                values (%d, 'expiring', 'P7D', '%s', 'mail', 25, 0, 'WINDOW_ELAPSED', '%s', %s, 'asha@example.com')
                """.formatted(user.id(), host.date(), accepted.equals("null") ? "planned" : "sent", accepted));
    }
}
