package dev.moviola.frame.internal;

import dev.moviola.ledger.Parameters;
import dev.moviola.sweep.Dimension;
import dev.moviola.sweep.Domain;
import dev.moviola.sweep.Space;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A parameter as it is drawn; a simplex is one for each of its weights.
 *
 * @param name of the parameter, for a weight with its name after a dot
 * @param dimension name of the parameter
 * @param part name of the weight, null where the parameter is no simplex
 * @param scale where its values lie
 */
public record SweepAxis(
        String name, String dimension, @Nullable String part, AxisScale scale) {
    /** All axes of a space, in its order. */
    public static List<SweepAxis> of(Space space) {
        List<SweepAxis> axes = new ArrayList<>();
        for (Dimension dimension : space.dimensions()) {
            if (dimension.domain() instanceof Domain.Simplex simplex) {
                for (String part : simplex.parts()) {
                    axes.add(new SweepAxis(dimension.name() + "." + part, dimension.name(), part, AxisScale.share()));
                }
            } else {
                axes.add(new SweepAxis(dimension.name(), dimension.name(), null, AxisScale.of(dimension.domain())));
            }
        }
        return axes;
    }

    /** The value in {@code settings}; null where the parameter is not active. */
    public @Nullable Object value(Parameters settings) {
        Object value = settings.asMap().get(dimension);
        return part != null && value instanceof Map<?, ?> weights ? weights.get(part) : value;
    }

    /** Where {@code settings} lie on the axis, 0..1; NaN where the parameter is not active. */
    public double at(Parameters settings) {
        return scale.at(value(settings));
    }
}
