package io.creditrollover.chaos;

import io.creditrollover.notice.NotifyKilledTest;
import org.junit.jupiter.api.Tag;

/** Fifty kills of {@code notify}; {@code -Dnotices.kills} for more. */
@Tag("chaos")
class NotifyKillsTest extends NotifyKilledTest {
    @Override
    protected int kills() {
        return Integer.getInteger("notices.kills", 50);
    }
}
