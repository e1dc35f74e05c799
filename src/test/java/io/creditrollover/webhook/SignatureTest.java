package io.creditrollover.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.creditrollover.lease.StopSignal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** What arrives is signed as Standard Webhooks says, by the library's verifier and by a computation of our own. */
class SignatureTest {
    private static final String OTHER = WebhookFixture.secret('c');

    @Test
    void bothVerifiersAcceptADeliveredMessageWithTheOldAndTheNewSecret() throws Exception {
        Receiver.Received message = delivered(WebhookFixture.SECRET + "," + WebhookFixture.NEW_SECRET);

        for (String secret : List.of(WebhookFixture.SECRET, WebhookFixture.NEW_SECRET)) {
            assertThatCode(() -> new Webhook(secret).verify(message.body(), message.headers()))
                    .doesNotThrowAnyException();
            assertThat(message.header("webhook-signature").split(" ")).contains(byHand(secret, message));
        }
        assertThat(message.header("webhook-signature").split(" ")).hasSize(2);
        assertThatThrownBy(() -> new Webhook(OTHER).verify(message.body(), message.headers()))
                .isInstanceOf(WebhookVerificationException.class);
        assertThatThrownBy(() -> new Webhook(WebhookFixture.SECRET).verify(message.body() + " ", message.headers()))
                .isInstanceOf(WebhookVerificationException.class);
    }

    @Test
    void theSignedTimeIsThatOfTheAttempt() {
        Instant now = Instant.parse("2026-12-01T02:00:00Z");

        String signature = Signature.of(List.of(OTHER), "msg_1", now.getEpochSecond(), "{\"a\":\"₹\"}");

        assertThat(signature)
                .isEqualTo(byHand(
                        OTHER,
                        new Receiver.Received(
                                "/",
                                Map.of("webhook-id", List.of("msg_1"), "webhook-timestamp", List.of("1796090400")),
                                "{\"a\":\"₹\"}",
                                true)));
    }

    private static Receiver.Received delivered(String secrets) throws Exception {
        try (Receiver receiver = new Receiver()) {
            Endpoint endpoint = SenderTest.endpoint(receiver.url(), Arrays.asList(secrets.split(",")), false);
            Answer answer = new HttpSender()
                    .send(endpoint, SenderTest.message("{\"text\":\"₹\"}"), Instant.now(), new StopSignal());
            assertThat(answer.isAccepted()).as(answer.error()).isTrue();
            return receiver.all().get(0);
        }
    }

    private static String byHand(String secret, Receiver.Received message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            String signed = message.id() + "." + message.header("webhook-timestamp") + "." + message.body();
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
