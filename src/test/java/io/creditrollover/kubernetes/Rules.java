package io.creditrollover.kubernetes;

import java.util.ArrayList;
import java.util.List;

/** All checks on one rendering. */
final class Rules {
    private Rules() {}

    static List<String> faults(String rendered) {
        Manifests manifests = new Manifests(rendered);
        List<String> faults = new ArrayList<>(manifests.faults());
        faults.addAll(PodRules.faults(manifests));
        faults.addAll(JobRules.faults(manifests));
        faults.addAll(EnvironmentRules.faults(manifests));
        faults.addAll(SecretRules.faults(manifests));
        faults.addAll(ReferenceRules.faults(manifests));
        faults.addAll(NetworkRules.faults(manifests));
        faults.addAll(ConsoleRules.faults(manifests));
        faults.addAll(MonitoringRules.faults(manifests));
        return faults;
    }
}
