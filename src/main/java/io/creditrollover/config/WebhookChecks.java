package io.creditrollover.config;

import java.net.URI;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks the settings of an endpoint. No sentence shows a URL or a secret: a URL can contain one. */
final class WebhookChecks {
    private static final String PREFIX = "whsec_";
    /** The bounds of Standard Webhooks. */
    private static final int MIN_BYTES = 24;

    private static final int MAX_BYTES = 64;
    private static final int MAX_PORT = 65_535;

    private WebhookChecks() {}

    static void url(String key, @Nullable String url) {
        if (url == null || url.isBlank()) {
            throw SettingChecks.wrong(key, "is required, such as https://example.com/webhooks");
        }
        URI uri = parsed(key, url);
        String host = uri.getHost();
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (host == null || !(scheme.equals("https") || scheme.equals("http")) || uri.getPort() > MAX_PORT) {
            throw SettingChecks.wrong(key, "must have the form https://HOST/PATH");
        }
        if (scheme.equals("http") && !isLoopback(host)) {
            throw SettingChecks.wrong(key, "must begin with https://. Only localhost is accepted with http://");
        }
        if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            throw SettingChecks.wrong(key, "must have no user, password or # part. Messages are signed instead");
        }
    }

    private static URI parsed(String key, String url) {
        try {
            return URI.create(url);
        } catch (IllegalArgumentException malformed) {
            throw SettingChecks.wrong(key, "must have the form https://HOST/PATH");
        }
    }

    private static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost")
                || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}")
                || host.equals("[::1]");
    }

    static void secrets(String key, List<String> secrets) {
        if (secrets.isEmpty() || secrets.size() > 2) {
            throw SettingChecks.wrong(key, "must have one secret, or two while one is replaced, not " + secrets.size());
        }
        secrets.forEach(secret -> secret(key, secret));
    }

    private static void secret(String key, String secret) {
        int bytes = -1;
        if (secret.startsWith(PREFIX)) {
            try {
                bytes = Base64.getDecoder().decode(secret.substring(PREFIX.length())).length;
            } catch (IllegalArgumentException notBase64) {
                bytes = -1;
            }
        }
        if (bytes < MIN_BYTES || bytes > MAX_BYTES) {
            throw SettingChecks.wrong(
                    key,
                    "must be whsec_ and " + MIN_BYTES + " to " + MAX_BYTES
                            + " random bytes in base64. To make one: echo whsec_$(openssl rand -base64 32)");
        }
    }

    static void type(String key, String type) {
        if (WebhookType.of(type).isEmpty()) {
            throw SettingChecks.wrong(
                    key,
                    "must be of "
                            + Arrays.stream(WebhookType.values())
                                    .map(WebhookType::code)
                                    .collect(Collectors.joining(", "))
                            + ", not " + type);
        }
    }
}
