package io.creditrollover.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.TestDatabase;
import io.creditrollover.cli.TestApplication;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The rules and the dashboard under k8s/monitoring name nothing that is not exported, and Prometheus accepts them. */
class MonitoringFilesTest {
    private static final Path RULES = Path.of("k8s/monitoring/prometheus/rules.yml");
    private static final Path DASHBOARD = Path.of("k8s/monitoring/grafana/dashboard.json");
    private static final Path RUNBOOK = Path.of("docs/runbook.md");
    private static final Pattern ALERT = Pattern.compile("- alert: (\\w+)");
    private static final Pattern NAME = Pattern.compile("credit_rollover_[a-z_]+");

    @Test
    void eachMetricInRulesAndDashboardIsExportedAndEachIsUsed() throws IOException {
        Set<String> named = new TreeSet<>(named(Files.readString(RULES)));
        named.addAll(named(Files.readString(DASHBOARD)));

        assertThat(named).isEqualTo(exported());
    }

    @Test
    void theRunbookHasASectionForEachAlert() throws IOException {
        Set<String> alerts = ALERT.matcher(Files.readString(RULES))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());

        assertThat(alerts).hasSizeGreaterThan(5);
        assertThat(Files.readAllLines(RUNBOOK).stream()
                        .filter(line -> line.startsWith("### CreditRollover"))
                        .map(line -> line.substring("### ".length())))
                .containsExactlyInAnyOrderElementsOf(alerts);
    }

    @Test
    void theDashboardIsJsonWithAQueryInEachPanel() throws IOException {
        JsonNode dashboard = JsonMapper.shared().readTree(Files.readString(DASHBOARD));

        assertThat(dashboard.get("title").asString()).isEqualTo("Credit rollover");
        assertThat(dashboard.get("panels")).isNotEmpty().allSatisfy(panel -> {
            assertThat(panel.get("targets")).isNotEmpty();
            assertThat(panel.get("gridPos").get("x").asInt()
                            + panel.get("gridPos").get("w").asInt())
                    .isLessThanOrEqualTo(24);
        });
    }

    @Test
    void prometheusAcceptsTheRulesAndTheyFireWhenTheyShould() throws Exception {
        assertThat(promtool("check", "rules", "rules.yml")).isZero();
        assertThat(promtool("test", "rules", "rules-test.yml")).isZero();
    }

    private static int promtool(String... arguments) throws Exception {
        String[] command = new String[arguments.length + 1];
        command[0] = "promtool";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        try {
            return new ProcessBuilder(command)
                    .directory(RULES.getParent().toFile())
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException absent) {
            boolean ci = "true".equals(System.getenv("CI"));
            Assumptions.assumeTrue(ci, "promtool (Debian's package prometheus) is not installed");
            throw absent;
        }
    }

    private static Set<String> named(String text) {
        return NAME.matcher(text).results().map(match -> match.group()).collect(Collectors.toSet());
    }

    /** What a scrape of the program has, whatever its code calls the metrics. */
    private static Set<String> exported() {
        try (TestApplication product = TestApplication.on(TestDatabase.migrated())) {
            return product.bean(PrometheusMeterRegistry.class)
                    .scrape()
                    .lines()
                    .filter(line -> line.startsWith("credit_rollover_"))
                    .map(line -> line.split("[ {]", 2)[0])
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
