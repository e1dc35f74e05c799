package io.creditrollover.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** That the pages are found without fault in {@link ConsoleTest} means something: a planted one is found. */
class AccessibilityCheckTest {
    @Test
    void aPlantedFaultIsFound() {
        ConsoleServer.emptied();
        try (Browser browser = Browser.on(ConsoleServer.port())) {
            assertThat(browser.open("/login").faults()).isEmpty();
            assertThat(browser.spoil("document.querySelector('label[for=username]').remove()")
                            .faults())
                    .singleElement()
                    .asString()
                    .startsWith("label: ")
                    .contains("#username");
            assertThat(browser.open("/login")
                            .spoil("document.querySelector('h1').style.color = '#dddddd'")
                            .faults())
                    .singleElement()
                    .asString()
                    .startsWith("color-contrast: ")
                    .contains("h1");
            assertThat(browser.open("/login")
                            .spoil("document.documentElement.removeAttribute('lang')")
                            .faults())
                    .singleElement()
                    .asString()
                    .startsWith("html-has-lang: ");
        }
    }
}
