package io.creditrollover.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A wrong method is told as such, to a session without a token too; strangers are told to log in. */
class WrongMethodTest {
    private final ApiClient olga = ConsoleServer.operator();

    @ParameterizedTest
    @CsvSource({
        "DELETE, /admin/rollovers",
        "PUT, /admin/rollovers/1",
        "PATCH, /admin/run-rollover",
        "DELETE, /admin/users/1/explain",
        "GET, /admin/run-rollover",
        "POST, /admin/forecast"
    })
    void isMethodNotAllowed(String method, String path) {
        ApiClient.Answer answer = olga.send(
                "", olga.request(path).method(method, BodyPublishers.noBody()).build());

        assertThat(answer.status()).as(answer.body()).isEqualTo(405);
        assertThat(answer.header("Allow")).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"DELETE, /admin/rollovers", "PUT, /admin/rollovers/1"})
    void strangersLogInFirst(String method, String path) {
        ApiClient stranger = ConsoleServer.stranger();

        assertThat(stranger.send(
                                "",
                                stranger.request(path)
                                        .method(method, BodyPublishers.noBody())
                                        .build())
                        .status())
                .isEqualTo(401);
    }
}
