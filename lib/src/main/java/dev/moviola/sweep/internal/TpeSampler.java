package dev.moviola.sweep.internal;

import dev.moviola.ledger.Parameters;
import dev.moviola.sweep.Domain;
import dev.moviola.sweep.Sampler;
import dev.moviola.sweep.SamplerSession;
import dev.moviola.sweep.Space;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The tree-structured Parzen estimator (Bergstra, Bardenet, Bengio and Kégl, "Algorithms for hyper-parameter
 * optimization", 2011), with joint kernels over parameters that occur together (Falkner, Klein and Hutter, "BOHB",
 * 2018). Trials that are still running, or that failed, count as bad ones, so that parallel trials keep apart.
 *
 * <p>Of the good trials a better one counts more, with the logarithmic weights by rank that CMA-ES gives its parents
 * (Hansen and Ostermeier, "Completely derandomized self-adaptation in evolution strategies", 2001), and their kernels are
 * as wide as the good trials next to them are apart, so that the search narrows where these agree. What is good among
 * parameters that not every trial has is judged among the trials that have them: otherwise a branch in which no trial is
 * yet among the best of all would never be learned.
 */
public record TpeSampler(long seed) implements Sampler {
    private static final int WARM_UP = 10;
    private static final int MOST_CANDIDATES = 64;
    private static final int FEWEST_CANDIDATES = 24;
    private static final int KERNELS_AT_MOST = 24_000;
    private static final int MOST_GOOD = 25;
    private static final int MOST_NARROW = 100;
    // Without a bound that follows their number, good trials that agree by chance would end the search where they are.
    private static final double NARROW_GOOD = 0.6;
    private static final Comparator<Seen> BEST_FIRST =
            Comparator.comparingDouble(Seen::loss).thenComparingLong(Seen::number);

    @Override
    public String name() {
        return "tpe";
    }

    @Override
    public Sampler seed(long seed) {
        return new TpeSampler(seed);
    }

    @Override
    public SamplerSession start(Space space) {
        return new Learner(space, seed);
    }

    private record Seen(long number, int row, double[] point, double loss) {}

    private static final class Learner implements SamplerSession {
        private final Coordinates coordinates;
        private final long seed;
        private final SamplerSession warmUp;
        private final List<Seen> seen = new ArrayList<>();
        private final Axes axes;
        private boolean conditional;
        private int complete;

        Learner(Space space, long seed) {
            this.coordinates = new Coordinates(space);
            this.axes = new Axes(coordinates.size());
            this.seed = seed;
            this.warmUp = coordinates.size() <= 1_000
                    ? new SequenceSampler(SequenceSampler.Sequence.SOBOL, seed).start(space)
                    : new RandomSampler(seed).start(space);
        }

        @Override
        public void asked(long number, Parameters settings) {
            see(number, settings, Double.POSITIVE_INFINITY);
        }

        @Override
        public void tell(long number, Parameters settings, @Nullable Double loss) {
            double kept = loss == null ? Double.POSITIVE_INFINITY : loss;
            see(number, settings, kept);
            complete += loss == null ? 0 : 1;
        }

        private void see(long number, Parameters settings, double loss) {
            double[] point = coordinates.point(settings);
            for (double at : point) {
                conditional |= Double.isNaN(at);
            }
            int at = place(number);
            Seen before = at < seen.size() && seen.get(at).number() == number ? seen.get(at) : null;
            if (before != null && Arrays.equals(before.point(), point)) {
                seen.set(at, new Seen(number, before.row(), point, loss));
                return;
            }
            Seen one = new Seen(number, axes.size(), point, loss);
            axes.add(point);
            if (before == null) {
                seen.add(at, one);
            } else {
                seen.set(at, one);
            }
        }

        /** Where the trial stands among the seen, or belongs: they are in the order of their numbers. */
        private int place(long number) {
            int at = seen.size();
            while (at > 0 && seen.get(at - 1).number() >= number) {
                at--;
            }
            return at;
        }

        @Override
        public Optional<Parameters> ask(long number) {
            if (complete < WARM_UP) {
                return warmUp.ask(number);
            }
            Dice dice = new Dice(seed, number, "tpe");
            List<Model> models = models();
            return Optional.of(coordinates.feasible(attempt -> {
                double[] point = coordinates.uniform(dice);
                for (Model model : models) {
                    model.propose(dice, point);
                }
                return point;
            }));
        }

        private List<Model> models() {
            return groups().stream().map(this::model).toList();
        }

        /** Coordinates that are present in the same trials. */
        private List<int[]> groups() {
            if (!conditional) {
                return List.of(IntStream.range(0, coordinates.size()).toArray());
            }
            List<BitSet> present =
                    Stream.generate(BitSet::new).limit(coordinates.size()).toList();
            for (int row = 0; row < seen.size(); row++) {
                double[] point = seen.get(row).point();
                for (int c = 0; c < point.length; c++) {
                    if (!Double.isNaN(point[c])) {
                        present.get(c).set(row);
                    }
                }
            }
            Map<BitSet, List<Integer>> groups = new LinkedHashMap<>();
            for (int c = 0; c < coordinates.size(); c++) {
                if (!present.get(c).isEmpty()) {
                    groups.computeIfAbsent(present.get(c), key -> new ArrayList<>())
                            .add(c);
                }
            }
            return groups.values().stream()
                    .map(group -> group.stream().mapToInt(Integer::intValue).toArray())
                    .toList();
        }

