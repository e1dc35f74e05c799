package io.creditrollover.chaos;

import io.creditrollover.notice.NotifyKilledTest;
import org.junit.jupiter.api.Tag;

/** Fifty kills of {@code notify}. {@code -Dchaos.rounds.notices} sets another number. */
@Tag("chaos")
class NotifyKillsTest extends NotifyKilledTest {
    @Override
    protected int kills() {
        return Rounds.of("notices", 50);
    }
}
