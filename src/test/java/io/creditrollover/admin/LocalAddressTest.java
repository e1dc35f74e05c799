package io.creditrollover.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A login returns to a page of this console and never to another site. */
class LocalAddressTest {
    @Test
    void pagesWithTheirQueryAreReturnedTo() {
        assertThat(LocalAddress.of("/runs/18?action=expiry&page=2")).isEqualTo("/runs/18?action=expiry&page=2");
        assertThat(LocalAddress.of("/")).isEqualTo("/");
    }

    @Test
    void otherSitesAndPlacesThatAreNoPagesAreNot() {
        assertThat(new String[] {
                    "//evil.example",
                    "/\\evil.example",
                    "https://evil.example/",
                    "javascript:alert(1)",
                    "runs/1",
                    "",
                    "/login?error",
                    "/logout",
                    "/admin/rollovers",
                    "/runs/1\r\nSet-Cookie: a=b",
                    "/runs/\"><script>",
                    "/" + "x".repeat(600)
                })
                .allSatisfy(address -> assertThat(LocalAddress.of(address)).isNull());
        assertThat(LocalAddress.of((String) null)).isNull();
    }
}
