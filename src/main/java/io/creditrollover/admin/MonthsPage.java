package io.creditrollover.admin;

import io.creditrollover.exit.ExitException;
import io.creditrollover.report.BarChart;
import io.creditrollover.run.RolloverService;
import io.creditrollover.run.RunMode;
import io.creditrollover.run.RunStatus;
import io.creditrollover.run.RunSummary;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

@OnlyWhenServing
@Controller
class MonthsPage {
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

    /**
     * Loaded after the page, and again by a page that waits: such a request is answered with 204 until there is news.
     *
     * @param afresh compute again, for everybody
     */
    @GetMapping("/forecast")
    @Nullable ModelAndView forecast(
            @RequestParam(defaultValue = "false") boolean afresh,
            @RequestParam(defaultValue = "false") boolean waiting,
            HttpServletResponse response) {
        ModelAndView page = new ModelAndView("forecast :: figures");
        try {
            ForecastState state = forecasts.of(null, afresh);
            ForecastState.Dated fresh = state.fresh();
            if (fresh != null) {
                return page.addObject("outlook", ForecastView.of(fresh.outlook()))
                        .addObject("clock", texts.clock(fresh.asOf()))
                        .addObject("computed", texts.time(fresh.asOf()));
            }
            if (state.failure() != null) {
                return page.addObject("refused", state.failure().sentence());
            }
            if (waiting) {
                response.setStatus(HttpServletResponse.SC_NO_CONTENT);
                return null;
            }
            return page.addObject("since", state.workingSince() == null ? "" : texts.clock(state.workingSince()));
        } catch (ExitException refused) {
            return page.addObject("refused", refused.sentence());
        }
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
