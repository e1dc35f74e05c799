package io.creditrollover.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The keys {@code rollover.webhooks.*} and {@code rollover.alerts.*}.
 *
 * @param webhooks the endpoints by name
 * @param alerts messages for people
 */
@ConfigurationProperties("rollover")
public record WebhookProperties(
        @DefaultValue Map<String, Webhook> webhooks,
        @DefaultValue Alerts alerts) {

    public WebhookProperties {
        webhooks.forEach((name, webhook) -> webhook.check(name));
    }

    /**
     * One endpoint.
     *
     * @param url https, or http to loopback
     * @param secret one secret, or two while one is replaced; each signs every message
     * @param types the types that it receives; empty for all
     * @param allowPrivate whether its host may have a private address
     */
    public record Webhook(
            @Nullable String url,
            @DefaultValue List<String> secret,
            @DefaultValue List<String> types,
            @DefaultValue("false") boolean allowPrivate) {
        void check(String name) {
            String key = "rollover.webhooks." + name;
            if (!name.matches("[A-Za-z0-9][A-Za-z0-9-]{0,39}")) {
                throw SettingChecks.wrong(key, "must be named by 1 to 40 letters, digits and dashes");
            }
            WebhookChecks.url(key + ".url", url);
            WebhookChecks.secrets(key + ".secret", secret);
            types.forEach(type -> WebhookChecks.type(key + ".types", type));
        }

        @Override
        public String toString() {
            return "Webhook[types=" + types + ", allowPrivate=" + allowPrivate + "]";
        }
    }

    /**
     * Messages for people.
     *
     * @param chatUrl an incoming webhook of Slack, Mattermost or Google Chat; null for none. It is a secret
     * @param chatAllowPrivate whether its host may have a private address
     */
    public record Alerts(
            @Nullable String chatUrl, @DefaultValue("false") boolean chatAllowPrivate) {
        public Alerts {
            if (chatUrl != null) {
                WebhookChecks.url("rollover.alerts.chat-url", chatUrl);
            }
        }

        @Override
        public String toString() {
            return "Alerts[chatAllowPrivate=" + chatAllowPrivate + "]";
        }
    }
}
