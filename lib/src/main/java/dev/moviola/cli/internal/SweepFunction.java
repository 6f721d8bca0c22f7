package dev.moviola.cli.internal;

import dev.moviola.ledger.Parameters;
import dev.moviola.sweep.Space;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A function on which samplers are compared.
 *
 * @param name its name
 * @param space where it is defined
 * @param optimum its least value
 * @param function gives its value at settings of the space
 */
record SweepFunction(String name, Space space, double optimum, ToDoubleFunction<Parameters> function) {
    private static final double[] HARTMANN_HEIGHTS = {1, 1.2, 3, 3.2};
    private static final double[][] HARTMANN_WIDTHS = {
        {10, 3, 17, 3.5, 1.7, 8}, {0.05, 10, 17, 0.1, 8, 14}, {3, 3.5, 1.7, 10, 17, 8}, {17, 8, 0.05, 10, 0.1, 14}
    };
    private static final double[][] HARTMANN_CENTRES = {
        {0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886},
        {0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991},
        {0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650},
        {0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381}
    };

    /** How far above the optimum the function is at {@code settings}. */
    double regret(Parameters settings) {
        return function.applyAsDouble(settings) - optimum;
    }

    /** Six well-known functions, as Surjanovic and Bingham's "Virtual library of simulation experiments" has them, and two with parameters of several kinds. */
    static List<SweepFunction> all() {
        return List.of(
                new SweepFunction("sphere", box(5, -5, 10), 0, at -> {
                    double sum = 0;
                    for (double x : numbers(at)) {
                        sum += x * x;
                    }
                    return sum;
                }),
                new SweepFunction("rosenbrock", box(4, -2, 3), 0, at -> {
                    double[] x = numbers(at);
                    double sum = 0;
                    for (int i = 0; i + 1 < x.length; i++) {
                        sum += 100 * square(x[i + 1] - x[i] * x[i]) + square(1 - x[i]);
                    }
                    return sum;
                }),
                new SweepFunction("rastrigin", box(5, -4, 6), 0, at -> {
                    double sum = 0;
                    for (double x : numbers(at)) {
                        sum += x * x - 10 * StrictMath.cos(2 * Math.PI * x) + 10;
                    }
                    return sum;
                }),
                new SweepFunction("ackley", box(5, -15, 30), 0, SweepFunction::ackley),
                new SweepFunction("branin", Space.empty().real("x0", -5, 10).real("x1", 0, 15), 0.397887, at -> {
                    double[] x = numbers(at);
                    return square(x[1] - 5.1 / (4 * Math.PI * Math.PI) * x[0] * x[0] + 5 / Math.PI * x[0] - 6)
                            + 10 * (1 - 1 / (8 * Math.PI)) * StrictMath.cos(x[0])
                            + 10;
                }),
                new SweepFunction("hartmann6", box(6, 0, 1), -3.32237, SweepFunction::hartmann),
                new SweepFunction(
                        "mixed",
                        Space.empty()
                                .real("x", -5, 5)
                                .logReal("rate", 1e-5, 1)
                                .integer("layers", 1, 20)
                                .choice("kind", "a", "b", "c", "d"),
                        0,
                        SweepFunction::mixed),
                new SweepFunction(
                        "conditional",
                        Space.empty()
                                .choice("model", "tree", "kernel", "net")
                                .integer("depth", 1, 32)
                                .when("model", "tree")
                                .logReal("penalty", 1e-3, 1e3)
                                .when("model", "kernel")
                                .choice("shape", "linear", "round")
                                .when("model", "kernel")
                                .logReal("width", 1e-4, 10)
                                .when("shape", "round")
                                .integer("layers", 1, 6)
                                .when("model", "net")
                                .logReal("rate", 1e-5, 1)
                                .when("model", "net"),
                        0.1,
                        SweepFunction::conditional));
    }

    private static double ackley(Parameters at) {
        double[] x = numbers(at);
        double squares = 0;
        double waves = 0;
        for (double v : x) {
            squares += v * v;
            waves += StrictMath.cos(2 * Math.PI * v);
        }
        return 20
                + Math.E
                - 20 * StrictMath.exp(-0.2 * Math.sqrt(squares / x.length))
                - StrictMath.exp(waves / x.length);
    }

    private static double hartmann(Parameters at) {
        double[] x = numbers(at);
        double sum = 0;
        for (int i = 0; i < HARTMANN_HEIGHTS.length; i++) {
            double inner = 0;
            for (int j = 0; j < x.length; j++) {
                inner += HARTMANN_WIDTHS[i][j] * square(x[j] - HARTMANN_CENTRES[i][j]);
            }
            sum -= HARTMANN_HEIGHTS[i] * StrictMath.exp(-inner);
        }
        return sum;
    }

    /** The kind moves the best x and adds to the loss; rate and layers depend on each other. */
    private static double mixed(Parameters at) {
        int kind = "abcd".indexOf(at.text("kind"));
        double rate = StrictMath.log10(at.number("rate")) + 3;
        double layers = (at.integer("layers") - 13) / 4.0;
        double[] best = {-3, 1.5, 3, 0};
        double[] surcharge = {0.5, 0, 1, 2};
        return square(at.number("x") - best[kind]) + square(rate + layers) + 0.5 * layers * layers + surcharge[kind];
    }

    private static double conditional(Parameters at) {
        switch (at.text("model")) {
            case "tree":
                return 0.3 + square((at.integer("depth") - 9) / 10.0);
            case "kernel":
                double penalty = 0.1 * square(StrictMath.log10(at.number("penalty")) - 1);
                return at.text("shape").equals("linear")
                        ? 0.4 + penalty
                        : 0.1 + penalty + 0.2 * square(StrictMath.log10(at.number("width")) + 2);
            default:
                return 0.2
                        + 0.05 * square(at.integer("layers") - 3)
                        + 0.2 * square(StrictMath.log10(at.number("rate")) + 3);
        }
    }

    private static Space box(int dimensions, double low, double high) {
        Space space = Space.empty();
        for (int i = 0; i < dimensions; i++) {
            space = space.real("x" + i, low, high);
        }
        return space;
    }

    private static double[] numbers(Parameters at) {
        double[] x = new double[at.asMap().size()];
        for (int i = 0; i < x.length; i++) {
            x[i] = at.number("x" + i);
        }
        return x;
    }

    private static double square(double x) {
        return x * x;
    }
}
