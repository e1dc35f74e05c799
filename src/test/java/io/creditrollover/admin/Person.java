package io.creditrollover.admin;

import org.openqa.selenium.Keys;

/** A person at a browser: with a mouse, with a keyboard only, or on a phone. Counts what they press. */
final class Person {
    /** How a person works. */
    enum Way {
        MOUSE,
        KEYBOARD,
        PHONE
    }

    private static final int MAX_TABS = 60;

    private final Browser browser;
    private final Way way;
    private int presses;
    private int searches;

    Person(Browser browser, Way way) {
        this.browser = browser.phone(way == Way.PHONE);
        this.way = way;
    }

    /** Buttons and links pressed so far. Typing is not counted. */
    int presses() {
        return presses;
    }

    /** Searches so far. */
    int searches() {
        return searches;
    }

    Person open(String path) {
        browser.open(path);
        return this;
    }

    /** Opens another tab and stays in it; returns the handle of the one before. */
    String anotherTab() {
        String before = browser.anotherTab();
        browser.phone(way == Way.PHONE);
        return before;
    }

    Person login(String username, String password) {
        type("username", username).type("password", password).press("Log in");
        presses--;
        return this;
    }

    Person type(String id, String text) {
        if (way == Way.KEYBOARD) {
            browser.reach(id, MAX_TABS).key(Keys.chord(Keys.CONTROL, "a")).key(text);
        } else {
            browser.type(id, text);
        }
        return this;
    }

    /** Types into a field and sends its form by Enter. */
    Person search(String id, String text) {
        searches++;
        type(id, text);
        browser.key(Keys.ENTER);
        return this;
    }

    /** Sends what a field holds already. */
    Person searchAgain(String id, String held) {
        browser.awaitValue(id, held);
        searches++;
        browser.reach(id, MAX_TABS).key(Keys.ENTER);
        return this;
    }

    Person press(String button) {
        presses++;
        if (way == Way.KEYBOARD) {
            browser.reach(button, MAX_TABS).key(Keys.ENTER);
        } else {
            browser.press(button);
        }
        return this;
    }

    Person follow(String link) {
        presses++;
        if (way == Way.KEYBOARD) {
            browser.reach(link, MAX_TABS).key(Keys.ENTER);
        } else {
            browser.follow(link);
        }
        return this;
    }

    /** Waits for a sentence. On a phone nothing may be wider than the screen. */
    Person sees(String text) {
        browser.await(text);
        if (way == Way.PHONE) {
            browser.fits();
        }
        return this;
    }
}
