package io.creditrollover.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1CronJob;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a cluster would be given. That each check can fail is shown by {@link PlantedMistakesTest}. */
class ManifestsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "base",
                "overlays/dev",
                "overlays/production",
                "overlays/production-monitored",
                "overlays/production-webhooks"
            })
    void rendersToWhatTheProgramPromises(String kustomization) {
        String rendered = Kubectl.render(Kubectl.MANIFESTS.resolve(kustomization));
        Manifests manifests = new Manifests(rendered);

        assertThat(Rules.faults(rendered)).isEmpty();
        assertThat(manifests.all(V1CronJob.class))
                .extracting(cronJob -> String.valueOf(cronJob.getMetadata().getName()))
                .containsExactlyInAnyOrder("credit-rollover", "credit-rollover-daily");
        assertThat(manifests.all(V1Deployment.class)).hasSize(1);
        assertThat(manifests.all(V1Service.class)).hasSize(1);
        assertThat(manifests.all(V1PodDisruptionBudget.class)).hasSize(1);
        assertThat(manifests.all(V1NetworkPolicy.class)).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "overlays/dev",
                "overlays/production",
                "overlays/production-monitored",
                "overlays/production-webhooks"
            })
    void everyPatchReachesItsTarget(String kustomization) {
        Path path = Kubectl.MANIFESTS.resolve(kustomization);
        Manifests manifests = new Manifests(Kubectl.render(path));

        assertThat(PatchRules.faults(path, manifests)).isEmpty();
        assertThat(manifests.all(V1Namespace.class))
                .allSatisfy(namespace -> assertThat(namespace.getMetadata().getLabels())
                        .containsEntry("pod-security.kubernetes.io/enforce", "restricted"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "overlays/dev/restart",
                "overlays/dev/approve",
                "overlays/dev/undo",
                "overlays/production/restart",
                "overlays/production/approve",
                "overlays/production/undo"
            })
    void aJobByHandKeepsTheSameRules(String kustomization) {
        Path path = Kubectl.MANIFESTS.resolve(kustomization);
        String form = Kubectl.render(path);
        String filledIn = form.replace("#EXECUTION_ID#", "123").replace("#REASON#", "wrong prices: ticket 7");
        String besides = Kubectl.render(path.getParent());
        Path shared = path.resolveSibling("job");

        assertThat(Rules.faults(filledIn + "\n---\n" + besides)).isEmpty();
        assertThat(PatchRules.faults(path, new Manifests(form))).isEmpty();
        assertThat(PatchRules.faults(shared, new Manifests(form.replaceAll("-[a-z]+-#EXECUTION_ID#", ""))))
                .isEmpty();
        String command = path.endsWith("undo") ? "undo" : "restart";
        assertThat(filledIn).doesNotContain("#");
        assertThat(new Manifests(filledIn).all(V1Job.class)).singleElement().satisfies(job -> assertThat(job.getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .get(0)
                        .getArgs())
                .startsWith(command, "123"));
    }

    /** Applying an overlay must change nobody's credits. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "overlays/dev",
                "overlays/production",
                "overlays/production-monitored",
                "overlays/production-webhooks"
            })
    void anOverlayHoldsNoJobByHand(String kustomization) {
        assertThat(new Manifests(Kubectl.render(Kubectl.MANIFESTS.resolve(kustomization))).all(V1Job.class))
                .isEmpty();
    }

    @Test
    void productionBacksUpToAVolumeThatLasts() {
        Manifests production = new Manifests(Kubectl.render(Kubectl.MANIFESTS.resolve("overlays/production")));

        assertThat(production.all(V1ConfigMap.class))
                .anySatisfy(map -> assertThat(map.getData()).containsEntry("ROLLOVER_BACKUP_ENABLED", "true"));
        assertThat(Workload.in(production))
                .allSatisfy(workload -> assertThat(workload.pod().getVolumes())
                        .filteredOn(volume -> volume.getName().equals("backup"))
                        .singleElement()
                        .satisfies(volume ->
                                assertThat(volume.getPersistentVolumeClaim()).isNotNull()));
    }

    /** Kinds of the operator would be refused by a cluster without it. */
    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/dev", "overlays/production"})
    void needsNoPrometheusOperator(String kustomization) {
        assertThat(new Manifests(Kubectl.render(Kubectl.MANIFESTS.resolve(kustomization))).items())
                .extracting(item -> String.valueOf(item.tree().get("apiVersion")))
                .noneMatch(version -> version.startsWith("monitoring.coreos.com"));
    }

    @Test
    void productionBringsItsAlertRulesAndItsDashboard() {
        Manifests production = new Manifests(Kubectl.render(Kubectl.MANIFESTS.resolve("overlays/production")));
        Manifests monitored = new Manifests(Kubectl.render(Kubectl.MANIFESTS.resolve("overlays/production-monitored")));

        assertThat(production.all(V1ConfigMap.class))
                .anySatisfy(map -> assertThat(map.getData()).containsKey("rules.yml"))
                .anySatisfy(map -> {
                    assertThat(map.getData()).containsKey("dashboard.json");
                    assertThat(map.getMetadata().getLabels()).containsEntry("grafana_dashboard", "1");
                });
        assertThat(monitored.items())
                .extracting(Manifests.Item::label)
                .contains("PrometheusRule credit-rollover", "ServiceMonitor credit-rollover-console");
    }

    /** The grace period's bound rests on this constant, which only the command line knows. */
    @Test
    void theProgramGivesItselfNoLongerToStopThanTheRulesAssume() throws ReflectiveOperationException {
        var patience = Class.forName("io.creditrollover.cli.GracefulStop").getDeclaredField("PATIENCE_SECONDS");
        patience.setAccessible(true);

        assertThat(patience.getLong(null)).isLessThanOrEqualTo(JobRules.MAX_STOP.toSeconds());
    }
}
