package io.creditrollover.admin;

import io.creditrollover.exit.ExitException;
import io.creditrollover.report.BarChart;
import io.creditrollover.run.RunMode;
import io.creditrollover.run.RunOverview;
import io.creditrollover.run.RunRow;
import io.creditrollover.run.RunStatus;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
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
    private final RunOverview runs;
    private final MonthStates states;
    private final SharedForecasts forecasts;
    private final ScheduleTimes nextRun;
    private final Formats texts;

    MonthsPage(RunOverview runs, MonthStates states, SharedForecasts forecasts, ScheduleTimes nextRun, Formats texts) {
        this.runs = runs;
        this.states = states;
        this.forecasts = forecasts;
        this.nextRun = nextRun;
        this.texts = texts;
    }

    /** @param year null for the latest with a run */
    @GetMapping("/")
    String months(@RequestParam(required = false) @Nullable Integer year, Model model) {
        List<Integer> years = runs.years();
        int shown = year != null && years.contains(year)
                ? year
                : years.isEmpty() ? nextRun.now().getYear() : years.get(0);
        List<RunRow> all = runs.ofYear(shown);
        RunRow before = runs.before(LocalDate.of(shown, 1, 1)).orElse(null);
        List<RunRow> completed = all.stream()
                .filter(run -> run.mode() == RunMode.LIVE && run.status() == RunStatus.COMPLETED)
                .toList();
        model.addAttribute("chart", chart(completed));
        model.addAttribute("hasMonths", !completed.isEmpty());
        model.addAttribute("months", MonthRow.of(all, before, texts));
        model.addAttribute("years", years);
        model.addAttribute("year", shown);
        next(model);
        return "months";
    }

    /** The forecast and the button are of the same month; neither is offered while a run is unfinished. */
    private void next(Model model) {
        MonthState state = states.now();
        LocalDate next = state.next();
        model.addAttribute("unfinished", state.kind().isUnfinished());
        model.addAttribute("open", state.run() == null ? null : state.run().executionId());
        model.addAttribute("nextMonth", Formats.month(next));
        model.addAttribute("nextDate", next.toString());
        boolean due = !next.isAfter(nextRun.now().toLocalDate());
        model.addAttribute("due", due);
        model.addAttribute(
                "dueSince", texts.time(next.atStartOfDay(texts.zone()).toInstant()));
        model.addAttribute("scheduled", nextRun.isScheduled());
        model.addAttribute("next", texts.time(nextRun.next().toInstant()));
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

    private static BarChart chart(List<RunRow> latestFirst) {
        List<BarChart.Month> bars = new ArrayList<>(latestFirst.stream()
                .map(run -> new BarChart.Month(
                        run.date().toString(),
                        Formats.shortMonth(run.date()),
                        run.totals().creditsRolledOver(),
                        run.totals().creditsExpired()))
                .toList());
        Collections.reverse(bars);
        return new BarChart("Credits by month", "rolled over", "expired", bars);
    }
}
