package io.creditrollover.cli;

import io.creditrollover.config.RolloverProperties;
import io.creditrollover.report.ForecastCsv;
import io.creditrollover.report.Money;
import io.creditrollover.run.Forecast;
import io.creditrollover.run.ForecastService;
import java.nio.file.Path;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "forecast",
        description = "Shows what the next run would do. Changes nothing.",
        mixinStandardHelpOptions = true)
final class ForecastCommand extends JsonCommand {
    @Option(names = "--date", paramLabel = "D", description = "The rollover date, the first day of a month.")
    private @Nullable LocalDate date;

    @Option(names = "--csv", paramLabel = "FILE", description = "Write the users who would lose credits to this file.")
    private @Nullable Path csv;

    ForecastCommand(CommandRunner invocation) {
        super(invocation);
    }

    @Override
    public Integer call() {
        return invocation.execute(json, application -> {
            Forecast forecast = application.getBean(ForecastService.class).of(date);
            String listed = csv == null
                    ? ""
                    : "\n\n" + application.getBean(ForecastCsv.class).write(forecast.rolloverDate(), csv)
                            + " users would lose credits. They are listed in " + csv + ".";
            return CommandResult.done(
                    forecast,
                    ForecastFormatter.of(forecast, Money.of(application.getBean(RolloverProperties.class))) + listed);
        });
    }
}
