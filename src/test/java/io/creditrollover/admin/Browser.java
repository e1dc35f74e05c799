package io.creditrollover.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.logging.Level;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.springframework.core.io.ClassPathResource;

/** Debian's Chromium, driven as a person would. Keeps pictures of what it saw under {@code target/pictures}. */
final class Browser implements AutoCloseable {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Path PICTURES = Path.of("target", "pictures");
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final ChromeDriver driver;
    private final String base;

    private Browser(ChromeDriver driver, String base) {
        this.driver = driver;
        this.base = base;
    }

    /** Skips the test where there is no browser, but for CI, which has to have one. */
    static Browser on(int port, Path profile) {
        boolean there = Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER);
        if (!Boolean.parseBoolean(System.getenv("CI"))) {
            Assumptions.assumeTrue(
                    there, "Skipped: Debian's chromium and chromium-driver are not installed on this machine.");
        }
        assertThat(there).as("CI installs chromium and chromium-driver").isTrue();
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--window-size=1280,900",
                "--hide-scrollbars",
                "--lang=en",
                "--user-data-dir=" + profile);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .build();
        return new Browser(new ChromeDriver(service, options), "http://127.0.0.1:" + port);
    }

    Browser open(String path) {
        driver.get(base + path);
        return this;
    }

    void login(String username, String password) {
        open("/login").type("username", username).type("password", password).press("Log in");
        await("Months");
    }

    Browser type(String id, String text) {
        return found(() -> {
            WebElement field = driver.findElement(By.id(id));
            field.clear();
            field.sendKeys(text);
            return this;
        });
    }

    /** Presses the button with this text. */
    Browser press(String button) {
        return click(By.xpath("//button[normalize-space()='" + button + "']"));
    }

    /** Fills a field in and sends its form by the Enter key. */
    Browser enter(String id, String text) {
        return found(() -> {
            WebElement field = driver.findElement(By.id(id));
            field.clear();
            field.sendKeys(text, Keys.ENTER);
            return this;
        });
    }

    /** Presses a key where the focus is. */
    Browser key(CharSequence... keys) {
        driver.switchTo().activeElement().sendKeys(keys);
        return this;
    }

    /** Presses Tab until the focus is on the element with this id or text, at most {@code most} times. */
    Browser tabTo(String idOrText, int most) {
        for (int i = 0; i < most; i++) {
            key(Keys.TAB);
            WebElement focused = driver.switchTo().activeElement();
            if (idOrText.equals(focused.getAttribute("id"))
                    || idOrText.equals(focused.getText().strip())) {
                return this;
            }
        }
        throw new AssertionError(idOrText + " is not reached by " + most + " times Tab");
    }

    Browser back() {
        driver.navigate().back();
        return this;
    }

    /** Pastes into a field and returns what it then holds. */
    String paste(String id) {
        return found(() -> {
            WebElement field = driver.findElement(By.id(id));
            field.clear();
            field.sendKeys(Keys.chord(Keys.CONTROL, "v"));
            return value(id);
        });
    }

    String title() {
        return String.valueOf(driver.getTitle());
    }

    /** Clicks on what the selector finds first. */
    Browser pick(String selector) {
        return click(By.cssSelector(selector));
    }

    /** As wide as a phone, or as a desk. */
    Browser phone(boolean narrow) {
        if (narrow) {
            driver.executeCdpCommand(
                    "Emulation.setDeviceMetricsOverride",
                    Map.of("width", 390, "height", 844, "deviceScaleFactor", 1, "mobile", true));
        } else {
            driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
        }
        return this;
    }

    /** Lets requests fail, as with a server that is gone. */
    Browser offline(boolean gone) {
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand(
                "Network.emulateNetworkConditions",
                Map.of("offline", gone, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
        return this;
    }

    /** Opens what is folded away. */
    /** Opens it where it is closed: a click that seemed to fail may have come through. */
    Browser unfold(String summary) {
        return found(() -> {
            WebElement found = driver.findElement(By.xpath("//summary[normalize-space()='" + summary + "']"));
            WebElement details = found.findElement(By.xpath("./.."));
            if (details.getDomAttribute("open") == null) {
                found.click();
            }
            if (details.getDomAttribute("open") == null) {
                throw new WebDriverException(summary + " does not open");
            }
            return this;
        });
    }

    Browser choose(String id, String option) {
        return click(By.xpath("//select[@id='" + id + "']/option[.='" + option + "']"));
    }

    /** What a page that goes away meanwhile did not get is clicked on the next. */
    private Browser click(By where) {
        return found(() -> {
            driver.findElement(where).click();
            return this;
        });
    }

    /** Follows the link with this text. */
    Browser follow(String link) {
        return click(By.xpath("//a[normalize-space()='" + link + "']"));
    }

    /** What a field holds. */
    String value(String id) {
        return found(() -> String.valueOf(driver.findElement(By.id(id)).getDomProperty("value")));
    }

    String text() {
        return found(() -> driver.findElement(By.tagName("body")).getText());
    }

    String path() {
        return driver.getCurrentUrl().substring(base.length());
    }

    /** Waits until the page says {@code text}. */
    Browser await(String text) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        String seen = text();
        while (!seen.contains(text)) {
            assertThat(System.nanoTime() - deadline)
                    .as("waited for '%s' on: %s", text, seen)
                    .isNegative();
            pause();
            seen = text();
        }
        return this;
    }

    /** Takes the page's picture in light, in dark and as wide as a phone, and has axe look at each. */
    void look(String name) {
        media("light");
        picture(name + "-light");
        accessible(name);
        media("dark");
        picture(name + "-dark");
        accessible(name + " in the dark");
        media("light");
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", 390, "height", 844, "deviceScaleFactor", 1, "mobile", true));
        picture(name + "-phone");
        accessible(name + " on a phone");
        Object overflow = driver.executeScript(
                "return document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assertThat(overflow).as("%s is wider than a phone by", name).isEqualTo(0L);
        driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
    }

    /** As {@link #look}, and how the page is printed on A4. */
    void lookAndPrint(String name) {
        look(name);
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", "print"));
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", 720, "height", 1018, "deviceScaleFactor", 1, "mobile", false));
        picture(name + "-print");
        driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", ""));
    }

    /** Writes what the window shows to a file of at most {@code maxBytes}. */
    Browser keep(String scheme, Path file, int maxBytes) {
        media(scheme);
        byte[] seen = driver.getScreenshotAs(OutputType.BYTES);
        media("light");
        assertThat(seen.length).as("%s in bytes", file).isLessThan(maxBytes);
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, seen);
            return this;
        } catch (IOException unwritten) {
            throw new UncheckedIOException(unwritten);
        }
    }

    /** Opens a page that is a file. */
    Browser openFile(Path page) {
        driver.get(page.toUri().toString());
        return this;
    }

    /** What the browser complained about: scripts refused by the policy, requests that failed. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    private void media(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    private void picture(String name) {
        try {
            Files.createDirectories(PICTURES);
            Map<String, Object> shot = driver.executeCdpCommand(
                    "Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true));
            Files.write(PICTURES.resolve(name + ".png"), Base64.getDecoder().decode((String) shot.get("data")));
        } catch (IOException unwritten) {
            throw new UncheckedIOException(unwritten);
        }
    }

    private void accessible(String name) {
        assertThat(faults()).as("axe on " + name).isEmpty();
    }

    /** What axe finds serious or critical on the page as it is now. */
    List<String> faults() {
        driver.executeScript(axe());
        Object faults = driver.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                axe.run(document).then(found => done(found.violations
                    .filter(v => v.impact === 'serious' || v.impact === 'critical')
                    .map(v => v.id + ': ' + v.help + ' ' + v.nodes.map(n => n.target.join(' ')).join(', '))));
                """);
        return ((List<?>) faults).stream().map(String::valueOf).toList();
    }

    /** Changes the page from within. */
    Browser spoil(String script) {
        driver.executeScript(script);
        return this;
    }

    private static String axe() {
        try {
            return new ClassPathResource("axe.min.js").getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Asks again while a page is on its way. */
    private static <T> T found(Supplier<T> find) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
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

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
