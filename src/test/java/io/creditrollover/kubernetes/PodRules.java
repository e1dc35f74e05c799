package io.creditrollover.kubernetes;

import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1PodSecurityContext;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1SecurityContext;
import io.kubernetes.client.openapi.models.V1Volume;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The restricted Pod Security profile, written out in every field, and what any pod of this program needs. */
final class PodRules {
    private PodRules() {}

    static List<String> faults(Manifests manifests) {
        Faults faults = new Faults();
        Workload.in(manifests).forEach(workload -> {
            pod(workload.label(), workload.pod(), faults);
            volumes(workload.label(), workload.pod(), faults);
            workload.containers().forEach(container -> container(workload.label(), container, faults));
        });
        return faults.sentences();
    }

    private static void pod(String label, V1PodSpec pod, Faults faults) {
        faults.unlessFalse(label + ": enableServiceLinks", pod.getEnableServiceLinks());
        faults.unlessFalse(label + ": automountServiceAccountToken", pod.getAutomountServiceAccountToken());
        faults.unlessEqual(label + ": serviceAccountName", pod.getServiceAccountName(), "credit-rollover");
        faults.unlessFalse(label + ": hostNetwork", pod.getHostNetwork());
        faults.unlessFalse(label + ": hostPID", pod.getHostPID());
        faults.unlessFalse(label + ": hostIPC", pod.getHostIPC());
        V1PodSecurityContext security =
                Objects.requireNonNullElse(pod.getSecurityContext(), new V1PodSecurityContext());
        faults.unlessTrue(label + ": runAsNonRoot", security.getRunAsNonRoot());
        faults.unless(
                security.getRunAsUser() != null && security.getRunAsUser() > 0,
                label + ": runAsUser is " + security.getRunAsUser() + ", must be above 0");
        faults.unless(
                security.getSeccompProfile() != null
                        && "RuntimeDefault".equals(security.getSeccompProfile().getType()),
                label + ": seccompProfile must be RuntimeDefault");
    }

    private static void volumes(String label, V1PodSpec pod, Faults faults) {
        for (V1Volume volume : Objects.requireNonNullElse(pod.getVolumes(), List.<V1Volume>of())) {
            faults.unless(
                    volume.getEmptyDir() != null || volume.getPersistentVolumeClaim() != null,
                    label + ": volume " + volume.getName() + " is neither an emptyDir nor a claim");
        }
    }

    private static void container(String label, V1Container container, Faults faults) {
        String name = label + ", container " + container.getName();
        V1SecurityContext security =
                Objects.requireNonNullElse(container.getSecurityContext(), new V1SecurityContext());
        faults.unlessFalse(name + ": privileged", security.getPrivileged());
        faults.unlessFalse(name + ": allowPrivilegeEscalation", security.getAllowPrivilegeEscalation());
        faults.unlessTrue(name + ": readOnlyRootFilesystem", security.getReadOnlyRootFilesystem());
        faults.unlessTrue(name + ": runAsNonRoot", security.getRunAsNonRoot());
        faults.unless(
                security.getCapabilities() != null
                        && List.of("ALL").equals(security.getCapabilities().getDrop())
                        && isNothing(security.getCapabilities().getAdd()),
                name + ": must drop ALL capabilities and add none");
        faults.unless(
                isNothing(container.getCommand()), name + ": command would hide the image's entry point; use args");
        mounts(name, container, faults);
        resources(name, container, faults);
    }

    private static void mounts(String name, V1Container container, Faults faults) {
        faults.unless(
                container.getVolumeMounts() != null
                        && container.getVolumeMounts().stream()
                                .anyMatch(mount -> mount.getMountPath().equals("/tmp")),
                name + ": needs a writable /tmp, since its root is read-only");
    }

    private static void resources(String name, V1Container container, Faults faults) {
        Map<String, ?> requests = container.getResources() == null
                ? null
                : container.getResources().getRequests();
        Map<String, ?> limits = container.getResources() == null
                ? null
                : container.getResources().getLimits();
        faults.unless(
                requests != null && requests.containsKey("cpu") && requests.containsKey("memory"),
                name + ": requests must name cpu and memory");
        faults.unless(limits != null && limits.containsKey("memory"), name + ": limits must name memory");
    }

    private static boolean isNothing(@Nullable List<String> list) {
        return list == null || list.isEmpty();
    }
}
