package io.creditrollover.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.springframework.core.io.ClassPathResource;

/**
 * How a page looks: what axe finds, whether it fits and keeps still; and with {@code -Dtests.pictures=true} its pictures under
 * {@code target/pictures}.
 */
final class Looks {
    private static final Path PICTURES = Path.of("target", "pictures");
    private static final boolean KEEP_PICTURES = Boolean.getBoolean("tests.pictures");

    private final ChromeDriver driver;

    Looks(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Takes the page's picture, if asked for, in light, in dark and as wide as a phone, and has axe look at each. */
    void at(String name) {
        media("light");
        picture(name + "-light");
        accessible(name);
        media("dark");
        picture(name + "-dark");
        accessible(name + " in the dark");
        media("light");
        phone(true);
        picture(name + "-phone");
        accessible(name + " on a phone");
        fits(name);
        phone(false);
    }

    /** As wide as a phone, or as a desk. */
    void phone(boolean narrow) {
        if (narrow) {
            driver.executeCdpCommand(
                    "Emulation.setDeviceMetricsOverride",
                    Map.of("width", 390, "height", 844, "deviceScaleFactor", 1, "mobile", true));
        } else {
            driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
        }
    }

    /** Takes the picture, if asked for, of the page as printed on A4. */
    void printed(String name) {
        if (!KEEP_PICTURES) {
            return;
        }
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", "print"));
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", 720, "height", 1018, "deviceScaleFactor", 1, "mobile", false));
        picture(name + "-print");
        driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", ""));
    }

    void keep(String scheme, Path file, int maxBytes) {
        media(scheme);
        byte[] seen = driver.getScreenshotAs(OutputType.BYTES);
        media("light");
        assertThat(seen.length).as("%s in bytes", file).isLessThan(maxBytes);
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, seen);
        } catch (IOException unwritten) {
            throw new UncheckedIOException(unwritten);
        }
    }

    /** Nothing is wider than the screen. */
    void fits(String name) {
        Object overflow = driver.executeScript(
                "return document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assertThat(overflow).as("%s is wider than the screen by", name).isEqualTo(0L);
    }

    /** How far the page moved by itself since it began to load; 0 for not at all, 1 for all of a screen. */
    double shift() {
        Object sum = driver.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                let sum = 0;
                new PerformanceObserver(list => list.getEntries().forEach(entry => { sum += entry.value; }))
                    .observe({type: 'layout-shift', buffered: true});
                requestAnimationFrame(() => setTimeout(() => done(sum), 50));
                """);
        return ((Number) sum).doubleValue();
    }

    private void media(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    private void picture(String name) {
        if (!KEEP_PICTURES) {
            return;
        }
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
        if (!Boolean.TRUE.equals(driver.executeScript("return 'axe' in window"))) {
            driver.executeScript(axe());
        }
        Object faults = driver.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                axe.run(document).then(found => done(found.violations
                    .filter(v => v.impact === 'serious' || v.impact === 'critical')
                    .map(v => v.id + ': ' + v.help + ' ' + v.nodes.map(n => n.target.join(' ')).join(', '))));
                """);
        return ((List<?>) faults).stream().map(String::valueOf).toList();
    }

    private static String axe() {
        try {
            return new ClassPathResource("axe.min.js").getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
