package io.creditrollover.admin;

import io.creditrollover.exit.ExitException;
import io.creditrollover.report.BarChart;
import io.creditrollover.run.RolloverService;
import io.creditrollover.run.RunMode;
import io.creditrollover.run.RunStatus;
import io.creditrollover.run.RunSummary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

@OnlyWhenServing
@Controller
class MonthsPage {
    private static final Logger log = LoggerFactory.getLogger(MonthsPage.class);
    private static final int MAX_MONTHS = 12;
    private static final int MAX_RUNS = 40;

    private final RolloverService rollovers;
    private final SharedForecasts forecasts;
    private final ScheduleTimes nextRun;
    private final Formats texts;

    MonthsPage(RolloverService rollovers, SharedForecasts forecasts, ScheduleTimes nextRun, Formats texts) {
        this.rollovers = rollovers;
        this.forecasts = forecasts;
        this.nextRun = nextRun;
        this.texts = texts;
    }

    @GetMapping("/")
    String months(Model model) {
        List<RunSummary> runs = rollovers.runs();
        List<RunSummary> months = runs.stream()
                .filter(run -> run.mode() == RunMode.LIVE && run.status() == RunStatus.COMPLETED)
                .limit(MAX_MONTHS)
                .toList();
        model.addAttribute("chart", chart(months));
        model.addAttribute("hasMonths", !months.isEmpty());
        model.addAttribute(
                "runs",
                runs.stream()
                        .limit(MAX_RUNS)
                        .map(run -> RunView.of(run, 0, texts))
                        .toList());
        model.addAttribute("scheduled", nextRun.isScheduled());
        model.addAttribute("next", texts.time(nextRun.next().toInstant()));
        return "months";
    }

    /** Loaded after the page: with many users the forecast takes long. */
    @GetMapping("/forecast")
    CompletableFuture<ModelAndView> forecast(@RequestParam(defaultValue = "false") boolean afresh) {
        ModelAndView page = new ModelAndView("forecast :: figures");
        try {
            return forecasts.of(null, afresh).handle((forecast, failure) -> {
                if (failure == null) {
                    return page.addObject("outlook", ForecastView.of(forecast.outlook()))
                            .addObject("computed", texts.time(forecast.computedAt()));
                }
                return page.addObject("refused", sentence(failure));
            });
        } catch (ExitException refused) {
            return CompletableFuture.completedFuture(page.addObject("refused", refused.sentence()));
        }
    }

    private static String sentence(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof ExitException refused) {
            return refused.sentence();
        }
        log.error("A forecast failed.", cause);
        return "The forecast could not be computed. See the server log.";
    }

    private static BarChart chart(List<RunSummary> latestFirst) {
        List<BarChart.Month> bars = new ArrayList<>(latestFirst.stream()
                .map(run -> new BarChart.Month(
                        run.rolloverDate().toString(),
                        Formats.shortMonth(run.rolloverDate()),
                        run.totals().creditsRolledOver(),
                        run.totals().creditsExpired()))
                .toList());
        Collections.reverse(bars);
        return new BarChart("Credits by month", "rolled over", "expired", bars);
    }
}
