package io.creditrollover.kubernetes;

import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1EnvVar;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Every credential comes from a Secret that somebody else makes; none stands in a manifest. */
final class SecretRules {
    private static final Pattern CREDENTIAL = Pattern.compile(".*(?:USERNAME|USER|PASSWORD|SECRET|TOKEN|CREDENTIAL).*");
    private static final Pattern URL_WITH_PASSWORD = Pattern.compile("(?i).*(?://[^/@\\s]+:[^/@\\s]+@|password=).*");

    private static final Map<String, String> DATABASE = credentials("SPRING_DATASOURCE", "credit-rollover-database");
    /** Of the database role that may do all that a run does, and keep the console's records. */
    private static final Map<String, String> SERVE = credentials("SPRING_DATASOURCE", "credit-rollover-serve");

    /** Of the database role that also erases and deletes. */
    private static final Map<String, String> DAILY = credentials("SPRING_DATASOURCE", "credit-rollover-daily-database");

    private static final Map<String, String> MAIL = credentials("SPRING_MAIL", "credit-rollover-mail");
    private static final Map<String, String> ADMIN = credentials("ROLLOVER_ADMIN", "credit-rollover-admin");
    private static final Map<String, String> VIEWER = Map.of(
            "ROLLOVER_ADMIN_VIEWERUSERNAME", "credit-rollover-viewer/username",
            "ROLLOVER_ADMIN_VIEWERPASSWORD", "credit-rollover-viewer/password");
    private static final Map<String, String> RECEIVERS = Map.of(
            "ROLLOVER_WEBHOOKS_CRM_URL", "credit-rollover-webhooks/crm-url",
            "ROLLOVER_WEBHOOKS_CRM_SECRET", "credit-rollover-webhooks/crm-secret",
            "ROLLOVER_ALERTS_CHATURL", "credit-rollover-webhooks/chat-url");
    private static final Map<String, String> MIGRATION = Map.of(
            "SPRING_FLYWAY_USER", "credit-rollover-migration/username",
            "SPRING_FLYWAY_PASSWORD", "credit-rollover-migration/password");

    /** Which container gets which credentials, and no others; by the container's name. */
    private static final Map<String, Map<String, String>> NEEDED = Map.of(
            "migrate", both(DATABASE, MIGRATION),
            "rollover", both(DATABASE, MAIL),
            "daily", both(DAILY, MAIL),
            "worker", DATABASE,
            "console", both(both(SERVE, MAIL), ADMIN));

    private SecretRules() {}

    static List<String> faults(Manifests manifests) {
        Faults faults = new Faults();
        manifests.all(V1ConfigMap.class).forEach(map -> configMap(map, faults));
        Workload.in(manifests).forEach(workload -> workload.containers()
                .forEach(container -> container(workload.label() + ", container ", container, faults)));
        return faults.sentences();
    }

    private static void configMap(V1ConfigMap map, Faults faults) {
        String label = "ConfigMap " + map.getMetadata().getName();
        Objects.requireNonNullElse(map.getData(), Map.<String, String>of()).forEach((name, value) -> {
            faults.unless(!CREDENTIAL.matcher(name).matches(), label + ": " + name + " belongs in a Secret");
            faults.unless(!URL_WITH_PASSWORD.matcher(value).matches(), label + ": " + name + " holds a password");
        });
    }

    private static void container(String prefix, V1Container container, Faults faults) {
        String label = prefix + container.getName();
        Map<String, String> referenced = new TreeMap<>();
        for (V1EnvVar variable : Objects.requireNonNullElse(container.getEnv(), List.<V1EnvVar>of())) {
            var reference = variable.getValueFrom() == null
                    ? null
                    : variable.getValueFrom().getSecretKeyRef();
            if (reference != null) {
                referenced.put(variable.getName(), reference.getName() + "/" + reference.getKey());
                faults.unless(
                        reference.getOptional() == null,
                        label + ": the Secret of " + variable.getName() + " is optional");
            } else {
                faults.unless(
                        !CREDENTIAL.matcher(variable.getName()).matches(),
                        label + ": " + variable.getName() + " must come from a Secret");
            }
        }
        faults.unlessEqual(label + ": secrets", referenced, needed(container.getName(), referenced));
    }

    /** A viewer for the console, and receivers of webhooks, may be there or not, but not half. */
    private static @Nullable Map<String, String> needed(String container, Map<String, String> referenced) {
        Map<String, String> needed = NEEDED.get(container);
        if (needed == null) {
            return null;
        }
        Map<String, String> all = new TreeMap<>(needed);
        if (container.equals("console") && referenced.keySet().stream().anyMatch(VIEWER::containsKey)) {
            all.putAll(VIEWER);
        }
        if (!container.equals("migrate") && referenced.keySet().stream().anyMatch(RECEIVERS::containsKey)) {
            all.putAll(RECEIVERS);
        }
        return all;
    }

    private static Map<String, String> credentials(String prefix, String secret) {
        return Map.of(prefix + "_USERNAME", secret + "/username", prefix + "_PASSWORD", secret + "/password");
    }

    private static Map<String, String> both(Map<String, String> some, Map<String, String> more) {
        Map<String, String> all = new TreeMap<>(some);
        all.putAll(more);
        return all;
    }
}
