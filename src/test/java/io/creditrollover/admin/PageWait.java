package io.creditrollover.admin;

import java.time.Duration;
import java.util.function.Supplier;
import org.openqa.selenium.WebDriverException;

/** How long a test waits for a page. */
final class PageWait {
    static final Duration LIMIT = Duration.ofSeconds(60);

    private PageWait() {}

    /** Asks again while a page is on its way. */
    static <T> T found(Supplier<T> find) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            try {
                return find.get();
            } catch (WebDriverException notYet) {
                if (System.nanoTime() > deadline) {
                    throw notYet;
                }
                pause();
            }
        }
    }

    static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
