package io.creditrollover.kubernetes;

import io.creditrollover.config.RolloverProperties;
import io.creditrollover.config.UnknownKeyCheck;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1EnvFromSource;
import io.kubernetes.client.openapi.models.V1EnvVar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Each container's environment, as the program would see it: every name known, every value in range. */
final class EnvironmentRules {
    private static final KnownVariables KNOWN = new KnownVariables();

    private EnvironmentRules() {}

    static List<String> faults(Manifests manifests) {
        Faults faults = new Faults();
        Map<String, Map<String, String>> configMaps = new LinkedHashMap<>();
        manifests
                .all(V1ConfigMap.class)
                .forEach(map -> configMaps.put(
                        map.getMetadata().getName(), Objects.requireNonNullElse(map.getData(), Map.of())));
        Workload.in(manifests).forEach(workload -> workload.containers().forEach(container -> {
            String label = workload.label() + ", container " + container.getName();
            Map<String, String> variables = variables(label, container, configMaps, faults);
            variables.keySet().stream()
                    .filter(name -> !name.startsWith("ROLLOVER_"))
                    .forEach(name ->
                            faults.unless(KNOWN.accepts(name), label + ": " + name + " is a variable nobody reads"));
            asTheProgramReadsThem(label, variables, faults);
            backup(label, container, variables, faults);
        }));
        return faults.sentences();
    }

    private static Map<String, String> variables(
            String label, V1Container container, Map<String, Map<String, String>> configMaps, Faults faults) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (V1EnvFromSource source : Objects.requireNonNullElse(container.getEnvFrom(), List.<V1EnvFromSource>of())) {
            String name = source.getConfigMapRef() == null
                    ? "none"
                    : source.getConfigMapRef().getName();
            faults.unless(configMaps.containsKey(name), label + ": there is no ConfigMap " + name);
            variables.putAll(configMaps.getOrDefault(name, Map.of()));
        }
        for (V1EnvVar variable : Objects.requireNonNullElse(container.getEnv(), List.<V1EnvVar>of())) {
            variables.put(
                    variable.getName(),
                    Objects.requireNonNullElse(variable.getValue(), "secret of " + variable.getName()));
        }
        return variables;
    }

    private static void backup(String label, V1Container container, Map<String, String> variables, Faults faults) {
        String directory = variables.get("ROLLOVER_BACKUP_DIRECTORY");
        boolean writes = "true".equals(variables.get("ROLLOVER_BACKUP_ENABLED"))
                && !container.getName().equals("migrate");
        faults.unless(
                !writes
                        || container.getVolumeMounts().stream()
                                .anyMatch(mount -> mount.getMountPath().equals(directory)),
                label + ": nothing is mounted at ROLLOVER_BACKUP_DIRECTORY, " + directory);
    }

    private static void asTheProgramReadsThem(String label, Map<String, String> variables, Faults faults) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().remove(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
        String source = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
        environment
                .getPropertySources()
                .replace(source, new SystemEnvironmentPropertySource(source, Map.copyOf(variables)));
        ConfigurationPropertySources.attach(environment);
        try {
            new UnknownKeyCheck().check(environment);
            Binder.get(environment).bindOrCreate("rollover", RolloverProperties.class);
        } catch (BindException | io.creditrollover.exit.ExitException refused) {
            Throwable innermost = refused;
            while (innermost.getCause() != null) {
                innermost = innermost.getCause();
            }
            faults.unless(false, label + ": " + innermost.getMessage());
        }
    }
}
