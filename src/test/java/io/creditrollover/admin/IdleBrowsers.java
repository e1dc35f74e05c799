package io.creditrollover.admin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogType;
import org.springframework.util.FileSystemUtils;

/** Browsers that the tests of this JVM borrow one after the other. Starting one costs more than most tests. */
final class IdleBrowsers {
    private static final Deque<ChromeDriver> IDLE = new ConcurrentLinkedDeque<>();

    private IdleBrowsers() {}

    static ChromeDriver borrow() {
        ChromeDriver idle = IDLE.poll();
        return idle == null ? start() : idle;
    }

    /** The next test finds a new tab, without cookies, cache and log. */
    static void giveBack(ChromeDriver driver) {
        try {
            Set<String> used = driver.getWindowHandles();
            String fresh = driver.switchTo().newWindow(WindowType.TAB).getWindowHandle();
            used.forEach(tab -> driver.switchTo().window(tab).close());
            driver.switchTo().window(fresh);
            driver.executeCdpCommand("Network.clearBrowserCookies", Map.of());
            driver.executeCdpCommand("Network.clearBrowserCache", Map.of());
            driver.manage().logs().get(LogType.BROWSER);
            IDLE.push(driver);
        } catch (WebDriverException broken) {
            driver.quit();
        }
    }

    private static ChromeDriver start() {
        try {
            Path profile = Files.createTempDirectory("browser");
            ChromeDriver driver = Chromium.start(profile);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(driver, profile)));
            return driver;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void end(ChromeDriver driver, Path profile) {
        try {
            driver.quit();
            FileSystemUtils.deleteRecursively(profile);
        } catch (IOException inUse) {
            throw new UncheckedIOException(inUse);
        }
    }
}
