package io.creditrollover.kubernetes;

import com.google.gson.JsonElement;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1CronJob;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** The objects of a rendering, each read with its typed model; keys that a model does not know are refused. */
final class Manifests {
    /** Reads one kind; the model refuses unknown keys at any depth, wrong types and missing fields. */
    private interface Model {
        void validate(JsonElement json) throws IOException;
    }

    private record Kind(Class<?> type, Model model) {}

    private static final Map<String, Kind> KINDS = Map.of(
            "v1/ConfigMap", new Kind(V1ConfigMap.class, V1ConfigMap::validateJsonElement),
            "v1/Namespace", new Kind(V1Namespace.class, V1Namespace::validateJsonElement),
            "v1/PersistentVolumeClaim",
                    new Kind(V1PersistentVolumeClaim.class, V1PersistentVolumeClaim::validateJsonElement),
            "v1/Service", new Kind(V1Service.class, V1Service::validateJsonElement),
            "v1/ServiceAccount", new Kind(V1ServiceAccount.class, V1ServiceAccount::validateJsonElement),
            "apps/v1/Deployment", new Kind(V1Deployment.class, V1Deployment::validateJsonElement),
            "batch/v1/CronJob", new Kind(V1CronJob.class, V1CronJob::validateJsonElement),
            "batch/v1/Job", new Kind(V1Job.class, V1Job::validateJsonElement),
            "networking.k8s.io/v1/NetworkPolicy", new Kind(V1NetworkPolicy.class, V1NetworkPolicy::validateJsonElement),
            "policy/v1/PodDisruptionBudget",
                    new Kind(V1PodDisruptionBudget.class, V1PodDisruptionBudget::validateJsonElement));

    /** Kinds of the Prometheus operator, for which the client has no models. */
    private static final String WITHOUT_MODEL = "monitoring.coreos.com/v1/";

    /** One object: how messages call it, its plain tree, and its model (the tree again where there is no model). */
    record Item(String kind, String name, Map<String, Object> tree, Object model) {
        String label() {
            return kind + " " + name;
        }
    }

    private final List<Item> items = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();

    Manifests(String rendered) {
        LoaderOptions strict = new LoaderOptions();
        strict.setAllowDuplicateKeys(false);
        try {
            for (Object document : new Yaml(new SafeConstructor(strict)).loadAll(rendered)) {
                if (document != null) {
                    read(document);
                }
            }
        } catch (YAMLException refused) {
            faults.add("not valid YAML: " + refused.getMessage());
        }
    }

    private void read(Object document) {
        Map<String, Object> tree = keyed(document);
        String kind = String.valueOf(tree.get("kind"));
        String name = String.valueOf(keyed(tree.get("metadata")).get("name"));
        String full = tree.get("apiVersion") + "/" + kind;
        Kind known = KINDS.get(full);
        if (known != null) {
            readTyped(known, new Item(kind, name, tree, tree));
        } else if (full.startsWith(WITHOUT_MODEL)) {
            items.add(new Item(kind, name, tree, tree));
        } else {
            faults.add(full + " " + name + " is of a kind that is not expected here");
        }
    }

    private void readTyped(Kind known, Item item) {
        JsonElement json = JSON.getGson().toJsonTree(item.tree());
        try {
            known.model().validate(json);
            items.add(new Item(
                    item.kind(), item.name(), item.tree(), JSON.getGson().fromJson(json, known.type())));
        } catch (IOException | RuntimeException refused) {
            faults.add(item.label() + " is not valid: " + refused.getMessage());
        }
    }

    /** Returns what the models refuse. */
    List<String> faults() {
        return faults;
    }

    List<Item> items() {
        return items;
    }

    <T> Stream<T> all(Class<T> type) {
        return items.stream().map(Item::model).filter(type::isInstance).map(type::cast);
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> keyed(Object tree) {
        return tree instanceof Map<?, ?> map ? (Map<String, Object>) map : new LinkedHashMap<>();
    }
}
