package io.creditrollover.kubernetes;

import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1CronJob;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1JobSpec;
import io.kubernetes.client.openapi.models.V1PodSpec;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What makes pods: a CronJob, a Job or a Deployment.
 *
 * @param job how its Job behaves; null for a Deployment
 */
record Workload(String label, V1PodSpec pod, @Nullable V1JobSpec job) {
    static Stream<Workload> in(Manifests manifests) {
        return manifests.items().stream().flatMap(Workload::of);
    }

    private static Stream<Workload> of(Manifests.Item item) {
        V1JobSpec job = null;
        if (item.model() instanceof V1CronJob cronJob) {
            job = cronJob.getSpec().getJobTemplate().getSpec();
        } else if (item.model() instanceof V1Job single) {
            job = single.getSpec();
        } else if (item.model() instanceof V1Deployment deployment) {
            return Stream.of(new Workload(
                    item.label(), deployment.getSpec().getTemplate().getSpec(), null));
        }
        return job == null
                ? Stream.empty()
                : Stream.of(new Workload(item.label(), job.getTemplate().getSpec(), job));
    }

    /** Returns the containers, those that migrate first. */
    Stream<V1Container> containers() {
        return Stream.concat(
                Objects.requireNonNullElse(pod.getInitContainers(), List.<V1Container>of()).stream(),
                pod.getContainers().stream());
    }
}
