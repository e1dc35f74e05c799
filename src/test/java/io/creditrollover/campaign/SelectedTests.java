package io.creditrollover.campaign;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs tests in this JVM, without Maven: {@code SelectedTests usual|chaos 'ATest#method*,BTest'}. Ends with 1 when a test
 * failed, 2 when none ran, 3 when one was skipped.
 */
final class SelectedTests implements TestExecutionListener {
    private static final String ROOT = "io.creditrollover";
    private static final String[] LONG = {"chaos", "benchmark"};

    private final PrintStream out = System.out;
    private int passed;
    private int failed;
    private int skipped;

    public static void main(String[] arguments) {
        SelectedTests tests = new SelectedTests();
        LauncherFactory.create().execute(request(arguments[0], arguments[1]), tests);
        System.exit(tests.end());
    }

    private static LauncherDiscoveryRequest request(String tag, String selection) {
        List<Selected> all =
                Arrays.stream(selection.split(",")).map(Selected::parse).toList();
        return LauncherDiscoveryRequestBuilder.request()
                .selectors(selectPackage(ROOT))
                .filters(
                        ClassNameFilter.includeClassNamePatterns(
                                all.stream().map(Selected::classPattern).toArray(String[]::new)),
                        tag.equals("usual") ? TagFilter.excludeTags(LONG) : TagFilter.includeTags(tag),
                        (PostDiscoveryFilter) test -> FilterResult.includedIf(test.getSource()
                                .filter(MethodSource.class::isInstance)
                                .map(MethodSource.class::cast)
                                .map(method -> all.stream().anyMatch(selected -> selected.has(method)))
                                .orElse(true)))
                .build();
    }

    /** A class, and the methods of it that are wanted; both with * for any text. */
    private record Selected(String classPattern, String methodPattern) {
        static Selected parse(String text) {
            String[] parts = text.split("#", 2);
            return new Selected("(.*\\.)?" + pattern(parts[0]), parts.length == 1 ? ".*" : pattern(parts[1]));
        }

        boolean has(MethodSource method) {
            return method.getClassName().matches(classPattern + "(\\$.*)?")
                    && method.getMethodName().matches(methodPattern);
        }

        private static String pattern(String glob) {
            return glob.replace("*", "[^.]*");
        }
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        skipped(test, reason);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        switch (result.getStatus()) {
            case SUCCESSFUL -> passed += test.isTest() ? 1 : 0;
            case ABORTED -> skipped(test, cause(result));
            case FAILED -> {
                failed++;
                out.println("FAILED " + test.getDisplayName() + ": " + cause(result));
                result.getThrowable().ifPresent(failure -> failure.printStackTrace(out));
            }
        }
    }

    private void skipped(TestIdentifier test, String reason) {
        skipped++;
        out.println("SKIPPED " + test.getDisplayName() + ": " + reason);
    }

    private static String cause(TestExecutionResult result) {
        return result.getThrowable()
                .map(failure -> failure.toString().split("\n", 2)[0])
                .orElse("");
    }

    private int end() {
        out.printf("campaign: tests=%d failed=%d skipped=%d%n", passed + failed, failed, skipped);
        if (failed > 0) {
            return 1;
        }
        return passed == 0 ? 2 : skipped > 0 ? 3 : 0;
    }
}
