package io.creditrollover.chaos;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A host that deletes, merges and inserts users again, during a run, after it and during its undo, disturbs nobody else. */
class DeletionsTest {
    @Test
    @Tag("chaos")
    void tenThousandChangesDisturbNobodyElse() throws Exception {
        disturbNobodyElse(3_000, 10_000);
    }

    @Test
    void twoHundredChangesDisturbNobodyElse() throws Exception {
        disturbNobodyElse(300, 200);
    }

    private static void disturbNobodyElse(int users, int changes) throws Exception {
        ChaosEnvironment world = ChaosEnvironment.create(Rounds.seed(), users);
        try {
            new DeletionRound(world, Rounds.seed()).run(changes);
        } finally {
            world.close();
        }
    }
}
