package io.creditrollover.cli;

import io.creditrollover.run.Outlook;
import io.creditrollover.run.Outlooks;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "forecast",
        description = "Shows what the next run would do, and to whom. Changes nothing.",
        mixinStandardHelpOptions = true)
final class ForecastCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Option(names = "--date", paramLabel = "D", description = "The rollover date, a first of the month.")
    private @Nullable LocalDate date;

    @Option(names = "--json", description = "Answer with one JSON object.")
    private boolean json;

    ForecastCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        return invocation.execute(json, application -> {
            Outlook outlook = application.getBean(Outlooks.class).of(date);
            return Answer.done(outlook, OutlookText.of(outlook));
        });
    }
}
