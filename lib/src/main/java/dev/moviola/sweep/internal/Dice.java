package dev.moviola.sweep.internal;

import java.nio.charset.StandardCharsets;

/**
 * A stream of pseudo-random numbers that is the same on every JDK: SplitMix64 (Steele, Lea and Flood, "Fast splittable
 * pseudorandom number generators", 2014), with {@link StrictMath} where a logarithm is needed.
 */
final class Dice {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long state;

    /** A stream of its own for each seed, number and purpose. */
    Dice(long seed, long number, String purpose) {
        state = mix(seed + GOLDEN);
        state = mix(state ^ (number * GOLDEN + 1));
        for (byte letter : purpose.getBytes(StandardCharsets.UTF_8)) {
            state = mix(state + GOLDEN * (letter + 257L));
        }
    }

    /** 64 random bits. */
    long bits() {
        state += GOLDEN;
        return mix(state);
    }

    /** A uniform number in 0..1, 1 excluded. */
    double unit() {
        return (bits() >>> 11) * 0x1.0p-53;
    }

    /** A uniform number in 0..{@code bound}, bound excluded. */
    int below(int bound) {
        return (int) (unit() * bound);
    }

    /** A standard normal number, by the polar method of Marsaglia. */
    double normal() {
        while (true) {
            double x = 2 * unit() - 1;
            double y = 2 * unit() - 1;
            double square = x * x + y * y;
            if (square > 0 && square < 1) {
                return x * Math.sqrt(-2 * StrictMath.log(square) / square);
            }
        }
    }

    /** The numbers 0..{@code count - 1} in random order. */
    int[] permutation(int count) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            int j = below(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
