package dev.moviola.sweep.internal;

import dev.moviola.MoviolaException;
import dev.moviola.ledger.Parameters;
import dev.moviola.sweep.Sampler;
import dev.moviola.sweep.SamplerSession;
import dev.moviola.sweep.Space;
import java.util.Optional;

/**
 * Points of which, in each block of {@code points}, exactly one lies in each of {@code points} equal slices of every
 * coordinate (McKay, Beckman and Conover, 1979). Where a constraint excludes every place tried within the slices, a
 * uniform draw takes the point's place.
 */
public record LatinHypercubeSampler(int points, long seed) implements Sampler {
    private static final int TRIES_WITHIN_SLICES = 100;

    /** Checks the number of points. */
    public LatinHypercubeSampler {
        if (points < 1 || points > 1_000_000) {
            throw new MoviolaException("a Latin hypercube must have 1..1000000 points, but was given " + points);
        }
    }

    @Override
    public String name() {
        return "latin";
    }

    @Override
    public boolean takesSeveralGoals() {
        return true;
    }

    @Override
    public Sampler seed(long seed) {
        return new LatinHypercubeSampler(points, seed);
    }

    @Override
    public SamplerSession start(Space space) {
        return new Block(new Coordinates(space), points, seed);
    }

    private static final class Block implements SamplerSession {
        private final Coordinates coordinates;
        private final int points;
        private final long seed;
        private long block = -1;
        private int[][] slices = {};

        Block(Coordinates coordinates, int points, long seed) {
            this.coordinates = coordinates;
            this.points = points;
            this.seed = seed;
        }

        @Override
        public Optional<Parameters> ask(long number) {
            if (number / points != block) {
                block = number / points;
                slices = new int[coordinates.size()][];
                Dice dice = new Dice(seed, block, "slices");
                for (int i = 0; i < slices.length; i++) {
                    slices[i] = dice.permutation(points);
                }
            }
            Dice dice = new Dice(seed, number, "within");
            int place = (int) (number % points);
            return Optional.of(coordinates.feasible(attempt -> {
                double[] point = coordinates.uniform(dice);
                if (attempt < TRIES_WITHIN_SLICES) {
                    for (int i = 0; i < point.length; i++) {
                        point[i] = (slices[i][place] + point[i]) / points;
                    }
                }
                return point;
            }));
        }
    }
}