        private Model model(int[] group) {
            List<Seen> present = conditional
                    ? seen.stream()
                            .filter(trial -> !Double.isNaN(trial.point()[group[0]]))
                            .toList()
                    : seen;
            int finished = 0;
            for (Seen trial : present) {
                finished += trial.loss() < Double.POSITIVE_INFINITY ? 1 : 0;
            }
            List<Seen> good = best(present, Math.min(MOST_GOOD, (finished + 4) / 5));
            int[] choices = new int[group.length];
            for (int i = 0; i < group.length; i++) {
                Domain domain = coordinates.domain(group[i]);
                choices[i] = domain.ordered() ? 0 : (int) domain.size();
            }
            return new Model(good(good, group, choices), bad(present, good, group, choices));
        }

        /** The trials with the least loss, earlier ones first where the loss is the same. */
        private static List<Seen> best(List<Seen> trials, int most) {
            PriorityQueue<Seen> kept = new PriorityQueue<>(BEST_FIRST.reversed());
            for (Seen trial : trials) {
                if (kept.size() < most) {
                    kept.add(trial);
                } else if (most > 0 && trial.loss() < kept.element().loss()) {
                    kept.remove();
                    kept.add(trial);
                }
            }
            return kept.stream().sorted(BEST_FIRST).toList();
        }

        private ParzenEstimator good(List<Seen> trials, int[] group, int[] choices) {
            double[][] points = trials.stream().map(Seen::point).toArray(double[][]::new);
            double[] weights = weights(points.length);
            Spread spread = new Spread(points, weights, group, choices);
            double[][] sigma = new double[group.length][points.length];
            for (int i = 0; i < group.length; i++) {
                if (choices[i] == 0) {
                    spread.along(i, sigma[i]);
                    widen(sigma[i], NARROW_GOOD / (points.length + 2), coordinates.domain(group[i]));
                }
            }
            return new ParzenEstimator(points, weights, group, choices, sigma);
        }

        /** Falling from the best to the worst, 1 on average. */
        private static double[] weights(int n) {
            double[] weights = new double[n];
            double sum = 0;
            for (int rank = 0; rank < n; rank++) {
                weights[rank] = StrictMath.log(n + 1) - StrictMath.log(rank + 1);
                sum += weights[rank];
            }
            for (int rank = 0; rank < n; rank++) {
                weights[rank] *= n / sum;
            }
            return weights;
        }

        private ParzenEstimator bad(List<Seen> present, List<Seen> good, int[] group, int[] choices) {
            int[] chosen = new int[axes.size()];
            for (Seen trial : good) {
                chosen[trial.row()] = -1;
            }
            int n = present.size() - good.size();
            double[][] points = new double[n][];
            int[] rows = new int[n];
            int found = 0;
            for (Seen trial : present) {
                if (chosen[trial.row()] == 0) {
                    rows[found] = trial.row();
                    points[found++] = trial.point();
                }
            }
            Arrays.fill(chosen, -1);
            for (int k = 0; k < n; k++) {
                chosen[rows[k]] = k;
            }
            double[] weights = new double[n];
            Arrays.fill(weights, 1);
            double[][] sigma = new double[group.length][n];
            for (int i = 0; i < group.length; i++) {
                if (choices[i] == 0) {
                    axes.gaps(group[i], chosen, sigma[i]);
                    widen(sigma[i], 1.0 / Math.min(MOST_NARROW, n + 2), coordinates.domain(group[i]));
                }
            }
            return new ParzenEstimator(points, weights, group, choices, sigma);
        }

        /** Sees to it that no kernel is narrower than {@code narrowest}, or than half the way to the next value. */
        private static void widen(double[] sigma, double narrowest, Domain domain) {
            boolean even = domain.size() > 0 && !(domain instanceof Domain.Whole whole && whole.log());
            double least = Math.max(narrowest, even ? 0.5 / domain.size() : 0);
            for (int k = 0; k < sigma.length; k++) {
                sigma[k] = Math.max(least, sigma[k]);
            }
        }
    }

    private record Model(ParzenEstimator good, ParzenEstimator bad) {
        /** Writes the candidate of the good density that is best beside the bad one to {@code point}. */
        void propose(Dice dice, double[] point) {
            double[] candidate = point.clone();
            double most = Double.NEGATIVE_INFINITY;
            int candidates = Math.max(FEWEST_CANDIDATES, Math.min(MOST_CANDIDATES, KERNELS_AT_MOST / (bad.size() + 1)));
            for (int i = 0; i < candidates; i++) {
                good.draw(dice, candidate);
                double wanted = good.logDensity(candidate);
                double gain = wanted - bad.logDensity(candidate, wanted - most);
                if (gain > most) {
                    most = gain;
                    System.arraycopy(candidate, 0, point, 0, point.length);
                }
            }
        }
    }
}
