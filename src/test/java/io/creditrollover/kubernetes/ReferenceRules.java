package io.creditrollover.kubernetes;

import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaimVolumeSource;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V1Volume;
import io.kubernetes.client.openapi.models.V1VolumeMount;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** What one object names in another is there. Secrets are not: those somebody else makes. */
final class ReferenceRules {
    private ReferenceRules() {}

    static List<String> faults(Manifests manifests) {
        Faults faults = new Faults();
        Set<String> claims = manifests
                .all(V1PersistentVolumeClaim.class)
                .map(claim -> claim.getMetadata().getName())
                .collect(Collectors.toSet());
        Set<String> accounts = manifests
                .all(V1ServiceAccount.class)
                .map(account -> account.getMetadata().getName())
                .collect(Collectors.toSet());
        Workload.in(manifests).forEach(workload -> {
            String account = workload.pod().getServiceAccountName();
            faults.unless(accounts.contains(account), workload.label() + ": there is no ServiceAccount " + account);
            volumes(workload, claims, faults);
        });
        manifests
                .all(V1ServiceAccount.class)
                .forEach(account -> faults.unlessFalse(
                        "ServiceAccount: automountServiceAccountToken", account.getAutomountServiceAccountToken()));
        manifests
                .all(V1Service.class)
                .forEach(service ->
                        faults.unlessEqual("Service: type", service.getSpec().getType(), "ClusterIP"));
        return faults.sentences();
    }

    private static void volumes(Workload workload, Set<String> claims, Faults faults) {
        Set<String> volumes = Objects.requireNonNullElse(workload.pod().getVolumes(), List.<V1Volume>of()).stream()
                .map(V1Volume::getName)
                .collect(Collectors.toSet());
        Objects.requireNonNullElse(workload.pod().getVolumes(), List.<V1Volume>of()).stream()
                .map(V1Volume::getPersistentVolumeClaim)
                .filter(Objects::nonNull)
                .map(V1PersistentVolumeClaimVolumeSource::getClaimName)
                .forEach(claim ->
                        faults.unless(claims.contains(claim), workload.label() + ": there is no claim " + claim));
        workload.containers()
                .forEach(container -> Objects.requireNonNullElse(container.getVolumeMounts(), List.<V1VolumeMount>of())
                        .forEach(mount -> faults.unless(
                                volumes.contains(mount.getName()),
                                workload.label() + ": there is no volume " + mount.getName())));
    }
}
