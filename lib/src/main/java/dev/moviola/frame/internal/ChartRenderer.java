package dev.moviola.frame.internal;

import dev.moviola.display.MimeBundle;
import dev.moviola.display.RenderLimits;
import dev.moviola.display.Renderer;
import dev.moviola.frame.ChartImage;
import org.knowm.xchart.internal.chartpart.Chart;

/** Shows an XChart chart as a sharp PNG. */
@SuppressWarnings("rawtypes")
public final class ChartRenderer implements Renderer<Chart> {
    @Override
    public Class<Chart> type() {
        return Chart.class;
    }

    @Override
    public MimeBundle render(Chart chart, RenderLimits limits) {
        String title = chart.getTitle() == null ? "" : chart.getTitle();
        String text = "[chart" + (title.isBlank() ? "" : ": " + title) + ", " + chart.getWidth() + " x "
                + chart.getHeight() + "]";
        return MimeBundle.png(ChartImage.png(chart), text).sized(MimeBundle.PNG, chart.getWidth(), chart.getHeight());
    }
}
