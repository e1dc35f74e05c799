package io.creditrollover.admin;

import io.creditrollover.report.ReportFormats;
import io.creditrollover.run.Attempt;
import io.creditrollover.run.RunStatus;
import io.creditrollover.run.RunSummary;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One line of a run's history: an attempt, with who asked for it or stopped it, and why. */
record AttemptView(long executionId, String who, String why, String started, String took, String users, String ended) {
    /** What the audit knows of an execution. Rows of the command line are not in it. */
    private record Asked(long executionId, String action, String who, String reason) {}

    /** An attempt without an entry in the audit is by the run's requester if it is the first. */
    static List<AttemptView> of(List<Attempt> attempts, RunSummary run, JdbcClient jdbc, Formats texts) {
        if (attempts.isEmpty()) {
            return List.of();
        }
        List<Asked> asked = asked(attempts, jdbc);
        return attempts.stream()
                .sorted(Comparator.comparing(Attempt::executionId).reversed())
                .map(attempt ->
                        of(attempt, attempt.executionId() == attempts.get(0).executionId(), run, asked, texts))
                .toList();
    }

    private static AttemptView of(Attempt attempt, boolean first, RunSummary run, List<Asked> asked, Formats texts) {
        List<Asked> own = asked.stream()
                .filter(row -> row.executionId() == attempt.executionId())
                .toList();
        Asked start = own.stream()
                .filter(row -> !row.action().equals("stop"))
                .findFirst()
                .orElse(new Asked(
                        0, "", first ? run.requestedBy() : "not recorded: the command line or another process", ""));
        String stop = own.stream()
                .filter(row -> row.action().equals("stop"))
                .findFirst()
                .map(row -> " by " + row.who() + (row.reason().isEmpty() ? "" : ": " + row.reason()))
                .orElse("");
        return new AttemptView(
                attempt.executionId(),
                start.who(),
                start.reason(),
                texts.time(attempt.startedAt()),
                attempt.duration() == null ? "–" : Durations.words(attempt.duration()),
                ReportFormats.number(attempt.users()),
                words(attempt, run) + stop);
    }

    /** Spring Batch knows no blocked execution, only a failed one. */
    private static String words(Attempt attempt, RunSummary run) {
        boolean last = Objects.equals(run.executionId(), attempt.executionId());
        return switch (attempt.status()) {
            case "STARTED", "STARTING" -> "not ended";
            case "FAILED" -> last && run.status() == RunStatus.BLOCKED ? "blocked" : "failed";
            default -> attempt.status().toLowerCase(Locale.ROOT);
        };
    }

    private static List<Asked> asked(List<Attempt> attempts, JdbcClient jdbc) {
        List<String> targets = attempts.stream()
                .map(attempt -> Operations.execution(attempt.executionId()))
                .toList();
        return jdbc
                .sql("""
                        select substring(o.result from 'began execution ([0-9]+)')::bigint as execution_id, i.action, i.who,
                               coalesce(i.reason, '') as reason
                        from credit_rollover_audit o join credit_rollover_audit i on i.id = o.intent_id
                        where o.outcome = 'begun' and o.result in (:began)
                        union all
                        select substring(target from '[0-9]+$')::bigint, action, who, coalesce(reason, '')
                        from credit_rollover_audit
                        where target in (:targets) and action = 'stop' and outcome is null and result = 'intended'
                        """)
                .param(
                        "began",
                        targets.stream().map(target -> "began " + target).toList())
                .param("targets", targets)
                .query(Asked.class)
                .list()
                .stream()
                .filter(Objects::nonNull)
                .toList();
    }
}
