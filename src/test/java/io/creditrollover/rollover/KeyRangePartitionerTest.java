package io.creditrollover.rollover;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import io.creditrollover.decision.PlanTerms;
import io.creditrollover.decision.RolloverPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many ranges there are, and that they leave nobody out. */
class KeyRangePartitionerTest {
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
                Duration.ZERO,
                Set.of());
    }

    @Test
    void coverEveryId() {
        List<KeyRange> ranges = KeyRangePartitioner.of(Slices.cut(database.jdbc(), policy, 64), 8)
                .ranges();

        assertThat(ranges).hasSize(8);
        assertThat(ranges.get(0).after()).isEqualTo(Long.MIN_VALUE);
        assertThat(ranges.get(7).upTo()).isEqualTo(Long.MAX_VALUE);
        for (int i = 1; i < ranges.size(); i++) {
            assertThat(ranges.get(i).after()).isEqualTo(ranges.get(i - 1).upTo());
        }
    }

    @Test
    void areMadeOfWholeSlicesOfEqualSize() {
        Slices slices = Slices.cut(database.jdbc(), policy, 64);

        assertThat(slices.bounds())
                .containsAll(KeyRangePartitioner.of(slices, 8).ranges().stream()
                        .map(KeyRange::upTo)
                        .filter(upTo -> upTo < Long.MAX_VALUE)
                        .toList());
        assertThat(usersOf(slices)).allMatch(users -> users <= 1_000 / 64 / 2 + 1);
    }

    @Test
    void areMoreWhereTheyWouldBeLargeButNotForWhoReadsThemAllAtOnce() {
        Slices slices = new Slices(LongStream.rangeClosed(1, 59).boxed().toList());

        assertThat(KeyRangePartitioner.of(slices, 2).ranges()).hasSize(3);
        assertThat(slices.ranges(2)).hasSize(2);
    }

    @Test
    void aSliceHoldsTheEvenOrTheOddIdsOfAPart() {
        Slices slices = new Slices(List.of(10L, 20L));

        assertThat(List.of(slices.of(Long.MIN_VALUE), slices.of(-1), slices.of(10), slices.of(11), slices.of(20)))
                .containsExactly(0, 1, 0, 3, 2);
        assertThat(slices.of(21)).isEqualTo(5);
        assertThat(slices.count()).isEqualTo(6);
        assertThat(slices.lastIdOf(3)).isEqualTo(20);
        assertThat(slices.lastIdOf(4)).isEqualTo(Long.MAX_VALUE);
    }

    private List<Long> usersOf(Slices slices) {
        Map<Integer, Long> users = database.jdbc().sql("select id from users").query(Long.class).list().stream()
                .collect(groupingBy(slices::of, counting()));
        return List.copyOf(users.values());
    }
}
