package dev.moviola.sweep.internal;

import dev.moviola.MoviolaException;
import dev.moviola.ledger.Parameters;
import dev.moviola.sweep.Sampler;
import dev.moviola.sweep.SamplerSession;
import dev.moviola.sweep.Space;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.apache.commons.math3.random.HaltonSequenceGenerator;
import org.apache.commons.math3.random.RandomVectorGenerator;
import org.apache.commons.math3.random.SobolSequenceGenerator;

/**
 * Points of a low-discrepancy sequence, randomised as a whole by an amount that the seed gives: Sobol's by exclusive or
 * of the binary digits, which keeps each power of two of its points as evenly spread as before, Halton's by moving it
 * around the unit cube (Cranley and Patterson, "Randomization of number theoretic methods for multiple integration",
 * 1976). Points that break a constraint are passed over.
 */
public record SequenceSampler(Sequence sequence, long seed) implements Sampler {
    private static final double DIGITS = 0x1.0p52;

    /** The sequences. */
    public enum Sequence {
        /** Sobol's, with the direction numbers of Joe and Kuo. */
        SOBOL(1_000, SobolSequenceGenerator::new),
        /** Halton's, scrambled. */
        HALTON(40, HaltonSequenceGenerator::new);

        private final int mostCoordinates;
        private final IntFunction<RandomVectorGenerator> generator;

        Sequence(int mostCoordinates, IntFunction<RandomVectorGenerator> generator) {
            this.mostCoordinates = mostCoordinates;
            this.generator = generator;
        }
    }

    @Override
    public String name() {
        return sequence == Sequence.SOBOL ? "sobol" : "halton";
    }

    @Override
    public boolean takesSeveralGoals() {
        return true;
    }

    @Override
    public Sampler seed(long seed) {
        return new SequenceSampler(sequence, seed);
    }

    @Override
    public SamplerSession start(Space space) {
        Coordinates coordinates = new Coordinates(space);
        if (coordinates.size() > sequence.mostCoordinates) {
            throw new MoviolaException("the sampler " + name() + " takes at most " + sequence.mostCoordinates
                    + " coordinates, but the space has " + coordinates.size() + "; use another sampler");
        }
        return coordinates.size() == 0
                ? number -> Optional.of(Parameters.none())
                : new Walk(
                        coordinates,
                        sequence.generator.apply(coordinates.size()),
                        coordinates.uniform(new Dice(seed, 0, "shift")),
                        sequence == Sequence.SOBOL);
    }

    private static final class Walk implements SamplerSession {
        private final Coordinates coordinates;
        private final RandomVectorGenerator points;
        private final double[] shift;
        private final boolean binary;
        private final List<Parameters> ahead = new ArrayList<>();
        private long first;

        Walk(Coordinates coordinates, RandomVectorGenerator points, double[] shift, boolean binary) {
            this.coordinates = coordinates;
            this.points = points;
            this.shift = shift;
            this.binary = binary;
        }

        @Override
        public Optional<Parameters> ask(long number) {
            while (first + ahead.size() <= number) {
                ahead.add(coordinates.feasible(attempt -> next()));
            }
            return Optional.of(ahead.get((int) (number - first)));
        }

        @Override
        public void asked(long number, Parameters settings) {
            ask(number);
            int past = (int) (number - first);
            ahead.subList(0, past).clear();
            first = number;
        }

        private double[] next() {
            double[] point = points.nextVector();
            for (int i = 0; i < point.length; i++) {
                if (binary) {
                    point[i] = ((long) (point[i] * DIGITS) ^ (long) (shift[i] * DIGITS)) / DIGITS;
                } else {
                    point[i] += shift[i];
                    point[i] -= point[i] >= 1 ? 1 : 0;
                }
            }
            return point;
        }
    }
}
