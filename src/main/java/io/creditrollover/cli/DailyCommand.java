package io.creditrollover.cli;

import io.creditrollover.daily.DailyOutcome;
import io.creditrollover.daily.DailyRequest;
import io.creditrollover.daily.DailyService;
import io.creditrollover.exit.ExitCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

@Command(
        name = "daily",
        description =
                "Does what is due on an ordinary day: second look, notices, deliveries, erasure, retention. Each part on its own.",
        mixinStandardHelpOptions = true)
final class DailyCommand extends JsonCommand {
    DailyCommand(CommandRunner invocation) {
        super(invocation);
    }

    /** Without notification: deliveries are a part. */
    @Override
    public Integer call() {
        return invocation.executeWithoutNotification(
                json,
                invocation.starter()::start,
                application -> answer(application
                        .getBean(DailyService.class)
                        .run(new DailyRequest(
                                false,
                                ProcessIdentity.name(),
                                invocation.signal(),
                                invocation.console().progress(json)))));
    }

    private static CommandResult answer(DailyOutcome outcome) {
        List<Map<String, Object>> parts =
                outcome.parts().stream().map(DailyCommand::json).toList();
        String text = outcome.parts().stream()
                .map(part -> String.format(Locale.ROOT, "%-12s %s", part.name(), sentence(part)))
                .collect(Collectors.joining("\n"));
        return new CommandResult(outcome.exitCode(), Map.of("parts", parts), text, outcome.error());
    }

    private static Map<String, Object> json(DailyOutcome.Part part) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("name", part.name());
        object.put("exitCode", part.exitCode().code());
        if (part.error() != null) {
            object.put("error", part.error());
        }
        if (part.result() != null) {
            object.put("result", part.result());
        }
        return object;
    }

    private static String sentence(DailyOutcome.Part part) {
        return part.exitCode() == ExitCode.OK
                ? Objects.requireNonNullElse(part.result(), "nothing due")
                : "failed (" + part.exitCode().code() + "): " + part.error();
    }
}
