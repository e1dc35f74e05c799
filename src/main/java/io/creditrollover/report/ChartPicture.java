package io.creditrollover.report;

import java.awt.Color;
import java.awt.Font;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.Styler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A chart as PNG, because mail clients do not show SVG. Its own background suits light and dark mode. */
public final class ChartPicture {
    private static final Logger log = LoggerFactory.getLogger(ChartPicture.class);

    private static final Color GROUND = new Color(0xF4F6F8);
    private static final Color INK = new Color(0x1F2933);
    private static final Color LINES = new Color(0xD5DBE1);
    private static final Color LOWER = new Color(0x2F7D5B);
    private static final int MONTH_WIDTH = 40;
    private static final int LINE_HEIGHT = 90;
    private static final Color UPPER = new Color(0xD9822B);

    private ChartPicture() {}

    /** Returns empty if this machine has no fonts or cannot draw; the mail is sent without it. */
    public static Optional<byte[]> png(BarChart chart) {
        System.setProperty("java.awt.headless", "true");
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            ImageIO.write(BitmapEncoder.getBufferedImage(drawn(chart)), "png", bytes);
            return Optional.of(bytes.toByteArray());
        } catch (IOException | RuntimeException | LinkageError | InternalError undrawn) {
            log.info("The chart could not be drawn ({}). The mail is sent without it.", undrawn.toString());
            return Optional.empty();
        }
    }

    private static CategoryChart drawn(BarChart chart) {
        CategoryChart drawing = new CategoryChartBuilder()
                .width(1000)
                .height(560)
                .title(chart.title())
                .build();
        List<String> labels = chart.months().stream().map(BarChart.Month::label).toList();
        drawing.addSeries(chart.lower(), labels, values(chart, BarChart.Month::lower))
                .setFillColor(LOWER);
        drawing.addSeries(chart.upper(), labels, values(chart, BarChart.Month::upper))
                .setFillColor(UPPER);
        style(drawing);
        return drawing;
    }

    private static List<Long> values(BarChart chart, ToLongFunction<BarChart.Month> part) {
        return chart.months().stream().map(part::applyAsLong).toList();
    }

    private static void style(CategoryChart drawing) {
        // Phones show it at a third of its width.
        Font plain = new Font(Font.SANS_SERIF, Font.PLAIN, 28);
        drawing.getStyler().setStacked(true).setAvailableSpaceFill(0.7);
        drawing.getStyler()
                .setChartBackgroundColor(GROUND)
                .setPlotBackgroundColor(GROUND)
                .setLegendBackgroundColor(GROUND)
                .setChartFontColor(INK)
                .setPlotBorderVisible(false)
                .setLegendBorderColor(GROUND)
                .setLegendFont(plain)
                .setLegendPosition(Styler.LegendPosition.OutsideS)
                .setLegendLayout(Styler.LegendLayout.Horizontal)
                .setChartTitleFont(plain.deriveFont(Font.BOLD, 30f))
                .setChartPadding(24);
        drawing.getStyler()
                .setAxisTickLabelsFont(plain)
                .setAxisTickLabelsColor(INK)
                .setPlotGridLinesColor(LINES)
                .setPlotGridVerticalLinesVisible(false)
                .setAxisTicksMarksVisible(false)
                .setAxisTicksLineVisible(false)
                .setXAxisTickMarkSpacingHint(MONTH_WIDTH)
                .setYAxisTickMarkSpacingHint(LINE_HEIGHT)
                .setYAxisTickLabelsFormattingFunction(
                        figure -> figure == 0 ? "0" : BarChart.compact(Math.round(figure)));
    }
}
