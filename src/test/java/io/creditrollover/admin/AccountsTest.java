package io.creditrollover.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.TestDatabase;
import io.creditrollover.cli.Cli;
import io.creditrollover.cli.TestApplication;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/** The accounts of the configuration; there is none by default. */
class AccountsTest {
    @Test
    void withoutAPasswordItRefusesToListenWhereOthersCanReachIt() {
        Cli.Result refused = Cli.on(TestDatabase.migrated(), "server.address=0.0.0.0", "server.port=0")
                .run("serve");

        assertThat(refused.exitCode()).isEqualTo(78);
        assertThat(refused.err())
                .contains("rollover.admin.password is not set", "ROLLOVER_ADMIN_PASSWORD")
                .doesNotContain("\tat ");
    }

    @Test
    void whereNobodyElseCanReachItAPasswordIsMadeUpAndSaidOnce() {
        PrintStream before = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try (TestApplication server = TestApplication.serving(TestDatabase.migrated())) {
            String password =
                    said.toString(StandardCharsets.UTF_8).replaceAll("(?s).*admin logs in with: (\\S+).*", "$1");
            ApiClient stranger = new ApiClient(server.port());

            assertThat(password).hasSizeGreaterThan(20).doesNotContain(" ");
            assertThat(stranger.as("admin", password).get("/admin/rollovers").status())
                    .isEqualTo(200);
            assertThat(stranger.as("admin", "admin").get("/admin/rollovers").status())
                    .isEqualTo(401);
        } finally {
            System.setErr(before);
        }
    }

    @Test
    void aPasswordCanBeABcryptHash() {
        String hash = new BCryptPasswordEncoder(4).encode("hidden");
        try (TestApplication server = TestApplication.serving(
                TestDatabase.migrated(), "rollover.admin.username=root", "rollover.admin.password=" + hash)) {
            assertThat(new ApiClient(server.port())
                            .as("root", "hidden")
                            .get("/admin/rollovers")
                            .status())
                    .isEqualTo(200);
            assertThat(new ApiClient(server.port())
                            .as("root", hash)
                            .get("/admin/rollovers")
                            .status())
                    .isEqualTo(401);
        }
    }
}
