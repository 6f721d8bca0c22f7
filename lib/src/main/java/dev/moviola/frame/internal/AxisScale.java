package dev.moviola.frame.internal;

import dev.moviola.sweep.Domain;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where values lie on an axis from 0 to 1, and where its ticks are: numbers, numbers of which ratios count, or a few
 * choices side by side.
 */
public final class AxisScale {
    private static final double[] NICE = {1, 2, 5, 10};

    private final double low;
    private final double high;
    private final boolean log;
    private final boolean whole;
    private final List<Object> choices;

    private AxisScale(double low, double high, boolean log, boolean whole, List<Object> choices) {
        this.low = low;
        this.high = high;
        this.log = log;
        this.whole = whole;
        this.choices = choices;
    }

    /**
     * A tick of an axis.
     *
     * @param at where, 0..1
     * @param label what stands beside it
     */
    public record Tick(double at, String label) {}

    /** The scale of a parameter that is no simplex. */
    public static AxisScale of(Domain domain) {
        if (domain instanceof Domain.Choice choice) {
            return new AxisScale(0, choice.choices().size(), false, false, choice.choices());
        }
        if (domain instanceof Domain.Whole range) {
            // Half a unit on both sides, so that marks at the ends do not lie on the frame.
            return range.log()
                    ? new AxisScale(Math.max(0.5, range.low() - 0.5), range.high() + 0.5, true, true, List.of())
                    : new AxisScale(range.low() - 0.5, range.high() + 0.5, false, true, List.of());
        }
        if (domain instanceof Domain.Real range) {
            return new AxisScale(range.low(), range.high(), range.log(), false, List.of());
        }
        return share();
    }

    /** The scale of a share of a whole, 0..1. */
    public static AxisScale share() {
        return new AxisScale(0, 1, false, false, List.of());
    }

    /** A linear scale from {@code low} to {@code high}. */
    public static AxisScale linear(double low, double high) {
        return low < high
                ? new AxisScale(low, high, false, false, List.of())
                : new AxisScale(low - 0.5, low + 0.5, false, false, List.of());
    }

    /** A linear scale of whole numbers from {@code low} to {@code high}. */
    public static AxisScale counting(double low, double high) {
        return new AxisScale(low, Math.max(low + 1, high), false, true, List.of());
    }

    /**
     * A scale for values that were measured: the ends are theirs, logarithmic when they are above 0 and span more than
     * three decades. Where a few lie so far on the bad side that the rest would be squeezed together, the scale ends
     * before them.
     *
     * @param lessIsBetter which side is the good one
     */
    public static AxisScale measured(double[] values, boolean lessIsBetter) {
        double[] sorted =
                Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
        if (sorted.length == 0) {
            return linear(0, 1);
        }
        double low = sorted[0];
        double high = sorted[sorted.length - 1];
        if (low > 0 && high / low >= 1_000) {
            return new AxisScale(low, high, true, false, List.of());
        }
        double first = sorted[sorted.length / 4];
        double third = sorted[sorted.length * 3 / 4];
        if (sorted.length >= 8 && third > first) {
            if (lessIsBetter) {
                high = Math.min(high, third + 4 * (third - first));
            } else {
                low = Math.max(low, first - 4 * (third - first));
            }
        }
        return linear(low, high);
    }

    /** Whether there is an order, so that between two values lie others. */
    public boolean ordered() {
        return choices.isEmpty();
    }

    /** Whether ratios count. */
    public boolean log() {
        return log;
    }

    /** Whether only whole numbers are on it. */
    public boolean whole() {
        return whole;
    }

    /** The choices; empty where there is an order. */
    public List<Object> choices() {
        return choices;
    }

    /** Where {@code value} lies: 0..1 on the axis, beyond it where it is out of range; NaN for what has no place. */
    public double at(@Nullable Object value) {
        if (!choices.isEmpty()) {
            int place = choices.indexOf(value);
            return place < 0 ? Double.NaN : (place + 0.5) / choices.size();
        }
        if (!(value instanceof Number number)) {
            return Double.NaN;
        }
        double x = number.doubleValue();
        return log ? Math.log(x / low) / Math.log(high / low) : (x - low) / (high - low);
    }

    /** The number at {@code at}; for choices the index of the one that is there. */
    public double numberAt(double at) {
        if (!choices.isEmpty()) {
            return Math.max(0, Math.min(choices.size() - 1, Math.floor(at * choices.size())));
        }
        return log ? low * Math.pow(high / low, at) : low + at * (high - low);
    }

    /**
     * Ticks at round values.
     *
     * @param most about how many fit; all choices have theirs whatever fits
     */
    public List<Tick> ticks(int most) {
        List<Tick> ticks = new ArrayList<>();
        if (!choices.isEmpty()) {
            int every = Math.max(1, (int) Math.ceil(choices.size() / (double) Math.max(1, most)));
            for (int i = 0; i < choices.size(); i += every) {
                Object choice = choices.get(i);
                String label = choice instanceof Double number ? text(number) : String.valueOf(choice);
                ticks.add(new Tick((i + 0.5) / choices.size(), ChartStyle.drawable(label)));
            }
            return ticks;
        }
        for (double value : log ? decades(Math.max(2, most)) : steps(Math.max(2, most))) {
            ticks.add(new Tick(at(value), text(value)));
        }
        return ticks;
    }

    /** A number with as few digits as tell it from its neighbours on an axis. */
    public static String text(double value) {
        if (value == 0) {
            return "0";
        }
        double size = Math.abs(value);
        if (size >= 1e6 || size < 1e-4) {
            String text = String.format(Locale.ROOT, "%.2e", value);
            return text.replaceAll("\\.?0+e", "e")
                    .replaceAll("e([+-])0*(\\d)", "e$1$2")
                    .replace("e+", "e");
        }
        return java.math.BigDecimal.valueOf(value)
                .round(new java.math.MathContext(4))
                .stripTrailingZeros()
                .toPlainString();
    }

    private List<Double> steps(int most) {
        double raw = (high - low) / most;
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        double step = power;
        for (double nice : NICE) {
            step = nice * power;
            if (step >= raw * 0.999) {
                break;
            }
        }
        if (whole) {
            step = Math.max(1, Math.rint(step));
        }
        List<Double> values = new ArrayList<>();
        double tolerance = 1e-9 * (high - low);
        for (double k = Math.ceil((low - tolerance) / step); k * step <= high + tolerance; k++) {
            values.add(k * step);
        }
        return values;
    }

    private List<Double> decades(int most) {
        double span = Math.log10(high / low);
        double[] within = span <= 0.35 * most
                ? new double[] {1, 2, 5}
                : span <= 0.6 * most ? new double[] {1, 3} : new double[] {1};
        int every = (int) Math.max(1, Math.ceil(span / most));
        List<Double> values = new ArrayList<>();
        for (int power = (int) Math.floor(Math.log10(low)); power <= Math.log10(high) + 1e-9; power++) {
            for (double factor : within) {
                double value = factor * Math.pow(10, power);
                if (value >= low * (1 - 1e-9)
                        && value <= high * (1 + 1e-9)
                        && Math.floorMod(power, every) == 0
                        && (!whole || value >= 1)) {
                    values.add(value);
                }
            }
        }
        return values.size() >= 2 ? values : steps(most);
    }
}
