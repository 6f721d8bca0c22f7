package dev.moviola.sweep.internal;

import dev.moviola.ledger.Parameters;
import dev.moviola.sweep.Sampler;
import dev.moviola.sweep.SamplerSession;
import dev.moviola.sweep.Space;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Bayesian optimisation with Gaussian processes and the logarithm of the expected improvement. Losses are brought close
 * to a normal distribution first, so that one terrible trial does not flatten the rest. Trials that are still running
 * count as if they had given what is expected of them (the kriging believer of Ginsbourger, Le Riche and Carraro,
 * "Kriging is well-suited to parallelize optimization", 2010), failed ones as if they had given the worst loss so far.
 * Learns from at most {@value #MOST_TRIALS} trials, the best and the newest.
 */
public record GpSampler(long seed) implements Sampler {
    static final int MOST_TRIALS = 250;

    private static final int WARM_UP = 10;
    private static final int UNIFORM = 256;
    private static final int NEAR_EACH = 32;
    private static final int INCUMBENTS = 3;
    private static final int REFINED = 4;
    private static final int STEPS = 150;

    @Override
    public String name() {
        return "gp";
    }

    @Override
    public Sampler seed(long seed) {
        return new GpSampler(seed);
    }

    @Override
    public SamplerSession start(Space space) {
        Coordinates coordinates = new Coordinates(space);
        return coordinates.size() == 0
                ? number -> Optional.of(Parameters.none())
                : new Learner(space, coordinates, seed);
    }

    private record Told(long number, double[] point, double loss) {}

    private record Candidate(double[] point, double gain) {}

    private static final class Learner implements SamplerSession {
        private final Space space;
        private final Coordinates coordinates;
        private final long seed;
        private final SamplerSession warmUp;
        private final boolean[] ordered;
        private final TreeMap<Long, double[]> pending = new TreeMap<>();
        private final TreeMap<Long, double[]> failed = new TreeMap<>();
        private final TreeMap<Long, Told> told = new TreeMap<>();
        private @Nullable Fitted fitted;

        Learner(Space space, Coordinates coordinates, long seed) {
            this.space = space;
            this.coordinates = coordinates;
            this.seed = seed;
            this.warmUp = coordinates.size() <= 1_000
                    ? new SequenceSampler(SequenceSampler.Sequence.SOBOL, seed).start(space)
                    : new RandomSampler(seed).start(space);
            this.ordered = new boolean[coordinates.size()];
            for (int c = 0; c < ordered.length; c++) {
                ordered[c] = coordinates.domain(c).ordered();
            }
        }

        @Override
        public void asked(long number, Parameters settings) {
            pending.put(number, coordinates.point(settings));
        }

        @Override
        public void tell(long number, Parameters settings, @Nullable Double loss) {
            pending.remove(number);
            double[] point = coordinates.point(settings);
            if (loss == null) {
                failed.put(number, point);
            } else {
                told.put(number, new Told(number, point, loss));
            }
            fitted = null;
        }

        @Override
        public Optional<Parameters> ask(long number) {
            if (told.size() < WARM_UP) {
                return warmUp.ask(number);
            }
            Fitted model = fitted;
            if (model == null) {
                model = new Fitted(heard(), ordered);
                fitted = model;
            }
            return Optional.of(search(model.with(failed.values(), pending.values()), model.promising(), number));
        }

        /** The trials to learn from, by number. */
        private List<Told> heard() {
            List<Told> all = new ArrayList<>(told.values());
            if (all.size() <= MOST_TRIALS) {
                return all;
            }
            Set<Long> kept = new HashSet<>();
            all.stream()
                    .sorted(Comparator.comparingDouble(Told::loss).thenComparingLong(Told::number))
                    .limit(MOST_TRIALS / 2)
                    .forEach(trial -> kept.add(trial.number()));
            for (Long newest : told.descendingKeySet()) {
                if (kept.size() == MOST_TRIALS) {
                    break;
                }
                kept.add(newest);
            }
            return all.stream().filter(trial -> kept.contains(trial.number())).toList();
        }

        private Parameters search(ProcessMixture processes, List<double[]> promising, long number) {
            Dice dice = new Dice(seed, number, "gp");
            List<Candidate> candidates = new ArrayList<>();
            for (int i = 0; i < UNIFORM; i++) {
                consider(processes, coordinates.uniform(dice), candidates);
            }
            for (double[] incumbent : promising) {
                for (int i = 0; i < NEAR_EACH; i++) {
                    consider(processes, near(dice, incumbent, i % 2 == 0 ? 0.1 : 0.02), candidates);
                }
            }
            candidates.sort(Comparator.comparingDouble(Candidate::gain).reversed());
            Candidate best = candidates.isEmpty() ? null : candidates.get(0);
            for (int i = 0; i < Math.min(REFINED, candidates.size()); i++) {
                Candidate refined = refine(processes, candidates.get(i), dice);
                if (best == null || refined.gain() > best.gain()) {
                    best = refined;
                }
            }
            return best == null ? coordinates.random(dice) : coordinates.settings(best.point());
        }

        private Candidate refine(ProcessMixture processes, Candidate start, Dice dice) {
            Candidate at = start;
            double reach = 0.1;
            List<Candidate> tried = new ArrayList<>();
            for (int step = 0; step < STEPS; step++) {
                tried.clear();
                consider(processes, near(dice, at.point(), reach), tried);
                if (!tried.isEmpty() && tried.get(0).gain() > at.gain()) {
                    at = tried.get(0);
                    reach = Math.min(0.3, reach * 1.6);
                } else {
                    reach = Math.max(1e-5, reach * 0.9);
                }
            }
            return at;
        }

        /** A point some of whose coordinates differ from those of {@code from}. */
        private double[] near(Dice dice, double[] from, double reach) {
            double[] point = from.clone();
            int certain = dice.below(point.length);
            double share = Math.max(0.3, 2.0 / point.length);
            for (int c = 0; c < point.length; c++) {
                if (c != certain && dice.unit() >= share) {
                    continue;
                }
                if (Double.isNaN(point[c]) || !ordered[c]) {
                    point[c] = dice.unit() < 0.5 && !Double.isNaN(point[c]) ? point[c] : dice.unit();
                } else {
                    long values = coordinates.domain(c).size();
                    double least = values > 0 ? 1.2 / values : 0;
                    double moved = point[c] + Math.max(reach, least) * dice.normal();
                    point[c] = Math.min(1, Math.max(0, moved));
                }
            }
            return point;
        }

        private void consider(ProcessMixture processes, double[] raw, List<Candidate> to) {
            double[] filled = raw.clone();
            for (int c = 0; c < filled.length; c++) {
                filled[c] = Double.isNaN(filled[c]) ? 0.5 : filled[c];
            }
            Parameters settings = coordinates.settings(filled);
            if (space.broken(settings).isEmpty()) {
                // the gain is that of the values which would be tried, with steps and inactive parameters as they are
                to.add(new Candidate(filled, processes.logGain(coordinates.point(settings))));
            }
        }
    }

    /** Processes that were fitted to trials, and the scale on which they see their losses. */
    private static final class Fitted {
        private final List<double[]> points;
        private final double[] values;
        private final ProcessMixture processes;
        private final List<double[]> promising;

        Fitted(List<Told> trials, boolean[] ordered) {
            this.points = trials.stream().map(Told::point).toList();
            this.values = Normaliser.of(trials.stream().mapToDouble(Told::loss).toArray());
            this.processes = ProcessMixture.fit(points, values, ordered);
            TreeMap<Double, double[]> byMean = new TreeMap<>();
            for (double[] point : points) {
                byMean.putIfAbsent(processes.mean(point), point);
            }
            this.promising = byMean.values().stream().limit(INCUMBENTS).toList();
        }

        /** The points with the best of what the processes expect, best first. */
        List<double[]> promising() {
            return promising;
        }

        ProcessMixture with(Collection<double[]> failed, Collection<double[]> pending) {
            if (failed.isEmpty() && pending.isEmpty()) {
                return processes;
            }
            List<double[]> certain = new ArrayList<>(points);
            certain.addAll(failed);
            double[] known = Arrays.copyOf(values, certain.size());
            Arrays.fill(
                    known,
                    values.length,
                    known.length,
                    Arrays.stream(values).max().orElse(0));
            return processes.observing(certain, known, List.copyOf(pending));
        }
    }
}
