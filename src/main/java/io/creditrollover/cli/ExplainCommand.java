package io.creditrollover.cli;

import io.creditrollover.config.RolloverProperties;
import io.creditrollover.report.Explanations;
import io.creditrollover.report.Money;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "explain",
        description = "Explains why a user's credits rolled over or expired, and what the next run would do.",
        mixinStandardHelpOptions = true)
final class ExplainCommand extends JsonCommand {
    @Parameters(paramLabel = "USER", description = "The user's id or phone number.")
    private String user = "";

    @Option(names = "--date", paramLabel = "D", description = "One rollover date. Default: all.")
    private @Nullable LocalDate date;

    ExplainCommand(CommandRunner invocation) {
        super(invocation);
    }

    @Override
    public Integer call() {
        return invocation.execute(json, application -> {
            var explanation = application.getBean(Explanations.class).of(user, date);
            return CommandResult.done(
                    explanation,
                    ExplanationText.of(explanation, Money.of(application.getBean(RolloverProperties.class))));
        });
    }
}
