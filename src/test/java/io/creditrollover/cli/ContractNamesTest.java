package io.creditrollover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import io.creditrollover.config.RolloverProperties;
import io.creditrollover.decision.ReasonCode;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.lease.StopSignal;
import io.creditrollover.run.RunMode;
import io.creditrollover.run.RunStatus;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.web.bind.annotation.RequestMapping;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/**
 * The names that operators and scripts rely on are still there. The lists are the contract's, not the code's: a name may be
 * added; whoever renames or removes one breaks somebody's script.
 */
class ContractNamesTest {
    private static final TestDatabase DATABASE = TestDatabase.migrated();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            events | id user_id phone_number rollover_date credits_before credits_after action eligible_plan_type reason \
                     created_at run_id reason_code payment_id paid_at credits_protected reverses
            runs   | id rollover_date mode status cutoff zone policy requested_by reason approved_by plan_run_id \
                     job_instance_id users_processed users_rolled_over users_expired users_skipped credits_before \
                     credits_rolled_over credits_expired forecast started_at finished_at
            skips  | run_id user_id reason_code reason created_at
            """)
    void tablesHaveTheirColumns(String table, String columns) {
        assertThat(DATABASE.jdbc()
                        .sql("select column_name from information_schema.columns where table_name = :table")
                        .param("table", "credit_rollover_" + table)
                        .query(String.class)
                        .list())
                .contains(words(columns));
    }

    @Test
    void commandsHaveTheirOptionsAndArguments() {
        assertThat(synopses())
                .contains("""
                        run --date --dry-run --approve --plan --json
                        restart EXECUTION_ID --approve --json
                        undo EXECUTION_ID --reason --dry-run --user --force --json
                        forecast --date --csv --json
                        explain USER --date --json
                        status EXECUTION_ID --json
                        report EXECUTION_ID --csv --html --send --json
                        doctor --json
                        migrate --json
                        serve
                        """.lines().flatMap(ContractNamesTest::named).toArray(String[]::new));
    }

    @Test
    void theJsonOfARunHasItsKeys() {
        HostFixture.in(DATABASE).aLapsedUser();

        Cli.Result run = Cli.on(DATABASE).run("run", "--approve=a test", "--json");
        Cli.Result wrong = Cli.on(DATABASE).run("run", "--date=2026-03-02", "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(keys(run.json())).contains(words("""
                        exitCode executionId runId rolloverDate mode status usersProcessed usersRolledOver usersExpired \
                        usersSkipped creditsBefore creditsRolledOver creditsExpired startedAt finishedAt
                        """));
        assertThat(keys(run.json())).doesNotContain("error");
        assertThat(keys(wrong.json())).contains("exitCode", "error");
        assertThat(keys(Cli.on(DATABASE).run("status", "--json").json())).contains("exitCode", "runs");
    }

    @Test
    void exitCodesStatusesAndModesAreThose() {
        assertThat(ExitCode.values()).extracting(ExitCode::code).containsExactly(0, 64, 65, 75, 78);
        assertThat(names(RunStatus.values()))
                .contains(words("COMPLETED FAILED STOPPED BLOCKED RUNNING UNDONE DISABLED"));
        assertThat(RunMode.values()).extracting(RunMode::code).contains("live", "dry-run", "undo", "reinstate");
    }

    @Test
    void theTablesTakeTheStatusesModesAndActions() {
        assertThat(DATABASE.jdbc().sql("""
                        select string_agg(pg_get_constraintdef(oid), ' ') from pg_constraint
                        where contype = 'c' and conrelid in ('credit_rollover_runs'::regclass, 'credit_rollover_events'::regclass)
                        """).query(String.class).single()).contains(quoted("""
                        live dry-run undo reinstate RUNNING COMPLETED FAILED STOPPED BLOCKED UNDONE \
                        rollover expiry reversal reinstatement
                        """));
    }

    @Test
    void reasonCodesAreThose() {
        assertThat(names(ReasonCode.values())).contains(words("""
                        ELIGIBLE_PLAN CAPPED RENEWED_AFTER_CUTOFF PURCHASED_AFTER_CUTOFF NO_PAYMENT PLAN_NOT_ELIGIBLE \
                        WINDOW_ELAPSED PAYMENT_PENDING PAYMENT_DATE_UNUSABLE PLAN_UNKNOWN CREDITS_UNUSABLE \
                        PAYMENT_STATUS_UNKNOWN ROW_BUSY ARRIVED_LATE ROW_REFUSED
                        """));
    }

    /** Each value differs from the default, so that a variable which nobody reads changes nothing and is found. */
    @ParameterizedTest
    @CsvSource({
        "ROLLOVER_ENABLED, false",
        "ROLLOVER_DRY_RUN, true",
        "ROLLOVER_NOTIFICATION_EMAIL, a@example.com",
        "ROLLOVER_BACKUP_ENABLED, true",
        "ROLLOVER_BACKUP_DIRECTORY, /backup",
        "ROLLOVER_ZONE, Europe/Berlin",
        "ROLLOVER_CHUNK_SIZE, 7",
        "ROLLOVER_PARTITIONS, 7",
        "ROLLOVER_THREADS, 7",
        "ROLLOVER_LEASE_DURATION, PT7M",
        "ROLLOVER_PENDING_GRACE, PT7M",
        "ROLLOVER_SKIP_LIMIT, 7",
        "ROLLOVER_SAFETY_MAX_PAYMENT_SILENCE, P7D",
        "ROLLOVER_SAFETY_MAX_DELAY, P7D",
        "ROLLOVER_SAFETY_MAX_EXPIRED_USERS_PERCENT, 7",
        "ROLLOVER_SAFETY_MAX_EXPIRED_CREDITS_PERCENT, 7",
        "ROLLOVER_SAFETY_MAX_EXPIRED_FACTOR, 7",
        "ROLLOVER_SAFETY_MAX_ORPHANED_PAYMENTS, 7",
        "ROLLOVER_SAFETY_PLAN_TOLERANCE_PERCENT, 7",
        "ROLLOVER_SAFETY_RUN_TOLERANCE_PERCENT, 7",
        "ROLLOVER_SAFETY_FIRST_RUN, allow",
        "ROLLOVER_ADMIN_USERNAME, ops",
        "ROLLOVER_ADMIN_PASSWORD, a-password-of-a-test",
        "ROLLOVER_HOST_SCHEMA, legacy",
        "ROLLOVER_HOST_UNPAID_STATUSES, authorized",
        "ROLLOVER_SCHEMA, rollover",
        "ROLLOVER_PLANS_MONTHLY_ELIGIBLE, false",
        "ROLLOVER_PLANS_MONTHLY_WINDOW, P7M",
        "ROLLOVER_PLANS_MONTHLY_MAX_CREDITS, 7",
        "ROLLOVER_PLANS_MONTHLY_CARRY_PERCENT, 7",
    })
    void variablesAreRead(String variable, String value) {
        Map<String, Object> others = Map.of("ROLLOVER_BACKUP_DIRECTORY", "/elsewhere");
        Map<String, Object> environment = new HashMap<>(others);
        environment.put(variable, value);

        assertThat(bound(environment)).isNotEqualTo(bound(others));
    }

    @Test
    void theAdminApiHasItsPaths() {
        assertThat(mappings()).contains("""
                        POST /admin/run-rollover
                        GET /admin/rollovers
                        GET /admin/rollovers/{executionId}
                        GET /admin/rollovers/{executionId}/events
                        GET /admin/rollovers/{executionId}/events.csv
                        POST /admin/rollovers/{executionId}/restart
                        POST /admin/rollovers/{executionId}/stop
                        POST /admin/rollovers/{executionId}/undo
                        GET /admin/forecast
                        GET /admin/users/{idOrPhone}/explain
                        """.lines().toArray(String[]::new));
    }

    private static Stream<String> named(String synopsis) {
        String[] words = words(synopsis);
        return Stream.concat(Stream.of(words[0]), Arrays.stream(words).skip(1).map(word -> words[0] + " " + word));
    }

    private static Set<String> synopses() {
        Console console = new Console(new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()));
        Set<String> synopses = new HashSet<>();
        new Commands(new ApplicationStarter(ContractNamesTest.class), console, new StopSignal())
                .commandLine()
                .getSubcommands()
                .forEach((name, command) -> {
                    synopses.add(name);
                    CommandLine.Model.CommandSpec spec = command.getCommandSpec();
                    spec.optionsMap().keySet().forEach(option -> synopses.add(name + " " + option));
                    spec.positionalParameters().forEach(argument -> synopses.add(name + " " + argument.paramLabel()));
                });
        return synopses;
    }

    private static RolloverProperties bound(Map<String, Object> environment) {
        return new Binder(ConfigurationPropertySources.from(
                        new SystemEnvironmentPropertySource("systemEnvironment", environment)))
                .bindOrCreate("rollover", RolloverProperties.class);
    }

    private static String first(@Nullable RequestMapping mapping) {
        return mapping == null || mapping.path().length == 0 ? "" : mapping.path()[0];
    }

    private static Set<String> mappings() {
        Set<String> mappings = new HashSet<>();
        for (JavaClass controller : new ClassFileImporter().importPackages("io.creditrollover.admin")) {
            Class<?> type = controller.reflect();
            RequestMapping prefix = AnnotatedElementUtils.findMergedAnnotation(type, RequestMapping.class);
            for (Method method : type.getDeclaredMethods()) {
                RequestMapping mapping = AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class);
                if (mapping != null && mapping.method().length == 1) {
                    mappings.add(mapping.method()[0] + " " + first(prefix) + first(mapping));
                }
            }
        }
        return mappings;
    }

    private static List<String> names(Enum<?>... values) {
        return Arrays.stream(values).map(Enum::name).toList();
    }

    private static Set<String> keys(JsonNode object) {
        return new HashSet<>(object.propertyNames());
    }

    private static String[] words(String text) {
        return text.strip().split("\\s+");
    }

    private static String[] quoted(String text) {
        return Arrays.stream(words(text)).map(word -> "'" + word + "'").toArray(String[]::new);
    }
}
