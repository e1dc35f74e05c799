package io.creditrollover.cli;

import io.creditrollover.report.ForecastCsv;
import io.creditrollover.run.Forecast;
import io.creditrollover.run.ForecastService;
import java.nio.file.Path;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "forecast",
        description = "Shows what the next run would do, and to whom. Changes nothing.",
        mixinStandardHelpOptions = true)
final class ForecastCommand extends JsonCommand {
    @Option(names = "--date", paramLabel = "D", description = "The rollover date, a first of the month.")
    private @Nullable LocalDate date;

    @Option(names = "--csv", paramLabel = "FILE", description = "List who would lose what, unless they pay in time.")
    private @Nullable Path csv;

    ForecastCommand(CommandRunner invocation) {
        super(invocation);
    }

    @Override
    public Integer call() {
        return invocation.execute(json, application -> {
            Forecast outlook = application.getBean(ForecastService.class).of(date);
            String listed = csv == null
                    ? ""
                    : "\n\n" + application.getBean(ForecastCsv.class).write(outlook.rolloverDate(), csv)
                            + " users would lose credits; " + csv + " lists them.";
            return CommandResult.done(outlook, ForecastFormatter.of(outlook) + listed);
        });
    }
}
