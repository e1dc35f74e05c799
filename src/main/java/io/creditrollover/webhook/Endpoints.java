package io.creditrollover.webhook;

import io.creditrollover.config.WebhookProperties;
import io.creditrollover.config.WebhookType;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** The configured receivers. */
@Component
class Endpoints {
    private static final Set<WebhookType> FOR_PEOPLE = EnumSet.of(
            WebhookType.RUN_COMPLETED, WebhookType.RUN_FAILED, WebhookType.RUN_BLOCKED, WebhookType.MONTH_OVERDUE);

    private final List<Endpoint> all;

    Endpoints(WebhookProperties properties) {
        List<Endpoint> endpoints = new ArrayList<>();
        properties.webhooks().forEach((name, webhook) -> endpoints.add(endpoint(name, webhook)));
        String chat = properties.alerts().chatUrl();
        if (chat != null) {
            endpoints.add(new Endpoint(
                    Endpoint.CHAT,
                    URI.create(chat),
                    List.of(),
                    FOR_PEOPLE,
                    properties.alerts().chatAllowPrivate()));
        }
        this.all = List.copyOf(endpoints);
    }

    private static Endpoint endpoint(String name, WebhookProperties.Webhook webhook) {
        Set<WebhookType> types = webhook.types().isEmpty()
                ? EnumSet.allOf(WebhookType.class)
                : webhook.types().stream()
                        .map(WebhookType::of)
                        .flatMap(Optional::stream)
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(WebhookType.class)));
        return new Endpoint(
                name,
                URI.create(Objects.requireNonNull(webhook.url())),
                List.copyOf(webhook.secret()),
                types,
                webhook.allowPrivate());
    }

    List<Endpoint> all() {
        return all;
    }

    boolean want(WebhookType type) {
        return all.stream().anyMatch(endpoint -> endpoint.types().contains(type));
    }
}
