package io.creditrollover.kubernetes;

import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1EnvVar;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1NetworkPolicyEgressRule;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Pods may go where the configuration sends them, and nowhere else. */
final class NetworkRules {
    private static final Pattern DATABASE_PORT = Pattern.compile("jdbc:postgresql://[^/:]+:(\\d+)/.*");
    private static final Pattern GATEWAY_PORT = Pattern.compile("[^/:]+:(\\d+)");
    private static final String GATEWAY = "MANAGEMENT_PROMETHEUS_METRICS_EXPORT_PUSHGATEWAY_ADDRESS";
    private static final int USUAL_GATEWAY_PORT = 9091;
    private static final Set<Integer> EVER_ALLOWED = Set.of(53, 443, 587, 5432, 6432, USUAL_GATEWAY_PORT);
    private static final int HTTPS = 443;

    private NetworkRules() {}

    static List<String> faults(Manifests manifests) {
        Faults faults = new Faults();
        Set<Integer> open = manifests
                .all(V1NetworkPolicy.class)
                .flatMap(policy ->
                        Objects.requireNonNullElse(policy.getSpec().getEgress(), List.<V1NetworkPolicyEgressRule>of())
                                .stream())
                .flatMap(rule -> rule.getPorts().stream())
                .map(port -> port.getPort().getIntValue())
                .collect(Collectors.toCollection(TreeSet::new));
        faults.unless(EVER_ALLOWED.containsAll(open), "egress is open for " + open + ", expected are " + EVER_ALLOWED);
        faults.unless(open.contains(53), "egress to name servers, port 53, is closed");
        Map<String, Integer> wanted = wanted(manifests);
        wanted.forEach((name, port) ->
                faults.unless(open.contains(port), name + " goes to port " + port + ", which egress closes"));
        faults.unless(
                !open.contains(USUAL_GATEWAY_PORT) || wanted.containsValue(USUAL_GATEWAY_PORT),
                "egress is open for port " + USUAL_GATEWAY_PORT + ", where nothing is configured to go");
        faults.unless(
                open.contains(HTTPS) == hasReceivers(manifests),
                "egress is " + (open.contains(HTTPS) ? "open" : "closed") + " for port 443, and webhooks or a chat are "
                        + (open.contains(HTTPS) ? "not " : "") + "configured");
        faults.unless(
                manifests.all(V1NetworkPolicy.class).anyMatch(NetworkRules::coversEveryPod),
                "no policy closes ingress and egress of every pod of the program");
        return faults.sentences();
    }

    /** Returns the ports that the configuration names, by the variable that does. */
    private static Map<String, Integer> wanted(Manifests manifests) {
        Map<String, Integer> wanted = new TreeMap<>();
        manifests
                .all(V1ConfigMap.class)
                .map(map -> Objects.requireNonNullElse(map.getData(), Map.<String, String>of()))
                .forEach(data -> data.forEach((name, value) -> {
                    Matcher address = (name.equals(GATEWAY) ? GATEWAY_PORT : DATABASE_PORT).matcher(value);
                    if (address.matches() || name.equals("SPRING_MAIL_PORT")) {
                        wanted.put(name, Integer.valueOf(address.matches() ? address.group(1) : value));
                    }
                }));
        return wanted;
    }

    private static boolean hasReceivers(Manifests manifests) {
        return Workload.in(manifests)
                .flatMap(Workload::containers)
                .flatMap(container -> Objects.requireNonNullElse(container.getEnv(), List.<V1EnvVar>of()).stream())
                .anyMatch(variable -> variable.getName().startsWith("ROLLOVER_WEBHOOKS_")
                        || variable.getName().equals("ROLLOVER_ALERTS_CHATURL"));
    }

    private static boolean coversEveryPod(V1NetworkPolicy policy) {
        return Map.of("app.kubernetes.io/name", "credit-rollover")
                        .equals(policy.getSpec().getPodSelector().getMatchLabels())
                && List.of("Ingress", "Egress").equals(policy.getSpec().getPolicyTypes())
                && Objects.requireNonNullElse(policy.getSpec().getIngress(), List.of())
                        .isEmpty();
    }
}
