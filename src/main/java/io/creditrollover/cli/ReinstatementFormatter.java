package io.creditrollover.cli;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.run.RunStatus;
import io.creditrollover.run.RunSummary;
import io.creditrollover.run.SecondLookOutcome;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A second look as text and JSON. The object has the list {@code runs} and the totals over it; of a single run, also the
 * fields of that run.
 */
final class ReinstatementFormatter {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ReinstatementFormatter() {}

    static CommandResult of(SecondLookOutcome outcome) {
        return new CommandResult(
                outcome.exitCode(),
                json(outcome),
                outcome.exitCode() == ExitCode.OK ? outcome.sentence() : "",
                outcome.exitCode() == ExitCode.OK ? null : outcome.sentence());
    }

    private static ObjectNode json(SecondLookOutcome outcome) {
        List<ObjectNode> runs =
                outcome.runs().stream().map(ReinstatementFormatter::run).toList();
        ObjectNode object = runs.size() == 1 ? runs.get(0).deepCopy() : JSON.createObjectNode();
        if (outcome.disabled()) {
            object.put("status", RunStatus.DISABLED.name());
        }
        object.put("usersReinstated", sum(outcome, one -> summary(one).usersReinstated()));
        object.put("creditsReinstated", sum(outcome, one -> summary(one).creditsReinstated()));
        object.put("usersBoughtMeanwhile", sum(outcome, SecondLookOutcome.OneRun::usersBoughtMeanwhile));
        ArrayNode list = object.putArray("runs");
        runs.forEach(list::add);
        return object;
    }

    private static ObjectNode run(SecondLookOutcome.OneRun one) {
        ObjectNode run = JSON.valueToTree(summary(one));
        run.put("usersBoughtMeanwhile", one.usersBoughtMeanwhile());
        run.set("boughtMeanwhile", JSON.valueToTree(one.boughtMeanwhile()));
        return run;
    }

    private static RunSummary summary(SecondLookOutcome.OneRun one) {
        return one.outcome().run();
    }

    private static long sum(SecondLookOutcome outcome, Function<SecondLookOutcome.OneRun, Long> figure) {
        return outcome.runs().stream()
                .map(figure)
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .sum();
    }
}
