package io.creditrollover.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1CronJob;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1EnvVar;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One pod leads the run, several work on it, and all of them keep the rules of the others. */
class WorkersOverlayTest {
    private static final Path WORKERS = Kubectl.MANIFESTS.resolve("overlays/workers");

    @Test
    void rendersToWhatTheProgramPromises() {
        String rendered = Kubectl.render(WORKERS);

        assertThat(Rules.faults(rendered)).isEmpty();
        assertThat(faults(rendered)).isEmpty();
    }

    @Test
    void everyPatchReachesItsTarget() {
        assertThat(PatchRules.faults(WORKERS, new Manifests(Kubectl.render(WORKERS))))
                .isEmpty();
    }

    /** Wherever the right text stands it becomes the wrong one; one of the faults found must say the rest. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            - --workers                        | - --dry-run                    | the CronJob must run with --workers remote
            - worker                           | - serve                        | the Deployment must run worker
            replicas: 3                        | replicas: 1                    | replicas is 1
            ROLLOVER_PARTITIONS: "24"          | ROLLOVER_PARTITIONS: "20"      | ROLLOVER_PARTITIONS is 20, for 6 threads
            value: P1D                         | value: PT30S                   | ROLLOVER_REMOTE_WAIT_FOR_RUN is PT30S
            ROLLOVER_REMOTE_WAIT_FOR_RUN       | ROLLOVER_REMOTE_WAIT_FOR_RUNS  | ROLLOVER_REMOTE_WAIT_FOR_RUNS is unknown
            name: credit-rollover-migration    | name: credit-rollover-admin    | container migrate: secrets
            app.kubernetes.io/component: worker | app.kubernetes.io/component: run | the selector
            """)
    void aMistakeIsFound(String right, String wrong, String fault) {
        String rendered = Kubectl.render(WORKERS);
        assertThat(rendered).contains(right);
        String mistaken =
                right.startsWith("app.") ? replaceFirst(rendered, right, wrong) : rendered.replace(right, wrong);

        List<String> found = new java.util.ArrayList<>(Rules.faults(mistaken));
        found.addAll(faults(mistaken));
        assertThat(found).anySatisfy(sentence -> assertThat(sentence).contains(fault));
    }

    /** Of the selector, which stands after the object's own labels. */
    private static String replaceFirst(String rendered, String right, String wrong) {
        int selector = rendered.indexOf(right, rendered.indexOf("matchLabels", rendered.indexOf("replicas: 3")));
        return rendered.substring(0, selector) + wrong + rendered.substring(selector + right.length());
    }

    private static List<String> faults(String rendered) {
        Manifests manifests = new Manifests(rendered);
        Faults faults = new Faults();
        manifests
                .all(V1CronJob.class)
                .filter(cronJob ->
                        "credit-rollover".equals(cronJob.getMetadata().getName()))
                .forEach(cronJob -> faults.unless(
                        List.of("run", "--workers", "remote").equals(args(cronJob)),
                        "the CronJob must run with --workers remote"));
        List<V1Deployment> workers = manifests
                .all(V1Deployment.class)
                .filter(deployment ->
                        "credit-rollover-worker".equals(deployment.getMetadata().getName()))
                .toList();
        faults.unless(workers.size() == 1, "there must be one Deployment of workers");
        workers.forEach(deployment -> worker(deployment, partitions(manifests), faults));
        return faults.sentences();
    }

    private static void worker(V1Deployment deployment, int partitions, Faults faults) {
        var container =
                deployment.getSpec().getTemplate().getSpec().getContainers().get(0);
        faults.unless(List.of("worker").equals(container.getArgs()), "the Deployment must run worker");
        int replicas = Objects.requireNonNullElse(deployment.getSpec().getReplicas(), 1);
        faults.unless(replicas > 1, "replicas is " + replicas + ", one process needs no workers");
        int threads = replicas * Integer.parseInt(value(container.getEnv(), "ROLLOVER_THREADS"));
        faults.unless(
                partitions >= 4 * threads,
                "ROLLOVER_PARTITIONS is " + partitions + ", for " + threads + " threads it must be " + 4 * threads);
        String wait = value(container.getEnv(), "ROLLOVER_REMOTE_WAIT_FOR_RUN");
        faults.unless(
                wait.equals("P1D"),
                "ROLLOVER_REMOTE_WAIT_FOR_RUN is " + wait + ", so the pod would begin anew all day");
        faults.unlessEqual(
                "the selector",
                deployment.getSpec().getSelector().getMatchLabels(),
                Map.of("app.kubernetes.io/name", "credit-rollover", "app.kubernetes.io/component", "worker"));
    }

    private static List<String> args(V1CronJob cronJob) {
        return cronJob.getSpec()
                .getJobTemplate()
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0)
                .getArgs();
    }

    private static int partitions(Manifests manifests) {
        return manifests
                .all(V1ConfigMap.class)
                .map(map -> map.getData().get("ROLLOVER_PARTITIONS"))
                .filter(Objects::nonNull)
                .mapToInt(Integer::parseInt)
                .sum();
    }

    private static String value(List<V1EnvVar> variables, String name) {
        return variables.stream()
                .filter(variable -> variable.getName().equals(name))
                .map(V1EnvVar::getValue)
                .findFirst()
                .orElse("0");
    }
}
