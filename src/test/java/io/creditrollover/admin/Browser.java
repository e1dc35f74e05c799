package io.creditrollover.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;

/** Debian's Chromium, driven as a person would. */
final class Browser implements AutoCloseable {
    private final ChromeDriver driver;
    private final String base;
    private final Looks looks;
    private final Consumer<ChromeDriver> end;

    private Browser(ChromeDriver driver, int port, Consumer<ChromeDriver> end) {
        this.driver = driver;
        this.end = end;
        this.looks = new Looks(driver);
        this.base = "http://127.0.0.1:" + port;
    }

    /** One that earlier tests used. Skips the test where there is no browser, but for CI, which has to have one. */
    static Browser on(int port) {
        return new Browser(IdleBrowsers.borrow(), port, IdleBrowsers::giveBack);
    }

    /** A new one, with a profile of its own. */
    static Browser on(int port, Path profile) {
        return new Browser(Chromium.start(profile), port, ChromeDriver::quit);
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
        return PageWait.found(() -> {
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
        return type(id, text).key(Keys.ENTER);
    }

    /** Presses a key where the focus is. */
    Browser key(CharSequence... keys) {
        driver.switchTo().activeElement().sendKeys(keys);
        return this;
    }

    private Browser tabTo(String idOrText, int most) {
        for (int i = 0; i < most; i++) {
            key(Keys.TAB);
            if (isFocused(idOrText)) {
                return this;
            }
        }
        throw new AssertionError(idOrText + " is not reached by " + most + " times Tab");
    }

    private boolean isFocused(String idOrText) {
        WebElement focused = driver.switchTo().activeElement();
        return idOrText.equals(focused.getAttribute("id"))
                || idOrText.equals(focused.getText().strip());
    }

    /**
     * Presses Tab until the focus is on the element with this id or text, at most {@code most} times; once more where the
     * page goes away meanwhile.
     */
    Browser reach(String idOrText, int most) {
        return PageWait.found(() -> {
            try {
                return isFocused(idOrText) ? this : tabTo(idOrText, most);
            } catch (AssertionError onAnotherPage) {
                throw new WebDriverException(onAnotherPage.getMessage());
            }
        });
    }

    /** Opens another tab and stays in it; returns the handle of the one before. */
    String anotherTab() {
        String before = driver.getWindowHandle();
        driver.switchTo().newWindow(WindowType.TAB);
        return before;
    }

    /** Closes this tab and goes to another. */
    Browser closeTabFor(String handle) {
        driver.close();
        driver.switchTo().window(handle);
        return this;
    }

    Browser back() {
        driver.navigate().back();
        return this;
    }

    /** Pastes into a field and returns what it then holds. */
    String paste(String id) {
        return PageWait.found(() -> {
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
        looks.phone(narrow);
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

    /** Opens what is folded away, where it is closed: a click that seemed to fail may have come through. */
    Browser unfold(String summary) {
        return PageWait.found(() -> {
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
        return PageWait.found(() -> {
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
        return PageWait.found(() -> String.valueOf(driver.findElement(By.id(id)).getDomProperty("value")));
    }

    /** Waits until a field holds this. */
    void awaitValue(String id, String held) {
        PageWait.found(() -> {
            if (!held.equals(driver.findElement(By.id(id)).getDomProperty("value"))) {
                throw new WebDriverException(id + " does not hold " + held);
            }
            return this;
        });
    }

    String text() {
        return PageWait.found(() -> driver.findElement(By.tagName("body")).getText());
    }

    /** How many elements the page shows for an XPath. */
    long count(String xpath) {
        return PageWait.found(() -> driver.findElements(By.xpath(xpath)).stream()
                .filter(WebElement::isDisplayed)
                .count());
    }

    String path() {
        return driver.getCurrentUrl().substring(base.length());
    }

    /** Waits until the page says {@code text}. */
    Browser await(String text) {
        long deadline = System.nanoTime() + PageWait.LIMIT.toNanos();
        String seen = text();
        while (!seen.contains(text)) {
            assertThat(System.nanoTime() - deadline)
                    .as("waited for '%s' on: %s", text, seen)
                    .isNegative();
            PageWait.pause();
            seen = text();
        }
        return this;
    }

    /** See {@link Looks#at}. */
    void look(String name) {
        looks.at(name);
    }

    /** What axe finds serious or critical on the page as it is now. */
    List<String> faults() {
        return looks.faults();
    }

    /** Nothing is wider than the screen. */
    Browser fits() {
        return PageWait.found(() -> {
            looks.fits(path());
            return this;
        });
    }

    /** How far the page moved by itself since it began to load; 0 for not at all, 1 for all of a screen. */
    double shift() {
        return PageWait.found(looks::shift);
    }

    /** As {@link #look}, and how the page is printed on A4. */
    void lookAndPrint(String name) {
        look(name);
        looks.printed(name);
    }

    /** Writes what the window shows to a file of at most {@code maxBytes}. */
    Browser keep(String scheme, Path file, int maxBytes) {
        looks.keep(scheme, file, maxBytes);
        return this;
    }

    /** Opens a page that is a file. */
    Browser openFile(Path page) {
        driver.get(page.toUri().toString());
        return this;
    }

    /** See {@link Chromium#complaints}. */
    List<String> complaints() {
        return Chromium.complaints(driver);
    }

    /** Changes the page from within. */
    Browser spoil(String script) {
        driver.executeScript(script);
        return this;
    }

    @Override
    public void close() {
        end.accept(driver);
    }
}
