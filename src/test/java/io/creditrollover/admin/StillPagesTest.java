package io.creditrollover.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No page moves under the hand of who is about to press a button. */
class StillPagesTest {
    /** A hundredth of what the web's measure calls good. */
    private static final double STILL = 0.001;

    private final HostFixture host;

    StillPagesTest() {
        ConsoleServer.emptied();
        host = ConsoleServer.host();
    }

    @Test
    void noPageMovesByItselfOnADeskOrAPhone(@TempDir Path profile) throws Exception {
        host.manyUsers(60);
        host.aUser(7).paid("gold", 50, host.inTheMonth());
        HostFixture.User lapsed = host.aLapsedUser();
        ApiClient olga = ConsoleServer.operator();
        String api = olga.post("/admin/run-rollover", "{\"approve\": \"first month\"}")
                .header("Location");
        olga.awaitEnd(api);
        String run = "/runs/" + api.replaceAll(".*/", "");
        Map<String, Double> moved = new LinkedHashMap<>();
        try (Browser browser = Browser.on(ConsoleServer.port(), profile)) {
            browser.login(ConsoleServer.OPERATOR, ConsoleServer.OPERATOR_PASSWORD);
            browser.await("as of");
            for (boolean phone : new boolean[] {false, true}) {
                browser.phone(phone);
                for (String page : new String[] {
                    "/",
                    run,
                    run + "/report",
                    run + "/events",
                    "/users",
                    "/users?id=" + lapsed.id(),
                    "/skipped",
                    "/audit",
                    "/tokens",
                    "/nothing"
                }) {
                    moved.put(
                            page + (phone ? " on a phone" : ""),
                            browser.open(page).shift());
                }
            }
            assertThat(moved).allSatisfy((page, by) -> assertThat(by).as(page).isLessThan(STILL));

            browser.spoil(
                    "document.querySelector('main').insertAdjacentHTML('afterbegin', '<p>'+'news<br>'.repeat(20))");
            assertThat(browser.shift()).as("a planted move is found").isGreaterThan(STILL);
        }
    }
}
