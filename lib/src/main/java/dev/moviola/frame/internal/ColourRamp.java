package dev.moviola.frame.internal;

import dev.moviola.frame.ChartTheme;
import java.awt.Color;

/** Colours from the worst value, near the paper, to the best, which stands out; lightness changes all along. */
public final class ColourRamp {
    private static final int[] LIGHT = {0xe6dccb, 0xe0b184, 0xcf7a3c, 0xa83c16, 0x4a1206};
    private static final int[] DARK = {0x3d3831, 0x6f4630, 0xb4603a, 0xff9a6b, 0xfff0dc};

    private ColourRamp() {}

    /**
     * The colour for how good a value is.
     *
     * @param goodness 0 for the worst to 1 for the best, clamped
     */
    public static Color of(double goodness, ChartTheme theme) {
        int[] stops = theme == ChartTheme.DARK ? DARK : LIGHT;
        double place = Math.max(0, Math.min(1, goodness)) * (stops.length - 1);
        int from = (int) Math.min(stops.length - 2, place);
        return mix(new Color(stops[from]), new Color(stops[from + 1]), place - from);
    }

    /** A colour between two. */
    public static Color mix(Color from, Color to, double share) {
        return new Color(
                level(from.getRed(), to.getRed(), share),
                level(from.getGreen(), to.getGreen(), share),
                level(from.getBlue(), to.getBlue(), share));
    }

    /** The colour, letting through what is behind it. */
    public static Color sheer(Color colour, double opacity) {
        return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), (int)
                Math.round(255 * Math.max(0, Math.min(1, opacity))));
    }

    private static int level(int from, int to, double share) {
        return (int) Math.round(from + share * (to - from));
    }
}
