package io.creditrollover.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditrollover.TestDatabase;
import io.creditrollover.cli.TestApplication;
import io.creditrollover.exit.ExitException;
import io.creditrollover.lease.StopSignal;
import org.junit.jupiter.api.Test;

/** A passed check of the tables serves pages for some seconds, and nothing else. */
class ReadinessTest {
    private static final String BREAK = "alter table credit_rollover_skips rename column reason to reasons";
    private static final String MEND = "alter table credit_rollover_skips rename column reasons to reason";

    private final TestDatabase database = TestDatabase.migrated();

    @Test
    void whatAPageFoundGoodLetsNoRunPass() throws Exception {
        try (TestApplication product = TestApplication.serving(database, "rollover.admin.password=operator")) {
            RolloverService rollovers = product.bean(RolloverService.class);
            Readiness readiness = product.bean(Readiness.class);
            rollovers.runs();
            database.execute(BREAK);

            assertThatThrownBy(product::run).isInstanceOf(ExitException.class).hasMessageContaining("reason");
            assertThatThrownBy(() -> rollovers.run(TestApplication.request(null, true, null, new StopSignal())))
                    .isInstanceOf(ExitException.class);
            assertThatThrownBy(readiness::forReading).isInstanceOf(ExitException.class);
            database.execute(MEND);
            assertThat(rollovers.runs()).isEmpty();
        }
    }

    @Test
    void aPageAfterARefusedOneChecksAgain() throws Exception {
        try (TestApplication product = TestApplication.serving(database, "rollover.admin.password=operator")) {
            RolloverService rollovers = product.bean(RolloverService.class);
            database.execute(BREAK);
            assertThatThrownBy(rollovers::runs).isInstanceOf(ExitException.class);
            assertThatThrownBy(rollovers::runs).isInstanceOf(ExitException.class);
            database.execute(MEND);
            assertThat(rollovers.runs()).isEmpty();
        }
    }
}
