package io.creditrollover.kubernetes;

import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1NetworkPolicyEgressRule;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Pods may go where the configuration sends them, and nowhere else. */
final class NetworkRules {
    private static final Pattern DATABASE_PORT = Pattern.compile("jdbc:postgresql://[^/:]+:(\\d+)/.*");
    private static final Set<Integer> EVER_ALLOWED = Set.of(53, 587, 5432, 6432);

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
        manifests
                .all(V1ConfigMap.class)
                .map(map -> Objects.requireNonNullElse(map.getData(), Map.<String, String>of()))
                .forEach(data -> data.forEach((name, value) -> {
                    Matcher url = DATABASE_PORT.matcher(value);
                    if (url.matches() || name.equals("SPRING_MAIL_PORT")) {
                        int port = Integer.parseInt(url.matches() ? url.group(1) : value);
                        faults.unless(open.contains(port), name + " goes to port " + port + ", which egress closes");
                    }
                }));
        faults.unless(
                manifests.all(V1NetworkPolicy.class).anyMatch(NetworkRules::coversEveryPod),
                "no policy closes ingress and egress of every pod of the program");
        return faults.sentences();
    }

    private static boolean coversEveryPod(V1NetworkPolicy policy) {
        return Map.of("app.kubernetes.io/name", "credit-rollover")
                        .equals(policy.getSpec().getPodSelector().getMatchLabels())
                && List.of("Ingress", "Egress").equals(policy.getSpec().getPolicyTypes())
                && Objects.requireNonNullElse(policy.getSpec().getIngress(), List.of())
                        .isEmpty();
    }
}
