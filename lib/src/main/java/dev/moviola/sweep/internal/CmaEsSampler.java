package dev.moviola.sweep.internal;

import dev.moviola.MoviolaException;
import dev.moviola.ledger.Parameters;
import dev.moviola.sweep.Domain;
import dev.moviola.sweep.Sampler;
import dev.moviola.sweep.SamplerSession;
import dev.moviola.sweep.Space;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The covariance matrix adaptation evolution strategy, with restarts that double the generation (Auger and Hansen, "A
 * restart CMA evolution strategy with increasing population size", 2005). A choice takes one coordinate for each of its
 * values, of which the greatest wins. Trials may be told in any order and from several generations at once; those that
 * the sampler did not propose teach it nothing.
 */
public record CmaEsSampler(long seed) implements Sampler {
    private static final int MOST_COORDINATES = 200;
    private static final int MOST_DOUBLINGS = 6;
    private static final double FIRST_SIGMA = 0.13;
    private static final double SMALLEST = 1e-9;

    @Override
    public String name() {
        return "cmaes";
    }

    @Override
    public Sampler seed(long seed) {
        return new CmaEsSampler(seed);
    }

    @Override
    public SamplerSession start(Space space) {
        Learner learner = new Learner(space, seed);
        if (learner.size > MOST_COORDINATES) {
            throw new MoviolaException("the sampler cmaes takes at most " + MOST_COORDINATES
                    + " coordinates, but the space has " + learner.size + "; use tpe");
        }
        return learner.size == 0 ? number -> Optional.of(Parameters.none()) : learner;
    }

    private static final class Learner implements SamplerSession {
        private final Coordinates coordinates;
        private final long seed;
        private final int size;
        private final Map<Long, double[]> pending = new HashMap<>();
        private final List<CmaState.Told> generation = new ArrayList<>();
        private int restarts;
        private @Nullable CmaState state;

        Learner(Space space, long seed) {
            this.coordinates = new Coordinates(space);
            this.seed = seed;
            int wide = 0;
            for (int c = 0; c < coordinates.size(); c++) {
                wide += width(c);
            }
            this.size = wide;
        }

        @Override
        public Optional<Parameters> ask(long number) {
            return Optional.of(coordinates.settings(narrow(candidate(number))));
        }

        @Override
        public void asked(long number, Parameters settings) {
            double[] candidate = candidate(number);
            if (coordinates.settings(narrow(candidate)).equals(settings)) {
                pending.put(number, candidate);
            }
        }

        @Override
        public void tell(long number, Parameters settings, @Nullable Double loss) {
            double[] point = pending.remove(number);
            if (point == null || loss == null) {
                return;
            }
            CmaState at = state();
            generation.add(new CmaState.Told(point, loss));
            if (generation.size() >= at.lambda()) {
                at.learn(generation);
                generation.clear();
                if (at.spent(SMALLEST)) {
                    restarts++;
                    state = null;
                    pending.clear();
                }
            }
        }

        private CmaState state() {
            CmaState at = state;
            if (at == null) {
                Dice dice = new Dice(seed, restarts, "restart");
                double[] mean = new double[size];
                for (int i = 0; i < size; i++) {
                    mean[i] = restarts == 0 ? 0.5 : dice.unit();
                }
                int lambda = 4 + (int) (3 * StrictMath.log(size));
                at = new CmaState(mean, FIRST_SIGMA, lambda << Math.min(restarts, MOST_DOUBLINGS), leastDeviation());
                state = at;
            }
            return at;
        }

        /** The point for trial {@code number}: the first draw that lies in the cube and keeps the constraints. */
        private double[] candidate(long number) {
            Dice dice = new Dice(seed, number, "cmaes");
            CmaState at = state();
            double[][] drawn = new double[1][];
            coordinates.feasible(attempt -> {
                drawn[0] = fold(at.draw(dice));
                return narrow(drawn[0]);
            });
            return drawn[0];
        }

        /** Reflects what lies outside the cube into it. */
        private static double[] fold(double[] point) {
            for (int i = 0; i < point.length; i++) {
                double x = Math.abs(point[i]) % 2;
                point[i] = x > 1 ? 2 - x : x;
            }
            return point;
        }

        /** From one coordinate for each choice to one for all of them. */
        private double[] narrow(double[] wide) {
            double[] point = new double[coordinates.size()];
            int from = 0;
            for (int c = 0; c < point.length; c++) {
                int width = width(c);
                int greatest = 0;
                for (int i = 1; i < width; i++) {
                    greatest = wide[from + i] > wide[from + greatest] ? i : greatest;
                }
                point[c] = coordinates.domain(c).ordered() ? wide[from] : (greatest + 0.5) / width;
                from += width;
            }
            return point;
        }

        private double[] leastDeviation() {
            double[] least = new double[size];
            int from = 0;
            for (int c = 0; c < coordinates.size(); c++) {
                Domain domain = coordinates.domain(c);
                for (int i = 0; i < width(c); i++) {
                    least[from++] = !domain.ordered() ? 0.05 : domain.size() > 0 ? 0.25 / domain.size() : 0;
                }
            }
            return least;
        }

        private int width(int coordinate) {
            Domain domain = coordinates.domain(coordinate);
            return domain.ordered() ? 1 : (int) domain.size();
        }
    }
}
