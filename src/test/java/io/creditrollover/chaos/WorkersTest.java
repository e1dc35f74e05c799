package io.creditrollover.chaos;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Workers die and freeze in the middle of a large run: {@code -Dchaos.users}, {@code -Dchaos.rounds.workers}. */
@Tag("chaos")
class WorkersTest {
    private static final int USERS = Integer.getInteger("chaos.users", 300_000);

    @Test
    void aRunGoesOnWhenItsWorkersDieAndFreeze() throws Exception {
        try (ChaosEnvironment world = ChaosEnvironment.create(Rounds.seed(), USERS)) {
            int rounds = Rounds.of("workers", 1);
            for (int round = 0; round < rounds; round++) {
                new WorkersRound(
                                world,
                                Rounds.seed() + round,
                                Map.of("ROLLOVER_CHUNK_SIZE", "1000", "ROLLOVER_PARTITIONS", "24"))
                        .run(Duration.ZERO);
            }
            Rounds.count("worker-rounds", rounds);
        }
    }
}
