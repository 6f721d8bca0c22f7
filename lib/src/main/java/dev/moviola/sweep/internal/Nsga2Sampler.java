package dev.moviola.sweep.internal;

import dev.moviola.MoviolaException;
import dev.moviola.ledger.Parameters;
import dev.moviola.sweep.Sampler;
import dev.moviola.sweep.SamplerSession;
import dev.moviola.sweep.Space;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The genetic algorithm NSGA-II (Deb, Pratap, Agarwal and Meyarivan, "A fast and elitist multiobjective genetic algorithm:
 * NSGA-II", 2002): parents win by front, then by distance from their neighbours; ordered coordinates are crossed by
 * simulated binary crossover and mutated polynomially, choices are taken over or drawn anew. A generation ends when as
 * many trials as the population holds were told, whichever they were, so that trials may run in parallel.
 *
 * @param population how many survive each generation
 * @param seed the seed
 */
public record Nsga2Sampler(int population, long seed) implements Sampler {
    private static final double CROSSED = 0.9;
    private static final double CROSSOVER_INDEX = 15;
    private static final double MUTATION_INDEX = 20;

    /** Checks the rules. */
    public Nsga2Sampler {
        if (population < 4 || population > 10_000) {
            throw new MoviolaException("a population must be in 4..10000, but was " + population);
        }
    }

    @Override
    public String name() {
        return "nsga2";
    }

    @Override
    public boolean takesSeveralGoals() {
        return true;
    }

    @Override
    public Sampler seed(long seed) {
        return new Nsga2Sampler(population, seed);
    }

    @Override
    public SamplerSession start(Space space) {
        Coordinates coordinates = new Coordinates(space);
        return coordinates.size() == 0
                ? number -> Optional.of(Parameters.none())
                : new Learner(space, coordinates, population, seed);
    }

    private record Member(double[] point, double[] losses) {}

    private record Ranked(Member member, int front, double distance) {}

    private static final class Learner implements SamplerSession {
        private final Coordinates coordinates;
        private final int population;
        private final long seed;
        private final SamplerSession warmUp;
        private final List<Member> offspring = new ArrayList<>();
        private List<Ranked> parents = List.of();

        Learner(Space space, Coordinates coordinates, int population, long seed) {
            this.coordinates = coordinates;
            this.population = population;
            this.seed = seed;
            this.warmUp = coordinates.size() <= 1_000
                    ? new SequenceSampler(SequenceSampler.Sequence.SOBOL, seed).start(space)
                    : new RandomSampler(seed).start(space);
        }

        @Override
        public Optional<Parameters> ask(long number) {
            if (parents.isEmpty()) {
                return warmUp.ask(number);
            }
            Dice dice = new Dice(seed, number, "nsga2");
            return Optional.of(coordinates.feasible(attempt -> child(dice)));
        }

        @Override
        public void tell(long number, Parameters settings, @Nullable Double loss) {
            if (loss != null) {
                tell(number, settings, new double[] {loss});
            }
        }

        @Override
        public void tell(long number, Parameters settings, double[] losses) {
            offspring.add(new Member(coordinates.point(settings), losses.clone()));
            if (offspring.size() >= population) {
                List<Member> all = new ArrayList<>(offspring);
                parents.forEach(parent -> all.add(parent.member()));
                parents = survivors(all);
                offspring.clear();
            }
        }

        private List<Ranked> survivors(List<Member> all) {
            List<Ranked> kept = new ArrayList<>();
            int front = 0;
            for (List<Integer> places :
                    Dominance.fronts(all.stream().map(Member::losses).toList())) {
                double[] distance = Dominance.crowding(
                        places.stream().map(place -> all.get(place).losses()).toList());
                int rank = front++;
                IntStream.range(0, places.size())
                        .mapToObj(i -> new Ranked(all.get(places.get(i)), rank, distance[i]))
                        .sorted(Comparator.comparingDouble(Ranked::distance).reversed())
                        .limit(population - kept.size())
                        .forEach(kept::add);
                if (kept.size() == population) {
                    break;
                }
            }
            return kept;
        }

        private double[] child(Dice dice) {
            double[] mother = winner(dice);
            double[] father = winner(dice);
            double[] child = mother.clone();
            boolean crossed = dice.unit() < CROSSED;
            double mutated = 1.0 / child.length;
            for (int c = 0; c < child.length; c++) {
                boolean ordered = coordinates.domain(c).ordered();
                boolean both = !Double.isNaN(mother[c]) && !Double.isNaN(father[c]);
                if (crossed && both && ordered) {
                    child[c] = dice.unit() < 0.5 ? child[c] : blend(mother[c], father[c], dice);
                } else if (Double.isNaN(child[c]) || (crossed && both && dice.unit() < 0.5)) {
                    child[c] = father[c];
                }
                if (Double.isNaN(child[c])) {
                    child[c] = dice.unit();
                } else if (dice.unit() < mutated) {
                    child[c] = ordered
                            ? moved(child[c], dice, coordinates.domain(c).size())
                            : dice.unit();
                }
            }
            return child;
        }

        private double[] winner(Dice dice) {
            Ranked one = parents.get(dice.below(parents.size()));
            Ranked other = parents.get(dice.below(parents.size()));
            boolean first =
                    one.front() != other.front() ? one.front() < other.front() : one.distance() >= other.distance();
            return (first ? one : other).member().point();
        }

        private static double blend(double mother, double father, Dice dice) {
            double u = dice.unit();
            double power = 1 / (CROSSOVER_INDEX + 1);
            double spread = u <= 0.5 ? StrictMath.pow(2 * u, power) : StrictMath.pow(1 / (2 * (1 - u)), power);
            double sign = dice.unit() < 0.5 ? 1 : -1;
            return inside(0.5 * (mother + father) + sign * 0.5 * spread * (mother - father));
        }

        private static double moved(double x, Dice dice, long values) {
            double u = dice.unit();
            double power = 1 / (MUTATION_INDEX + 1);
            double step = u < 0.5 ? StrictMath.pow(2 * u, power) - 1 : 1 - StrictMath.pow(2 * (1 - u), power);
            if (values > 0 && Math.abs(step) * values < 1) {
                // a step that would round back to where it began
                step = Math.copySign(1.0 / values, step);
            }
            return inside(x + step);
        }

        private static double inside(double x) {
            return Math.min(1, Math.max(0, x));
        }
    }
}
