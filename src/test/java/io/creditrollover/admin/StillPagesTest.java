package io.creditrollover.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.creditrollover.HostFixture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.ModelAndView;

/** No page moves under the hand of who is about to press a button, and axe finds nothing on any page of the router. */
class StillPagesTest {
    /** A hundredth of what the web's measure calls good. */
    private static final double STILL = 0.001;
    /** A part of the first page. */
    private static final String FORECAST = "/forecast";

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
        Map<String, String> pages = pages("/runs/" + api.replaceAll(".*/", ""), lapsed);
        assertThat(pages.keySet()).isEqualTo(routes());
        List<String> paths = new ArrayList<>(pages.values());
        paths.add("/nothing");
        Map<String, Double> moved = new LinkedHashMap<>();
        List<String> faults = new ArrayList<>();
        try (Browser browser = Browser.on(ConsoleServer.port(), profile)) {
            browser.login(ConsoleServer.OPERATOR, ConsoleServer.OPERATOR_PASSWORD);
            browser.await("as of");
            for (boolean phone : new boolean[] {false, true}) {
                browser.phone(phone);
                for (String path : paths) {
                    String page = path + (phone ? " on a phone" : "");
                    moved.put(page, browser.open(path).shift());
                    browser.faults().forEach(fault -> faults.add(page + ": " + fault));
                }
            }
            assertThat(faults).isEmpty();
            assertThat(moved).allSatisfy((page, by) -> assertThat(by).as(page).isLessThan(STILL));

            browser.spoil(
                    "document.querySelector('main').insertAdjacentHTML('afterbegin', '<p>'+'news<br>'.repeat(20))");
            assertThat(browser.shift()).as("a planted move is found").isGreaterThan(STILL);
        }
    }

    private static Map<String, String> pages(String run, HostFixture.User user) {
        Map<String, String> pages = new HashMap<>();
        for (String path : List.of("/", "/login", "/skipped", "/audit", "/tokens", "/notices")) {
            pages.put(path, path);
        }
        pages.put("/users", "/users?id=" + user.id());
        for (String tab : List.of("", "/report", "/events")) {
            pages.put("/runs/{executionId}" + tab, run + tab);
        }
        return pages;
    }

    /** The addresses of pages, as the controllers have them. */
    private static Set<String> routes() {
        return new ClassFileImporter()
                .importPackages(ConsoleServer.class.getPackageName()).stream()
                        .filter(type -> type.isAnnotatedWith(Controller.class))
                        .flatMap(type -> type.getMethods().stream())
                        .filter(method -> method.isAnnotatedWith(GetMapping.class)
                                && (method.getRawReturnType().isEquivalentTo(String.class)
                                        || method.getRawReturnType().isEquivalentTo(ModelAndView.class)))
                        .flatMap(method -> Arrays.stream(
                                method.getAnnotationOfType(GetMapping.class).value()))
                        .filter(path -> !path.equals(FORECAST))
                        .collect(Collectors.toSet());
    }
}
