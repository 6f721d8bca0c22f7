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
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The tree-structured Parzen estimator (Bergstra, Bardenet, Bengio and Kégl, "Algorithms for hyper-parameter
 * optimization", 2011), with joint kernels over parameters that occur together (Falkner, Klein and Hutter, "BOHB",
 * 2018). Trials that are still running, or that failed, count as bad ones, so that parallel trials keep apart.
 */
public record TpeSampler(long seed) implements Sampler {
    private static final int WARM_UP = 10;
    private static final int CANDIDATES = 24;
    private static final int MOST_GOOD = 25;
    private static final int RECENT = 25;

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

    private record Seen(long number, double[] point, double loss) {}

    private static final class Learner implements SamplerSession {
        private final Coordinates coordinates;
        private final long seed;
        private final SamplerSession warmUp;
        private final TreeMap<Long, Seen> seen = new TreeMap<>();
        private int complete;

        Learner(Space space, long seed) {
            this.coordinates = new Coordinates(space);
            this.seed = seed;
            this.warmUp = coordinates.size() <= 1_000
                    ? new SequenceSampler(SequenceSampler.Sequence.SOBOL, seed).start(space)
                    : new RandomSampler(seed).start(space);
        }

        @Override
        public void asked(long number, Parameters settings) {
            seen.put(number, new Seen(number, coordinates.point(settings), Double.POSITIVE_INFINITY));
        }

        @Override
        public void tell(long number, Parameters settings, @Nullable Double loss) {
            double kept = loss == null ? Double.POSITIVE_INFINITY : loss;
            seen.put(number, new Seen(number, coordinates.point(settings), kept));
            complete += loss == null ? 0 : 1;
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
            List<Seen> ranked = new ArrayList<>(seen.values());
            ranked.sort(Comparator.comparingDouble(Seen::loss).thenComparingLong(Seen::number));
            int good = Math.min(MOST_GOOD, (complete + 9) / 10);
            List<Model> models = new ArrayList<>();
            for (int[] group : groups()) {
                models.add(model(ranked, good, group));
            }
            return models;
        }

        /** Coordinates that are present in the same trials. */
        private Iterable<int[]> groups() {
            Map<BitSet, List<Integer>> groups = new LinkedHashMap<>();
            for (int c = 0; c < coordinates.size(); c++) {
                BitSet present = new BitSet();
                int row = 0;
                for (Seen trial : seen.values()) {
                    present.set(row++, !Double.isNaN(trial.point()[c]));
                }
                if (!present.isEmpty()) {
                    groups.computeIfAbsent(present, key -> new ArrayList<>()).add(c);
                }
            }
            return groups.values().stream()
                    .map(group -> group.stream().mapToInt(Integer::intValue).toArray())
                    .toList();
        }

        private Model model(List<Seen> ranked, int good, int[] group) {
            List<Seen> best = new ArrayList<>();
            List<Seen> rest = new ArrayList<>();
            for (int rank = 0; rank < ranked.size(); rank++) {
                if (!Double.isNaN(ranked.get(rank).point()[group[0]])) {
                    (rank < good ? best : rest).add(ranked.get(rank));
                }
            }
            int[] choices = new int[group.length];
            double[] step = new double[group.length];
            for (int i = 0; i < group.length; i++) {
                Domain domain = coordinates.domain(group[i]);
                choices[i] = domain.ordered() ? 0 : (int) domain.size();
                step[i] = domain.size() == 0 || domain instanceof Domain.Whole whole && whole.log()
                        ? 0
                        : 1.0 / domain.size();
            }
            return new Model(estimator(best, group, choices, step), estimator(rest, group, choices, step));
        }

        private static ParzenEstimator estimator(List<Seen> trials, int[] group, int[] choices, double[] step) {
            trials.sort(Comparator.comparingLong(Seen::number));
            int n = trials.size();
            double[] weights = new double[n];
            Arrays.fill(weights, 1);
            int old = n - RECENT;
            for (int i = 0; i < old; i++) {
                weights[i] = 1.0 / n + (1 - 1.0 / n) * i / old;
            }
            return new ParzenEstimator(trials.stream().map(Seen::point).toList(), weights, group, choices, step);
        }
    }

    private record Model(ParzenEstimator good, ParzenEstimator bad) {
        /** Writes the candidate of the good density that is best beside the bad one to {@code point}. */
        void propose(Dice dice, double[] point) {
            double[] candidate = point.clone();
            double most = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < CANDIDATES; i++) {
                good.draw(dice, candidate);
                double gain = good.logDensity(candidate) - bad.logDensity(candidate);
                if (gain > most) {
                    most = gain;
                    System.arraycopy(candidate, 0, point, 0, point.length);
                }
            }
        }
    }
}
