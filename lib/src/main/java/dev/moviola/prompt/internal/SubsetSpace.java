package dev.moviola.prompt.internal;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * All ways to take one modifier from each of exactly {@code k} of some pools, numbered from 0.
 *
 * <p>{@code ways[p][j]} is how many ways there are to take j from pool p and those after it.
 */
final class SubsetSpace {
    private final int[] sizes;
    private final int k;
    private final BigInteger[][] ways;
    private final BigInteger total;
    private final boolean small;

    SubsetSpace(int[] sizes, int k) {
        this.sizes = sizes.clone();
        this.k = k;
        this.ways = new BigInteger[sizes.length + 1][k + 1];
        for (int j = 0; j <= k; j++) {
            ways[sizes.length][j] = j == 0 ? BigInteger.ONE : BigInteger.ZERO;
        }
        for (int p = sizes.length - 1; p >= 0; p--) {
            for (int j = 0; j <= k; j++) {
                BigInteger taken = j == 0 ? BigInteger.ZERO : ways[p + 1][j - 1].multiply(BigInteger.valueOf(sizes[p]));
                ways[p][j] = ways[p + 1][j].add(taken);
            }
        }
        this.total = ways[0][k];
        this.small = total.bitLength() <= 62;
    }

    BigInteger size() {
        return total;
    }

    /**
     * The {@code index}-th way in the order that {@code key} gives: per pool the modifier taken, or -1. Below 2^62 ways
     * every index below {@link #size()} gives another way; beyond, each of the first 2^62 does, spread over all.
     */
    int[] pick(long index, long key) {
        if (small) {
            return unrank(new Permutation(total.longValueExact(), key).at(index));
        }
        BigInteger stride = total.shiftRight(62);
        BigInteger within = BigInteger.ZERO;
        SplitMix64 random = new SplitMix64(SplitMix64.key(key, index));
        for (int bits = 0; bits <= stride.bitLength(); bits += 63) {
            within = within.shiftLeft(63).add(BigInteger.valueOf(random.next() >>> 1));
        }
        long slot = new Permutation(Permutation.MAX_SIZE, key).at(index);
        return unrank(BigInteger.valueOf(slot).multiply(stride).add(within.mod(stride)));
    }

    private int[] unrank(long rank) {
        int[] picks = new int[sizes.length];
        long rest = rank;
        int left = k;
        for (int p = 0; p < sizes.length; p++) {
            picks[p] = -1;
            long without = ways[p + 1][left].longValue();
            if (rest < without) {
                continue;
            }
            rest -= without;
            left--;
            long each = ways[p + 1][left].longValue();
            picks[p] = (int) (rest / each);
            rest %= each;
            if (left == 0) {
                Arrays.fill(picks, p + 1, sizes.length, -1);
                break;
            }
        }
        return picks;
    }

    private int[] unrank(BigInteger rank) {
        int[] picks = new int[sizes.length];
        BigInteger rest = rank;
        int left = k;
        for (int p = 0; p < sizes.length; p++) {
            picks[p] = -1;
            BigInteger without = ways[p + 1][left];
            if (left == 0 || rest.compareTo(without) < 0) {
                continue;
            }
            rest = rest.subtract(without);
            left--;
            BigInteger[] parts = rest.divideAndRemainder(ways[p + 1][left]);
            picks[p] = parts[0].intValueExact();
            rest = parts[1];
        }
        return picks;
    }
}
