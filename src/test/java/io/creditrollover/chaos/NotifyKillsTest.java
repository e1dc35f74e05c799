package io.creditrollover.chaos;

import io.creditrollover.notice.NotifyKilledTest;

/** Fifty kills of {@code notify}; {@code -Dnotices.kills} for more. */
class NotifyKillsTest extends NotifyKilledTest {
    @Override
    protected int kills() {
        return Integer.getInteger("notices.kills", 50);
    }
}
