package io.creditrollover.rollover;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import io.creditrollover.decision.PlanTerms;
import io.creditrollover.decision.RolloverPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many ranges there are, and that they leave nobody out. */
class KeyRangesTest {
    private final TestDatabase database = TestDatabase.migrated();
    private final HostFixture host = HostFixture.in(database);
    private RolloverPolicy policy;

    @BeforeEach
    void begin() {
        host.manyUsers(1_000);
        policy = new RolloverPolicy(
                host.date(),
                HostFixture.BUSINESS_ZONE,
                Map.of("monthly", PlanTerms.ELIGIBLE),
                Set.of("starter", "power"),
                Duration.ZERO);
    }

    @Test
    void coverEveryId() {
        List<KeyRange> ranges = KeyRanges.forChunks(database.jdbc(), policy, 8).ranges();

        assertThat(ranges).hasSize(8);
        assertThat(ranges.get(0).after()).isEqualTo(Integer.MIN_VALUE);
        assertThat(ranges.get(7).upTo()).isEqualTo(Integer.MAX_VALUE);
        for (int i = 1; i < ranges.size(); i++) {
            assertThat(ranges.get(i).after()).isEqualTo(ranges.get(i - 1).upTo());
        }
    }

    @Test
    void areMoreWhereTheyWouldBeLargeButNotForWhoReadsThemAllAtOnce() {
        database.execute("update pg_class set reltuples = 250001 where oid = 'users'::regclass");

        assertThat(KeyRanges.forChunks(database.jdbc(), policy, 2).ranges()).hasSize(3);
        assertThat(KeyRanges.cut(database.jdbc(), policy, 2).ranges()).hasSize(2);
    }
}
