package io.creditrollover.webhook;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookSigningException;
import java.util.ArrayList;
import java.util.List;

/** The header {@code webhook-signature}: one signature for each secret, separated by spaces. */
final class Signature {
    private Signature() {}

    static String of(List<String> secrets, String messageId, long timestampSeconds, String body) {
        List<String> signatures = new ArrayList<>();
        for (String secret : secrets) {
            try {
                signatures.add(new Webhook(secret).sign(messageId, timestampSeconds, body));
            } catch (WebhookSigningException impossible) {
                throw new IllegalStateException("a checked secret does not sign", impossible);
            }
        }
        return String.join(" ", signatures);
    }
}
