package dev.moviola.sweep;

import dev.moviola.ledger.Parameters;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/** Functions with known optima, on which samplers are compared. */
record TestFunctions(Space space, ToDoubleFunction<double[]> function) {
    /** The sum of squares in five dimensions; the optimum is 0. */
    static final TestFunctions SPHERE = new TestFunctions(
            box(5, -5, 10), x -> Arrays.stream(x).map(v -> v * v).sum());

    /** Branin's function; the optimum is 0.397887. */
    static final TestFunctions BRANIN = new TestFunctions(
            Space.empty().real("x0", -5, 10).real("x1", 0, 15),
            x -> square(x[1] - 5.1 / (4 * Math.PI * Math.PI) * x[0] * x[0] + 5 / Math.PI * x[0] - 6)
                    + 10 * (1 - 1 / (8 * Math.PI)) * StrictMath.cos(x[0])
                    + 10);

    /** Hartmann's function in six dimensions; the optimum is -3.32237. */
    static final TestFunctions HARTMANN = new TestFunctions(box(6, 0, 1), TestFunctions::hartmann);

    /** Hartmann's function in three dimensions, of which the first hardly matters; the optimum is -3.86278. */
    static final TestFunctions HARTMANN_3 = new TestFunctions(box(3, 0, 1), TestFunctions::hartmannOfThree);

    /** The median over seeds of the best value that {@code sampler} finds. */
    static double median(Sampler sampler, TestFunctions on, int seeds, int trials) {
        double[] best = new double[seeds];
        for (int seed = 0; seed < seeds; seed++) {
            best[seed] = Study.inMemory()
                    .space(on.space)
                    .sampler(sampler.seed(seed))
                    .optimize(trial -> on.function.applyAsDouble(values(trial.settings())), trials)
                    .best()
                    .orElseThrow()
                    .value();
        }
        Arrays.sort(best);
        return best[seeds / 2];
    }

    private static double[] values(Parameters settings) {
        return settings.asMap().values().stream()
                .mapToDouble(value -> ((Number) value).doubleValue())
                .toArray();
    }

    private static Space box(int dimensions, double low, double high) {
        Space space = Space.empty();
        for (int i = 0; i < dimensions; i++) {
            space = space.real("x" + i, low, high);
        }
        return space;
    }

    private static double hartmann(double[] x) {
        double[] alpha = {1, 1.2, 3, 3.2};
        double[][] a = {
            {10, 3, 17, 3.5, 1.7, 8}, {0.05, 10, 17, 0.1, 8, 14}, {3, 3.5, 1.7, 10, 17, 8}, {17, 8, 0.05, 10, 0.1, 14}
        };
        double[][] p = {
            {0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886},
            {0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991},
            {0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650},
            {0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381}
        };
        return wells(x, alpha, a, p);
    }

    private static double hartmannOfThree(double[] x) {
        double[] alpha = {1, 1.2, 3, 3.2};
        double[][] a = {{3, 10, 30}, {0.1, 10, 35}, {3, 10, 30}, {0.1, 10, 35}};
        double[][] p = {
            {0.3689, 0.1170, 0.2673}, {0.4699, 0.4387, 0.7470}, {0.1091, 0.8732, 0.5547}, {0.0381, 0.5743, 0.8828}
        };
        return wells(x, alpha, a, p);
    }

    private static double wells(double[] x, double[] alpha, double[][] a, double[][] p) {
        double sum = 0;
        for (int i = 0; i < alpha.length; i++) {
            double inner = 0;
            for (int j = 0; j < x.length; j++) {
                inner += a[i][j] * square(x[j] - p[i][j]);
            }
            sum -= alpha[i] * StrictMath.exp(-inner);
        }
        return sum;
    }

    private static double square(double x) {
        return x * x;
    }
}
