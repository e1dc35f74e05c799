package io.creditrollover.kubernetes;

import static io.creditrollover.kubernetes.Manifests.keyed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * What a kustomization says it changes is what came out. A newer kubectl lets a patch pass whose target does not exist,
 * so each patch is looked for in the rendering.
 */
final class PatchRules {
    private final Path kustomization;
    private final Manifests manifests;
    private final Faults faults = new Faults();
    private String nameSuffix = "";

    private PatchRules(Path kustomization, Manifests manifests) {
        this.kustomization = kustomization;
        this.manifests = manifests;
    }

    static List<String> faults(Path kustomization, Manifests manifests) {
        PatchRules rules = new PatchRules(kustomization, manifests);
        Map<String, Object> declared =
                keyed(rules.documents("kustomization.yaml").get(0));
        rules.nameSuffix = Objects.toString(declared.get("nameSuffix"), "");
        listed(declared.get("patchesJson6902")).forEach(rules::jsonPatch);
        listed(declared.get("patchesStrategicMerge")).forEach(rules::mergePatch);
        if (declared.containsKey("namespace")) {
            rules.namespace(declared.get("namespace"));
        }
        listed(declared.get("images")).forEach(rules::image);
        return rules.faults.sentences();
    }

    private void jsonPatch(Object declared) {
        Map<String, Object> target = keyed(keyed(declared).get("target"));
        String file = String.valueOf(keyed(declared).get("path"));
        Optional<Manifests.Item> item = find(target.get("kind"), target.get("name"));
        faults.unless(
                item.isPresent(),
                file + " patches " + target.get("kind") + " " + target.get("name") + ", which is not there");
        item.ifPresent(found -> listed(documents(file).get(0)).forEach(operation -> {
            String path = String.valueOf(keyed(operation).get("path"));
            Object expected = "remove".equals(keyed(operation).get("op"))
                    ? null
                    : keyed(operation).get("value");
            faults.unlessEqual(file + ": " + found.label() + path, at(found.tree(), path), expected);
        }));
    }

    private void mergePatch(Object file) {
        for (Object document : documents(String.valueOf(file))) {
            Object kind = keyed(document).get("kind");
            Object name = keyed(keyed(document).get("metadata")).get("name");
            Optional<Manifests.Item> item = find(kind, name);
            faults.unless(item.isPresent(), file + " patches " + kind + " " + name + ", which is not there");
            item.ifPresent(found -> contained(file + ": " + found.label(), document, found.tree()));
        }
    }

    private void contained(String where, @Nullable Object patch, @Nullable Object result) {
        if (patch instanceof Map<?, ?>) {
            keyed(patch)
                    .forEach((key, value) ->
                            contained(where + "/" + key, value, keyed(result).get(key)));
        } else {
            faults.unlessEqual(where, result, patch);
        }
    }

    private void namespace(@Nullable Object namespace) {
        for (Manifests.Item item : manifests.items()) {
            Map<String, Object> metadata = keyed(item.tree().get("metadata"));
            Object is = item.kind().equals("Namespace") ? metadata.get("name") : metadata.get("namespace");
            faults.unlessEqual(item.label() + ": namespace", is, namespace);
        }
    }

    private void image(Object declared) {
        String image = keyed(declared).get("newName") + ":" + keyed(declared).get("newTag");
        Workload.in(manifests).forEach(workload -> workload.containers()
                .forEach(container -> faults.unlessEqual(
                        workload.label() + ", container " + container.getName() + ": image",
                        container.getImage(),
                        image)));
    }

    private Optional<Manifests.Item> find(@Nullable Object kind, @Nullable Object name) {
        return manifests.items().stream()
                .filter(item -> item.kind().equals(kind) && item.name().equals(name + nameSuffix))
                .findFirst();
    }

    /** Follows a JSON pointer; null where it leads nowhere. */
    private static @Nullable Object at(Object tree, String pointer) {
        Object at = tree;
        for (String key : pointer.substring(1).split("/")) {
            String plain = key.replace("~1", "/").replace("~0", "~");
            if (at instanceof List<?> list) {
                int index = Integer.parseInt(plain);
                at = index < list.size() ? list.get(index) : null;
            } else {
                at = keyed(at).get(plain);
            }
        }
        return at;
    }

    private static List<?> listed(@Nullable Object tree) {
        return tree instanceof List<?> list ? list : List.of();
    }

    private List<Object> documents(String file) {
        try {
            String yaml = Files.readString(kustomization.resolve(file));
            List<Object> documents = new java.util.ArrayList<>();
            new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(yaml).forEach(documents::add);
            return documents.stream().filter(Objects::nonNull).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
