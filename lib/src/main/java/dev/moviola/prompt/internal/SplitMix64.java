package dev.moviola.prompt.internal;

/**
 * The SplitMix64 generator (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014) with
 * Stafford's mixer 13. It is written out here because the variants of a seed are part of the contract and must not
 * follow changes of a JDK. Not thread-safe.
 */
public final class SplitMix64 {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long state;

    /** Starts at {@code seed}. */
    public SplitMix64(long seed) {
        this.state = seed;
    }

    /** The next 64 bits. */
    public long next() {
        state += GOLDEN;
        return mix(state);
    }

    /** The next real number, from 0 (inclusive) to 1 (exclusive), in steps of 2^-53. */
    public double nextDouble() {
        return (next() >>> 11) * 0x1.0p-53;
    }

    /** A bijection of 64 bits that spreads each bit of {@code z} over all. */
    public static long mix(long z) {
        long x = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
        return x ^ (x >>> 31);
    }

    /** A key that follows from {@code seed} and {@code part}, unrelated to those of other parts. */
    public static long key(long seed, long part) {
        return mix(mix(seed + GOLDEN) ^ mix(part * GOLDEN + 1));
    }
}
