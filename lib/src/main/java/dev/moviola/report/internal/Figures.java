package dev.moviola.report.internal;

import dev.moviola.frame.ChartImage;
import dev.moviola.frame.ChartTheme;
import java.util.Base64;
import java.util.function.Function;
import org.knowm.xchart.internal.chartpart.IChart;

/** Charts as HTML: a light and a dark picture inside the page, of which the reader's browser takes one. */
final class Figures {
    private Figures() {}

    /** A figure. */
    static String of(Function<ChartTheme, ? extends IChart> chart) {
        IChart light = chart.apply(ChartTheme.LIGHT);
        return "<figure><picture><source media=\"(prefers-color-scheme: dark)\" srcset=\""
                + picture(chart.apply(ChartTheme.DARK)) + "\"><img src=\"" + picture(light) + "\" width=\""
                + light.getWidth() + "\" height=\"" + light.getHeight() + "\" alt=\""
                + PageTemplate.escape(light.getTitle()) + "\"></picture></figure>";
    }

    private static String picture(IChart chart) {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(ChartImage.png(chart));
    }
}
