package io.creditrollover.kubernetes;

import io.creditrollover.exit.ExitCode;
import io.kubernetes.client.openapi.models.V1CronJob;
import io.kubernetes.client.openapi.models.V1CronJobSpec;
import io.kubernetes.client.openapi.models.V1JobSpec;
import io.kubernetes.client.openapi.models.V1PodFailurePolicyRule;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.support.CronExpression;

/** When runs begin, and what Kubernetes makes of the way they end. */
final class JobRules {
    /** What the program allows itself after SIGTERM; and half of the default lease, which bounds a chunk's statements. */
    static final Duration MAX_STOP = Duration.ofSeconds(30);

    /** How late a run may begin by itself, {@code rollover.safety.max-delay}, less the two hours from the cut-off. */
    private static final Duration LATEST_START = Duration.ofDays(3).minusHours(2);

    private JobRules() {}

    static List<String> faults(Manifests manifests) {
        Faults faults = new Faults();
        manifests.all(V1CronJob.class).forEach(cronJob -> {
            boolean daily = String.valueOf(cronJob.getMetadata().getName()).endsWith("-daily");
            schedule(cronJob.getSpec(), daily ? "0 10 * * *" : "0 2 1 * *", faults);
        });
        Workload.in(manifests).forEach(workload -> {
            gracePeriod(workload, faults);
            if (workload.job() != null) {
                job(workload, workload.job(), faults);
            }
        });
        return faults.sentences();
    }

    private static void schedule(V1CronJobSpec spec, String expected, Faults faults) {
        faults.unlessEqual("schedule", spec.getSchedule(), expected);
        faults.unless(
                CronExpression.isValidExpression("0 " + spec.getSchedule()),
                "schedule " + spec.getSchedule() + " is no cron expression");
        faults.unlessEqual("timeZone", spec.getTimeZone(), "Asia/Kolkata");
        faults.unless(isZone(spec.getTimeZone()), "timeZone " + spec.getTimeZone() + " does not exist");
        faults.unlessEqual("concurrencyPolicy", spec.getConcurrencyPolicy(), "Forbid");
        faults.unless(
                between(spec.getStartingDeadlineSeconds(), Duration.ofHours(1), LATEST_START),
                "startingDeadlineSeconds is " + spec.getStartingDeadlineSeconds() + ", must be from an hour to "
                        + LATEST_START);
        faults.unless(
                spec.getSuccessfulJobsHistoryLimit() != null && spec.getFailedJobsHistoryLimit() != null,
                "the history limits must be written out");
    }

    private static boolean isZone(@Nullable String zone) {
        try {
            return zone != null && ZoneId.of(zone) != null;
        } catch (DateTimeException unknown) {
            return false;
        }
    }

    private static boolean between(@Nullable Long seconds, Duration min, Duration max) {
        return seconds != null && seconds >= min.toSeconds() && seconds <= max.toSeconds();
    }

    private static void gracePeriod(Workload workload, Faults faults) {
        Long seconds = workload.pod().getTerminationGracePeriodSeconds();
        faults.unless(
                seconds != null && seconds > MAX_STOP.toSeconds(),
                workload.label() + ": terminationGracePeriodSeconds is " + seconds + ", must be above "
                        + MAX_STOP.toSeconds());
    }

    private static void job(Workload workload, V1JobSpec job, Faults faults) {
        String label = workload.label();
        faults.unlessEqual(label + ": restartPolicy", workload.pod().getRestartPolicy(), "Never");
        faults.unlessEqual(label + ": podReplacementPolicy", job.getPodReplacementPolicy(), "Failed");
        faults.unlessEqual(label + ": parallelism", job.getParallelism(), 1);
        faults.unlessEqual(label + ": completions", job.getCompletions(), 1);
        faults.unless(
                job.getBackoffLimit() != null && job.getBackoffLimit() >= 3,
                label + ": backoffLimit is " + job.getBackoffLimit() + ", must be 3 or more");
        faults.unless(
                between(job.getActiveDeadlineSeconds(), Duration.ofHours(1), Duration.ofDays(1)),
                label + ": activeDeadlineSeconds is " + job.getActiveDeadlineSeconds()
                        + ", must be from an hour to a day");
        List<V1PodFailurePolicyRule> rules = job.getPodFailurePolicy() == null
                ? List.of()
                : job.getPodFailurePolicy().getRules();
        failurePolicy(label, rules, faults);
    }

    private static void failurePolicy(String label, List<V1PodFailurePolicyRule> rules, Faults faults) {
        faults.unless(rules.size() == 2, label + ": podFailurePolicy must have two rules, has " + rules.size());
        if (rules.size() == 2) {
            faults.unless(ignoresDisruption(rules.get(0)), label + ": the first rule must Ignore DisruptionTarget");
            faults.unless(
                    endsOnFinalCodes(rules.get(1)),
                    label + ": the second rule must be FailJob on the exit codes " + finalCodes()
                            + " of any container");
        }
    }

    private static boolean ignoresDisruption(V1PodFailurePolicyRule rule) {
        return Objects.equals(rule.getAction(), "Ignore")
                && rule.getOnPodConditions() != null
                && rule.getOnPodConditions().size() == 1
                && rule.getOnPodConditions().get(0).getType().equals("DisruptionTarget")
                && Objects.equals(rule.getOnPodConditions().get(0).getStatus(), "True");
    }

    private static boolean endsOnFinalCodes(V1PodFailurePolicyRule rule) {
        return Objects.equals(rule.getAction(), "FailJob")
                && rule.getOnExitCodes() != null
                && rule.getOnExitCodes().getContainerName() == null
                && Objects.equals(rule.getOnExitCodes().getOperator(), "In")
                && finalCodes().equals(new TreeSet<>(rule.getOnExitCodes().getValues()));
    }

    /** Returns the exit codes after which a retry makes no sense: all but 0 and {@link ExitCode#RETRY}. */
    private static Set<Integer> finalCodes() {
        Set<Integer> codes = new TreeSet<>();
        for (ExitCode code : ExitCode.values()) {
            if (code != ExitCode.OK && code != ExitCode.RETRY) {
                codes.add(code.code());
            }
        }
        return codes;
    }
}
