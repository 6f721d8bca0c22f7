package dev.moviola.frame;

import dev.moviola.MoviolaException;
import dev.moviola.display.Displayable;
import dev.moviola.display.MimeBundle;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.util.List;
import org.knowm.xchart.internal.chartpart.IChart;

/** Several charts in one picture, row by row below a title. */
public final class ChartSheet implements IChart, Displayable {
    private static final int TITLE = 38;

    private final String title;
    private final List<? extends IChart> charts;
    private final int columns;
    private final ChartTheme theme;

    /**
     * A sheet of charts of one size.
     *
     * @param columns charts in a row, at least 1
     */
    public ChartSheet(String title, List<? extends IChart> charts, int columns, ChartTheme theme) {
        if (columns < 1) {
            throw new MoviolaException("a sheet must have 1 or more charts in a row, but was to have " + columns);
        }
        this.title = title;
        this.charts = List.copyOf(charts);
        this.columns = columns;
        this.theme = theme;
    }

    /** The charts, row by row. */
    public List<IChart> charts() {
        return List.copyOf(charts);
    }

    @Override
    public String getTitle() {
        return title;
    }

    @Override
    public int getWidth() {
        return Math.max(400, Math.min(columns, charts.size()) * widest());
    }

    @Override
    public int getHeight() {
        return TITLE + (charts.size() + columns - 1) / columns * highest();
    }

    @Override
    public void paint(Graphics2D graphics, int width, int height) {
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setColor(theme.paper());
        graphics.fillRect(0, 0, width, height);
        graphics.setColor(theme.ink());
        graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 15));
        graphics.drawString(title, (width - graphics.getFontMetrics().stringWidth(title)) / 2, TITLE - 12);
        for (int i = 0; i < charts.size(); i++) {
            IChart chart = charts.get(i);
            Graphics2D part = (Graphics2D) graphics.create(
                    i % columns * widest(), TITLE + i / columns * highest(), chart.getWidth(), chart.getHeight());
            chart.paint(part, chart.getWidth(), chart.getHeight());
            part.dispose();
        }
    }

    @Override
    public MimeBundle display() {
        String text = "[chart: " + title + ", " + getWidth() + " x " + getHeight() + "]";
        return MimeBundle.png(ChartImage.png(this), text).sized(MimeBundle.PNG, getWidth(), getHeight());
    }

    private int widest() {
        return charts.stream().mapToInt(IChart::getWidth).max().orElse(0);
    }

    private int highest() {
        return charts.stream().mapToInt(IChart::getHeight).max().orElse(0);
    }
}
