package io.creditrollover.admin;

import io.creditrollover.exit.ExitException;
import io.creditrollover.report.BarChart;
import io.creditrollover.run.RunMode;
import io.creditrollover.run.RunOverview;
import io.creditrollover.run.RunRow;
import io.creditrollover.run.RunStatus;
import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

@OnlyWhenServing
@Controller
class MonthsPage {
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
        model.addAttribute("monthLinks", links(completed));
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
        if (!state.kind().isUnfinished()) {
            freshForecast(model);
        }
        boolean due = !next.isAfter(nextRun.now().toLocalDate());
        model.addAttribute("due", due);
        model.addAttribute(
                "dueSince", texts.time(next.atStartOfDay(texts.zone()).toInstant()));
        model.addAttribute("scheduled", nextRun.isScheduled());
        model.addAttribute("next", texts.time(nextRun.next().toInstant()));
    }

    /** Loaded after the page. A page that waits asks again, and gets 204 until there is news. */
    @GetMapping("/forecast")
    @Nullable ModelAndView forecast(
            @RequestParam(defaultValue = "false") boolean afresh,
            @RequestParam(defaultValue = "false") boolean waiting,
            HttpServletResponse response) {
        ModelAndView page = new ModelAndView("forecast :: figures");
        try {
            ForecastState state = forecasts.of(null, afresh);
            if (state.fresh() != null) {
                show(state.fresh(), page.getModelMap());
                return page;
            }
            if (state.failure() != null) {
                return page.addObject("uncomputed", state.failure().sentence());
            }
            if (waiting) {
                response.setStatus(HttpServletResponse.SC_NO_CONTENT);
                return null;
            }
            return page.addObject("since", state.workingSince() == null ? "" : texts.clock(state.workingSince()));
        } catch (ExitException refused) {
            return page.addObject("uncomputed", refused.sentence());
        }
    }

    /** A fresh forecast comes with the page: nothing moves when it is shown. */
    private void freshForecast(Model model) {
        try {
            ForecastState.Dated fresh = forecasts.of(null, false).fresh();
            if (fresh != null) {
                show(fresh, model.asMap());
            }
        } catch (ExitException refused) {
            // The page asks for the forecast itself, and shows this sentence.
        }
    }

    private void show(ForecastState.Dated fresh, Map<String, Object> model) {
        model.put("forecast", ForecastView.of(fresh.forecast(), fresh.asOf()));
        model.put("clock", texts.clock(fresh.asOf()));
        model.put("computed", texts.time(fresh.asOf()));
    }

    private static Map<String, String> links(List<RunRow> completed) {
        Map<String, String> links = new HashMap<>();
        completed.forEach(run -> links.put(run.date().toString().substring(0, 7), "/runs/" + run.executionId()));
        return links;
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
