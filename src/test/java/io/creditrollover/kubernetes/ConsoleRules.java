package io.creditrollover.kubernetes;

import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Probe;
import io.kubernetes.client.openapi.models.V1Service;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The console is found by its service, asked the right questions by its probes, and does not stop a drain. */
final class ConsoleRules {
    private ConsoleRules() {}

    static List<String> faults(Manifests manifests) {
        Faults faults = new Faults();
        manifests.all(V1Deployment.class).filter(ConsoleRules::isConsole).forEach(deployment -> {
            Map<String, String> labels =
                    deployment.getSpec().getTemplate().getMetadata().getLabels();
            V1Container console =
                    deployment.getSpec().getTemplate().getSpec().getContainers().get(0);
            probe("startupProbe", console.getStartupProbe(), "/actuator/health/liveness", faults);
            probe("livenessProbe", console.getLivenessProbe(), "/actuator/health/liveness", faults);
            probe("readinessProbe", console.getReadinessProbe(), "/actuator/health/readiness", faults);
            faults.unless(
                    console.getPorts().stream()
                            .anyMatch(port -> port.getContainerPort() == 8080 && "http".equals(port.getName())),
                    "the console must offer port 8080 as http");
            faults.unless(
                    console.getPorts().stream()
                            .anyMatch(port -> port.getContainerPort() == 8081 && "management".equals(port.getName())),
                    "the console must offer port 8081 as management");
            faults.unless(
                    console.getEnv().stream()
                            .anyMatch(variable -> "MANAGEMENT_SERVER_PORT".equals(variable.getName())
                                    && "8081".equals(variable.getValue())),
                    "MANAGEMENT_SERVER_PORT must be 8081");
            faults.unlessEqual(
                    "Deployment: selector", deployment.getSpec().getSelector().getMatchLabels(), labels);
            manifests.all(V1Service.class).forEach(service -> {
                faults.unlessEqual("Service: selector", service.getSpec().getSelector(), labels);
                faults.unlessEqual(
                        "Service: targetPort",
                        service.getSpec().getPorts().get(0).getTargetPort().getStrValue(),
                        "http");
            });
            manifests.all(V1PodDisruptionBudget.class).forEach(budget -> {
                faults.unlessEqual(
                        "PodDisruptionBudget: selector",
                        budget.getSpec().getSelector().getMatchLabels(),
                        labels);
                faults.unless(
                        budget.getSpec().getMaxUnavailable() != null
                                && budget.getSpec().getMaxUnavailable().getIntValue() == 1,
                        "PodDisruptionBudget: maxUnavailable must be 1");
            });
        });
        return faults.sentences();
    }

    private static boolean isConsole(V1Deployment deployment) {
        return !"credit-rollover-worker".equals(deployment.getMetadata().getName());
    }

    private static void probe(String name, @Nullable V1Probe probe, String path, Faults faults) {
        boolean asks = probe != null
                && probe.getHttpGet() != null
                && path.equals(probe.getHttpGet().getPath())
                && "management".equals(probe.getHttpGet().getPort().getStrValue());
        faults.unless(asks, name + " must ask " + path + " at port management");
    }
}
