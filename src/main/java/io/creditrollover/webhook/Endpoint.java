package io.creditrollover.webhook;

import io.creditrollover.config.WebhookType;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * A configured receiver.
 *
 * @param secrets each signs every message; empty for the chat, whose URL is the secret
 * @param allowPrivate whether its host may have a private address
 */
record Endpoint(String name, URI url, List<String> secrets, Set<WebhookType> types, boolean allowPrivate) {
    /** Not a possible name of a webhook. */
    static final String CHAT = "alerts.chat-url";

    boolean isChat() {
        return name.equals(CHAT);
    }

    /** Returns the key to change when the URL is wrong. */
    String key() {
        return isChat() ? "rollover." + CHAT : "rollover.webhooks." + name + ".url";
    }

    /** A URL can contain a secret, so only its hash is stored. */
    String urlHash() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(url.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public String toString() {
        return "Endpoint[" + name + "]";
    }
}
