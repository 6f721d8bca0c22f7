package dev.moviola.prompt.internal;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Sets of modifiers that share a fixed part: the fixed part alone or with modifiers of the free pools, fewest first.
 * Sets with as many free modifiers come in a seeded order; none comes twice.
 */
final class Cell {
    private final double weight;
    private final List<Use> fixed;
    private final int[] free;
    private final int most;
    private final List<SubsetSpace> levels = new ArrayList<>();
    private final BigInteger size;

    /**
     * @param weight how often this cell is drawn, relative to others
     * @param free numbers of the pools that may add a modifier
     * @param sizes of all pools
     * @param least the fewest free modifiers
     * @param most the most free modifiers
     */
    Cell(double weight, List<Use> fixed, int[] free, int[] sizes, int least, int most) {
        this.weight = weight;
        this.fixed = List.copyOf(fixed);
        this.free = free.clone();
        this.most = Math.min(most, free.length);
        int[] freeSizes = new int[free.length];
        for (int i = 0; i < free.length; i++) {
            freeSizes[i] = sizes[free[i]];
        }
        BigInteger sum = BigInteger.ZERO;
        for (int k = least; k <= this.most; k++) {
            SubsetSpace level = new SubsetSpace(freeSizes, k);
            levels.add(level);
            sum = sum.add(level.size());
        }
        this.size = sum;
    }

    double weight() {
        return weight;
    }

    BigInteger size() {
        return size;
    }

    /** The {@code index}-th set; the index is below {@link #size()}. */
    List<Use> pick(long index, long key) {
        long rest = index;
        for (int i = 0; i < levels.size(); i++) {
            SubsetSpace level = levels.get(i);
            if (level.size().bitLength() > 62 || rest < level.size().longValue()) {
                return uses(level.pick(rest, SplitMix64.key(key, i)));
            }
            rest -= level.size().longValue();
        }
        throw new IndexOutOfBoundsException("index " + index + " of " + size);
    }

    /** Whether one of this cell's sets has exactly these modifiers. */
    boolean contains(List<Use> uses) {
        if (!uses.containsAll(fixed) || uses.size() > fixed.size() + most) {
            return false;
        }
        int added = 0;
        BitSet taken = new BitSet();
        for (Use use : uses) {
            if (fixed.contains(use)) {
                continue;
            }
            boolean isFree = false;
            for (int pool : free) {
                isFree |= pool == use.pool();
            }
            if (!isFree || taken.get(use.pool())) {
                return false;
            }
            taken.set(use.pool());
            added++;
        }
        return added <= most;
    }

    private List<Use> uses(int[] picks) {
        List<Use> uses = new ArrayList<>(fixed.size() + most);
        uses.addAll(fixed);
        for (int i = 0; i < picks.length; i++) {
            if (picks[i] >= 0) {
                uses.add(new Use(free[i], picks[i]));
            }
        }
        return uses;
    }
}
