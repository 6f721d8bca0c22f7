package dev.moviola.sweep;

import dev.moviola.MoviolaException;
import dev.moviola.ledger.Parameters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The values that one parameter may take, and how they lie in the unit cube in which samplers work.
 *
 * <p>A domain takes {@link #width()} coordinates, each in 0..1. Logarithms and powers are those of {@link StrictMath},
 * so that a coordinate means the same value on every JDK.
 */
public sealed interface Domain {
    /** How many coordinates a value takes. */
    int width();

    /** The value at the coordinates {@code unit[from] … unit[from + width - 1]}, each of which is clamped to 0..1. */
    Object at(double[] unit, int from);

    /** Writes coordinates of {@code value} to {@code unit[from] …}; {@link #at} of them gives the value again. */
    void locate(Object value, double[] unit, int from);

    /** Whether {@code value}, in the canonical form of {@link Parameters}, may be taken. */
    boolean holds(@Nullable Object value);

    /** How many values there are, or 0 when they are a continuum. */
    long size();

    /** Whether values lie in an order, so that neighbours are alike. */
    boolean ordered();

    /** The domain as {@link Space#parse} reads it. */
    Parameters toParameters();

    /**
     * Real numbers.
     *
     * @param low the least value
     * @param high the greatest value, greater than {@code low}
     * @param log whether ratios count instead of differences; {@code low} must then be above 0
     * @param step the distance of values from {@code low} on, null for a continuum; not with {@code log}
     */
    record Real(
            double low, double high, boolean log, @Nullable Double step) implements Domain {
        /** Checks the rules. */
        public Real {
            require(
                    Double.isFinite(low) && Double.isFinite(high) && low < high && Double.isFinite(high - low),
                    "a range must go from a finite number up to a greater one, but was " + low + ".." + high);
            require(!log || low > 0, "a log range must lie above 0, but was " + low + ".." + high);
            require(!log || step == null, "a log range must have no step, but had " + step);
            require(
                    step == null || (step > 0 && step <= high - low),
                    "a step must be in 0.." + (high - low) + " and not 0, but was " + step);
            require(
                    step == null || (high - low) / step < 1e15,
                    "a range must hold less than 1e15 steps, but " + low + ".." + high + " has step " + step);
        }

        @Override
        public int width() {
            return 1;
        }

        @Override
        public Object at(double[] unit, int from) {
            double u = clamp(unit[from]);
            if (step != null) {
                return stepped(Math.min(size() - 1, (long) (u * size())));
            }
            double value = log
                    ? StrictMath.exp(StrictMath.log(low) + u * (StrictMath.log(high) - StrictMath.log(low)))
                    : low + u * (high - low);
            return Math.min(high, Math.max(low, value));
        }

        @Override
        public void locate(Object value, double[] unit, int from) {
            double x = ((Number) value).doubleValue();
            if (step != null) {
                unit[from] = (Math.rint((x - low) / step) + 0.5) / size();
            } else if (log) {
                unit[from] = (StrictMath.log(x) - StrictMath.log(low)) / (StrictMath.log(high) - StrictMath.log(low));
            } else {
                unit[from] = (x - low) / (high - low);
            }
        }

        @Override
        public boolean holds(@Nullable Object value) {
            if (!(value instanceof Number number)) {
                return false;
            }
            double x = number.doubleValue();
            return x >= low && x <= high && (step == null || Math.abs(stepped(rank(x)) - x) <= 1e-9 * step);
        }

        @Override
        public long size() {
            return step == null ? 0 : rank(high + 1e-9 * step) + 1;
        }

        @Override
        public boolean ordered() {
            return true;
        }

        @Override
        public Parameters toParameters() {
            return Parameters.of("real", List.of(low, high))
                    .with("log", log ? true : null)
                    .with("step", step);
        }

        private long rank(double x) {
            double width = step == null ? 1 : step;
            return (long) Math.floor((x - low) / width + 1e-9);
        }

        private double stepped(long rank) {
            return Math.min(high, low + rank * (step == null ? 1 : step));
        }
    }

    /**
     * Whole numbers.
     *
     * @param low the least value
     * @param high the greatest value, not less than {@code low}
     * @param log whether ratios count instead of differences; {@code low} must then be above 0
     * @param step the distance of values from {@code low} on, at least 1; 1 with {@code log}
     */
    record Whole(long low, long high, boolean log, long step) implements Domain {
        /** Checks the rules. */
        public Whole {
            require(
                    low <= high && Math.abs((double) low) < 1e15 && Math.abs((double) high) < 1e15,
                    "a range must go up and stay within ±1e15, but was " + low + ".." + high);
            require(!log || low > 0, "a log range must lie above 0, but was " + low + ".." + high);
            require(step >= 1, "a step must be at least 1, but was " + step);
            require(!log || step == 1, "a log range must have no step, but had " + step);
        }

        @Override
        public int width() {
            return 1;
        }

        @Override
        public Object at(double[] unit, int from) {
            double u = clamp(unit[from]);
            if (log) {
                double value = StrictMath.exp(bottom() + u * (top() - bottom()));
                return Math.min(high, Math.max(low, (long) Math.rint(value)));
            }
            return low + step * Math.min(size() - 1, (long) (u * size()));
        }

        @Override
        public void locate(Object value, double[] unit, int from) {
            long x = ((Number) value).longValue();
            unit[from] = log
                    ? (StrictMath.log(x) - bottom()) / (top() - bottom())
                    : ((double) ((x - low) / step) + 0.5) / size();
        }

        @Override
        public boolean holds(@Nullable Object value) {
            return value instanceof Long x && x >= low && x <= high && (x - low) % step == 0;
        }

        @Override
        public long size() {
            return (high - low) / step + 1;
        }

        @Override
        public boolean ordered() {
            return true;
        }

        @Override
        public Parameters toParameters() {
            return Parameters.of("integer", List.of(low, high))
                    .with("log", log ? true : null)
                    .with("step", step == 1 ? null : step);
        }

        // Half a unit beyond each end, so that the end values are as likely as their neighbours.
        private double bottom() {
            return StrictMath.log(low - 0.5);
        }

        private double top() {
            return StrictMath.log(high + 0.5);
        }
    }

    /**
     * One of a few values without an order.
     *
     * @param choices texts, numbers or truth values, each once
     */
    record Choice(List<Object> choices) implements Domain {
        /** Checks the rules and brings the choices into canonical form. */
        public Choice {
            choices = Parameters.of("choices", choices).list("choices");
            require(
                    !choices.isEmpty() && choices.size() <= 10_000,
                    "there must be 1..10000 choices, but there were " + choices.size());
            require(
                    new LinkedHashSet<>(choices).size() == choices.size(),
                    "each choice must be named once, but there were " + choices);
            for (Object choice : choices) {
                require(
                        !(choice instanceof List) && !(choice instanceof Map),
                        "a choice must be text, a number or true or false, but was " + choice);
            }
        }

        @Override
        public int width() {
            return 1;
        }

        @Override
        public Object at(double[] unit, int from) {
            return choices.get((int) Math.min(choices.size() - 1, (long) (clamp(unit[from]) * choices.size())));
        }

        @Override
        public void locate(Object value, double[] unit, int from) {
            unit[from] = (choices.indexOf(value) + 0.5) / choices.size();
        }

        @Override
        public boolean holds(@Nullable Object value) {
            return value != null && choices.contains(value);
        }

        @Override
        public long size() {
            return choices.size();
        }

        @Override
        public boolean ordered() {
            return false;
        }

        @Override
        public Parameters toParameters() {
            return Parameters.of("choice", choices);
        }
    }

    /**
     * Weights that sum to one; the value is an object of name and weight. Uniform coordinates give uniform weights.
     *
     * @param parts names of the weights, at least two
     * @param atLeast weights below this are set to 0 and their share is given to the others, so that subsets arise; in
     *     0..1/parts
     */
    record Simplex(List<String> parts, double atLeast) implements Domain {
        /** Checks the rules. */
        public Simplex {
            parts = List.copyOf(parts);
            require(
                    parts.size() >= 2 && new LinkedHashSet<>(parts).size() == parts.size(),
                    "a simplex must have two or more parts, each named once, but had " + parts);
            require(
                    atLeast >= 0 && atLeast <= 1.0 / parts.size(),
                    "at_least must be in 0.." + 1.0 / parts.size() + ", but was " + atLeast);
        }

        @Override
        public int width() {
            return parts.size();
        }

        @Override
        public Object at(double[] unit, int from) {
            int n = parts.size();
            double[] weight = new double[n];
            double total = 0;
            for (int i = 0; i < n; i++) {
                weight[i] = 0.0 - StrictMath.log(Math.max(1e-12, clamp(unit[from + i])));
                total += weight[i];
            }
            for (int i = 0; i < n; i++) {
                weight[i] = total > 0 ? weight[i] / total : 1.0 / n;
            }
            drop(weight);
            Map<String, Object> value = new TreeMap<>();
            for (int i = 0; i < n; i++) {
                value.put(parts.get(i), weight[i]);
            }
            return Collections.unmodifiableMap(value);
        }

        @Override
        public void locate(Object value, double[] unit, int from) {
            Map<?, ?> weights = (Map<?, ?>) value;
            // The sum of n standard exponentials is n on average; any other scale would give the same weights.
            for (int i = 0; i < parts.size(); i++) {
                Object weight = weights.get(parts.get(i));
                double w = weight instanceof Number number ? number.doubleValue() : 0;
                unit[from + i] = StrictMath.exp(-w * parts.size());
            }
        }

        @Override
        public boolean holds(@Nullable Object value) {
            if (!(value instanceof Map<?, ?> weights) || weights.size() != parts.size()) {
                return false;
            }
            double sum = 0;
            for (String part : parts) {
                if (!(weights.get(part) instanceof Number number)) {
                    return false;
                }
                double weight = number.doubleValue();
                if (weight < 0 || (weight > 0 && weight < atLeast - 1e-9)) {
                    return false;
                }
                sum += weight;
            }
            return Math.abs(sum - 1) <= 1e-9;
        }

        @Override
        public long size() {
            return 0;
        }

        @Override
        public boolean ordered() {
            return true;
        }

        @Override
        public Parameters toParameters() {
            return Parameters.of("simplex", parts).with("at_least", atLeast == 0 ? null : atLeast);
        }

        private void drop(double[] weight) {
            while (true) {
                int least = -1;
                for (int i = 0; i < weight.length; i++) {
                    if (weight[i] > 0 && weight[i] < atLeast && (least < 0 || weight[i] < weight[least])) {
                        least = i;
                    }
                }
                if (least < 0) {
                    return;
                }
                double rest = 1 - weight[least];
                weight[least] = 0;
                for (int i = 0; i < weight.length; i++) {
                    weight[i] /= rest;
                }
            }
        }
    }

    /** Every value, in order, of a domain that is no continuum; {@code levels} values of one that is. */
    default List<Object> grid(int levels) {
        long count = size() == 0 ? levels : size();
        if (width() != 1 || count < 1 || count > 1_000_000) {
            throw new MoviolaException("a grid must have 1..1000000 values of each parameter and no simplex, but "
                    + toParameters() + " has " + (width() != 1 ? "several weights" : count + " values")
                    + "; set a step, give levels, or use another sampler");
        }
        List<Object> values = new ArrayList<>();
        if (this instanceof Whole whole) {
            for (long i = 0; i < count; i++) {
                values.add(whole.low() + i * whole.step());
            }
            return values;
        }
        for (long i = 0; i < count; i++) {
            double unit = size() > 0 ? (i + 0.5) / count : count == 1 ? 0.5 : (double) i / (count - 1);
            values.add(at(new double[] {unit}, 0));
        }
        return values;
    }

    private static double clamp(double unit) {
        return Math.min(1, Math.max(0, unit));
    }

    private static void require(boolean rule, String message) {
        if (!rule) {
            throw new MoviolaException(message);
        }
    }
}
