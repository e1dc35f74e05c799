package io.creditrollover.admin;

import io.creditrollover.config.RolloverProperties;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.springframework.stereotype.Component;

/** Names the settings that a forecast depends on. Consoles share a forecast only where these are the same. */
@OnlyWhenServing
@Component
class ForecastSettings {
    private static final int LENGTH = 16;

    /** Of {@link StoredForecast}: another version's console must not read another form. */
    private static final String FORM = "exceeded limits as data";

    private final String hash;

    ForecastSettings(RolloverProperties properties) {
        this.hash = hash(List.of(
                FORM,
                properties.zone().getId(),
                properties.planTerms(),
                properties.defaultPlanTerms(),
                properties.pendingGrace(),
                String.valueOf(properties.skipLimit()),
                properties.safety(),
                properties.host()));
    }

    String hash() {
        return hash;
    }

    private static String hash(List<Object> settings) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(settings.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, LENGTH);
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException(absent);
        }
    }
}
