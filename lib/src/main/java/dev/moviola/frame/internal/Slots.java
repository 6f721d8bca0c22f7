package dev.moviola.frame.internal;

import dev.moviola.ledger.Parameters;
import dev.moviola.sweep.StudySnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The values of a parameter in a few slots: each value its own where there are few, else ranges of equal width on its
 * scale.
 */
public final class Slots {
    private final SweepAxis axis;
    private final List<Double> values;
    private final List<String> labels;

    private Slots(SweepAxis axis, List<Double> values, List<String> labels) {
        this.axis = axis;
        this.values = values;
        this.labels = labels;
    }

    /**
     * The slots for what the trials of a study tried.
     *
     * @param many how many values may have a slot each
     * @param few how many ranges there are where they are more
     */
    public static Slots of(SweepAxis axis, StudySnapshot study, int many, int few) {
        AxisScale scale = axis.scale();
        if (!scale.ordered()) {
            return new Slots(
                    axis,
                    List.of(),
                    scale.choices().stream()
                            .limit(many)
                            .map(choice ->
                                    choice instanceof Double number ? AxisScale.text(number) : String.valueOf(choice))
                            .toList());
        }
        TreeSet<Double> tried = new TreeSet<>();
        study.trials().forEach(trial -> {
            if (axis.value(trial.settings()) instanceof Number number) {
                tried.add(number.doubleValue());
            }
        });
        if (tried.size() <= many) {
            List<Double> values = List.copyOf(tried);
            return new Slots(axis, values, values.stream().map(AxisScale::text).toList());
        }
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < few; i++) {
            double from = scale.numberAt((double) i / few);
            double to = scale.numberAt((i + 1.0) / few);
            labels.add(scale.whole() ? whole(Math.ceil(from), Math.ceil(to) - 1) : three(from) + "–" + three(to));
        }
        return new Slots(axis, List.of(), labels);
    }

    /** What the slots are called, in order. */
    public List<String> labels() {
        return labels;
    }

    /** The slot of settings, from 0; -1 where the parameter is not active or its value has none. */
    public int of(Parameters settings) {
        Object value = axis.value(settings);
        if (!values.isEmpty()) {
            return value instanceof Number number ? values.indexOf(number.doubleValue()) : -1;
        }
        double at = axis.at(settings);
        if (Double.isNaN(at)) {
            return -1;
        }
        if (!axis.scale().ordered()) {
            int slot = axis.scale().choices().indexOf(value);
            return slot < labels.size() ? slot : -1;
        }
        // The ends of a whole range lie half a unit beyond its values, so no value falls between two slots.
        return (int) Math.max(0, Math.min(labels.size() - 1, Math.floor(at * labels.size())));
    }

    private static String whole(double from, double to) {
        return from >= to ? AxisScale.text(from) : AxisScale.text(from) + "–" + AxisScale.text(to);
    }

    private static String three(double value) {
        return AxisScale.text(new java.math.BigDecimal(value)
                .round(new java.math.MathContext(3))
                .doubleValue());
    }
}
