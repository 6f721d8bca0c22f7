package dev.moviola.prompt.internal;

/**
 * A seeded bijection of 0..n-1 in constant memory: a four-round Feistel network over the next even number of bits,
 * walked until it lands below n. Drawing 0, 1, 2, … through it is drawing without repetition.
 */
record Permutation(long size, long key) {
    /** The largest size. */
    static final long MAX_SIZE = 1L << 62;

    private static final int ROUNDS = 4;

    Permutation {
        if (size < 1 || size > MAX_SIZE) {
            throw new IllegalArgumentException("size must be in 1..2^62, but was " + size);
        }
    }

    long at(long index) {
        if (size == 1) {
            return 0;
        }
        int half = Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(size - 1) + 1) / 2);
        long value = index;
        do {
            value = encrypt(value, half);
        } while (value >= size);
        return value;
    }

    private long encrypt(long value, int half) {
        long mask = (1L << half) - 1;
        long left = value >>> half;
        long right = value & mask;
        for (int round = 0; round < ROUNDS; round++) {
            long next = left ^ (SplitMix64.mix(key + right * ROUNDS + round) & mask);
            left = right;
            right = next;
        }
        return left << half | right;
    }
}
