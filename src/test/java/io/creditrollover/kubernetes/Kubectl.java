package io.creditrollover.kubernetes;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The kubectl of this machine, used for nothing but rendering; no cluster is asked anything. */
final class Kubectl {
    static final Path MANIFESTS = Path.of("k8s");

    private static final Map<Path, String> RENDERED = new ConcurrentHashMap<>();

    private Kubectl() {}

    /** Returns the YAML of a kustomization. Without kubectl the test is skipped, in CI it fails. */
    static String render(Path kustomization) {
        return RENDERED.computeIfAbsent(kustomization, Kubectl::run);
    }

    private static String run(Path kustomization) {
        try {
            Path complaints = Files.createTempFile("kubectl", ".err");
            Process process = new ProcessBuilder("kubectl", "kustomize", kustomization.toString())
                    .redirectError(complaints.toFile())
                    .start();
            String yaml = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            String said = Files.readString(complaints);
            Files.delete(complaints);
            return code == 0 ? yaml : fail("kubectl kustomize %s ends with %d: %s", kustomization, code, said);
        } catch (IOException absent) {
            return absent();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return fail("interrupted while rendering " + kustomization);
        }
    }

    private static String absent() {
        String sentence = "kubectl is not on the path, so the manifests under k8s cannot be rendered; install it.";
        return "true".equals(System.getenv("CI")) ? fail(sentence) : abort(sentence);
    }
}
