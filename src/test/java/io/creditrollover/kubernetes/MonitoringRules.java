package io.creditrollover.kubernetes;

import static io.creditrollover.kubernetes.Manifests.keyed;

import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1EnvVar;
import io.kubernetes.client.openapi.models.V1Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** An operator's Prometheus gets the rules that promtool has tested, and finds the console's figures. */
final class MonitoringRules {
    private static final Path TESTED = Kubectl.MANIFESTS.resolve("monitoring/prometheus/rules.yml");
    private static final Map<String, String> LOGIN =
            Map.of("username", "ROLLOVER_ADMIN_VIEWERUSERNAME", "password", "ROLLOVER_ADMIN_VIEWERPASSWORD");

    private MonitoringRules() {}

    static List<String> faults(Manifests manifests) {
        Faults faults = new Faults();
        for (Manifests.Item item : manifests.items()) {
            if (item.kind().equals("PrometheusRule")) {
                faults.unless(
                        Objects.equals(item.tree().get("spec"), tested()),
                        item.label() + " differs from the rules that are tested, " + TESTED);
            } else if (item.kind().equals("ServiceMonitor")) {
                monitor(item, manifests, faults);
            }
        }
        return faults.sentences();
    }

    private static void monitor(Manifests.Item item, Manifests manifests, Faults faults) {
        Map<String, Object> spec = keyed(item.tree().get("spec"));
        Object labels = keyed(spec.get("selector")).get("matchLabels");
        Map<String, Object> endpoint = spec.get("endpoints") instanceof List<?> list ? keyed(list.get(0)) : Map.of();
        faults.unlessEqual(item.label() + ": path", endpoint.get("path"), "/actuator/prometheus");
        manifests.all(V1Service.class).forEach(service -> {
            faults.unlessEqual(
                    item.label() + ": selector", labels, service.getMetadata().getLabels());
            faults.unlessEqual(
                    item.label() + ": port",
                    endpoint.get("port"),
                    service.getSpec().getPorts().get(1).getName());
        });
        manifests
                .all(V1Deployment.class)
                .map(deployment -> deployment
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .get(0))
                .forEach(console -> LOGIN.forEach((part, variable) -> faults.unlessEqual(
                        item.label() + ": " + part,
                        secret(keyed(keyed(endpoint.get("basicAuth")).get(part))),
                        secretOf(console, variable))));
    }

    private static String secret(Map<String, Object> reference) {
        return reference.get("name") + "/" + reference.get("key");
    }

    private static @Nullable String secretOf(V1Container container, String variable) {
        return Objects.requireNonNullElse(container.getEnv(), List.<V1EnvVar>of()).stream()
                .filter(candidate -> candidate.getName().equals(variable) && candidate.getValueFrom() != null)
                .map(found -> found.getValueFrom().getSecretKeyRef())
                .map(key -> key.getName() + "/" + key.getKey())
                .findFirst()
                .orElse(null);
    }

    private static Object tested() {
        try {
            return new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(TESTED));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
