package dev.moviola.kernel.magic.internal;

import java.util.Locale;

/** Times as people write them. */
final class Durations {
    private static final String[] UNITS = {"ns", "µs", "ms", "s"};

    private Durations() {}

    static String text(double nanos) {
        double value = nanos;
        int unit = 0;
        while (value >= 1_000 && unit + 1 < UNITS.length) {
            value /= 1_000;
            unit++;
        }
        if (unit == 3 && value >= 60) {
            long seconds = Math.round(value);
            return seconds / 60 + " min " + seconds % 60 + " s";
        }
        String format = value >= 100 ? "%.0f %s" : value >= 10 ? "%.1f %s" : "%.2f %s";
        return String.format(Locale.ROOT, format, value, UNITS[unit]);
    }
}
