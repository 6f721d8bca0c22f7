package dev.moviola.sweep.internal;

import dev.moviola.MoviolaException;
import dev.moviola.ledger.Parameters;
import dev.moviola.sweep.Dimension;
import dev.moviola.sweep.Domain;
import dev.moviola.sweep.Space;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** A space as a unit cube: where each parameter's coordinates lie, and the way between points and settings. */
public final class Coordinates {
    private static final int MOST_ATTEMPTS = 10_000;

    private final Space space;
    private final List<Dimension> dimensions;
    private final List<Domain> owners;

    Coordinates(Space space) {
        this.space = space;
        this.dimensions = space.dimensions();
        this.owners = new ArrayList<>();
        for (Dimension dimension : dimensions) {
            for (int i = 0; i < dimension.domain().width(); i++) {
                owners.add(dimension.domain());
            }
        }
    }

    /** How many coordinates there are. */
    int size() {
        return owners.size();
    }

    /** The domain that coordinate {@code index} belongs to. */
    Domain domain(int index) {
        return owners.get(index);
    }

    /** The settings at {@code point}, without parameters that are not active there. */
    Parameters settings(double[] point) {
        Map<String, Object> settings = new LinkedHashMap<>();
        int from = 0;
        for (Dimension dimension : dimensions) {
            if (dimension.active(settings)) {
                settings.put(dimension.name(), dimension.domain().at(point, from));
            }
            from += dimension.domain().width();
        }
        return Parameters.of(settings);
    }

    /** The point of {@code settings}; NaN where a parameter is missing or has a value from outside its domain. */
    double[] point(Parameters settings) {
        double[] point = new double[size()];
        Arrays.fill(point, Double.NaN);
        int from = 0;
        for (Dimension dimension : dimensions) {
            Object value = settings.asMap().get(dimension.name());
            if (value != null && dimension.domain().holds(value)) {
                dimension.domain().locate(value, point, from);
            }
            from += dimension.domain().width();
        }
        return point;
    }

    /**
     * The settings of the first of {@code points} that keep the constraints of the space.
     *
     * @param points gives the point of each attempt, from 0
     */
    Parameters feasible(IntFunction<double[]> points) {
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            Parameters settings = settings(points.apply(attempt));
            if (space.broken(settings).isEmpty()) {
                return settings;
            }
        }
        throw new MoviolaException("a space must leave room within its constraints, but none of " + MOST_ATTEMPTS
                + " points keeps "
                + space.constraints().stream().map(c -> c.text()).toList()
                + "; widen ranges or drop a constraint");
    }

    /** Uniform settings that keep the constraints. */
    Parameters random(Dice dice) {
        return feasible(attempt -> uniform(dice));
    }

    /** A uniform point. */
    double[] uniform(Dice dice) {
        double[] point = new double[size()];
        for (int i = 0; i < point.length; i++) {
            point[i] = dice.unit();
        }
        return point;
    }

    /** A uniform value of one domain, for a parameter that no sampler knows yet. */
    public static Object draw(Domain domain, String name, long seed, long number) {
        Dice dice = new Dice(seed, number, "first " + name);
        double[] point = new double[domain.width()];
        for (int i = 0; i < point.length; i++) {
            point[i] = dice.unit();
        }
        return domain.at(point, 0);
    }
}
