package dev.moviola.prompt.internal;

import dev.moviola.MoviolaException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Rows of choices, one per factor, such that any two choices of two factors meet in some row: in-parameter-order
 * generation for strength two (Lei and Tai, "In-parameter-order: a test generation strategy for pairwise testing",
 * 1998), largest factors first.
 */
final class CoveringArray {
    private static final long MAX_ROWS = 100_000;
    private static final int ANY = -1;

    private final int[] sizes;
    private final SplitMix64 random;
    private final List<int[]> rows = new ArrayList<>();

    private CoveringArray(int[] sizes, long key) {
        this.sizes = sizes;
        this.random = new SplitMix64(key);
    }

    /** Rows for factors with these numbers of choices; the key breaks ties. */
    static int[][] of(int[] sizes, long key) {
        int[] order = IntStream.range(0, sizes.length)
                .boxed()
                .sorted(Comparator.comparing((Integer f) -> -sizes[f]))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] sorted = IntStream.of(order).map(f -> sizes[f]).toArray();
        if (sorted.length > 1 && (long) sorted[0] * sorted[1] > MAX_ROWS) {
            throw new MoviolaException("pairs of the two largest pools must be at most " + MAX_ROWS + ", but "
                    + sorted[0] + " x " + sorted[1] + " are more; use smaller pools or the random strategy");
        }
        CoveringArray array = new CoveringArray(sorted, key);
        array.build();
        Map<List<Integer>, int[]> distinct = new LinkedHashMap<>();
        for (int[] row : array.rows) {
            int[] result = new int[sizes.length];
            for (int i = 0; i < order.length; i++) {
                result[order[i]] = row[i];
            }
            distinct.putIfAbsent(IntStream.of(result).boxed().toList(), result);
        }
        return distinct.values().toArray(int[][]::new);
    }

    private void build() {
        int first = Math.min(2, sizes.length);
        for (int a = 0; a < sizes[0]; a++) {
            for (int b = 0; b < (first == 2 ? sizes[1] : 1); b++) {
                int[] row = new int[sizes.length];
                Arrays.fill(row, ANY);
                row[0] = a;
                if (first == 2) {
                    row[1] = b;
                }
                rows.add(row);
            }
        }
        for (int factor = first; factor < sizes.length; factor++) {
            BitSet[] missing = missing(factor);
            growSideways(factor, missing);
            growDown(factor, missing);
        }
        for (int[] row : rows) {
            for (int f = 0; f < row.length; f++) {
                if (row[f] == ANY) {
                    row[f] = (int) Math.floorMod(random.next(), (long) sizes[f]);
                }
            }
        }
    }

    /** Per earlier factor, the pairs of its choices with those of {@code factor} that no row has yet. */
    private BitSet[] missing(int factor) {
        BitSet[] missing = new BitSet[factor];
        for (int f = 0; f < factor; f++) {
            missing[f] = new BitSet(sizes[f] * sizes[factor]);
            missing[f].set(0, sizes[f] * sizes[factor]);
        }
        return missing;
    }

    private void growSideways(int factor, BitSet[] missing) {
        int size = sizes[factor];
        for (int[] row : rows) {
            int shift = (int) Math.floorMod(random.next(), (long) size);
            int best = ANY;
            int most = 0;
            for (int i = 0; i < size; i++) {
                int choice = (i + shift) % size;
                int gain = 0;
                for (int f = 0; f < factor; f++) {
                    if (row[f] != ANY && missing[f].get(row[f] * size + choice)) {
                        gain++;
                    }
                }
                if (gain > most) {
                    most = gain;
                    best = choice;
                }
            }
            row[factor] = best;
            if (best != ANY) {
                for (int f = 0; f < factor; f++) {
                    if (row[f] != ANY) {
                        missing[f].clear(row[f] * size + best);
                    }
                }
            }
        }
    }

    private void growDown(int factor, BitSet[] missing) {
        int size = sizes[factor];
        List<int[]> added = new ArrayList<>();
        for (int f = 0; f < factor; f++) {
            for (int pair = missing[f].nextSetBit(0); pair >= 0; pair = missing[f].nextSetBit(pair + 1)) {
                place(f, pair / size, factor, pair % size, missing, added);
            }
        }
        rows.addAll(added);
    }

    private void place(int f, int choice, int factor, int last, BitSet[] missing, List<int[]> added) {
        for (int[] row : rows) {
            if (row[f] == choice && row[factor] == ANY) {
                row[factor] = last;
                for (int g = 0; g < factor; g++) {
                    if (row[g] != ANY) {
                        missing[g].clear(row[g] * sizes[factor] + last);
                    }
                }
                return;
            }
        }
        for (int[] row : added) {
            if (row[factor] == last && row[f] == ANY) {
                row[f] = choice;
                return;
            }
        }
        int[] row = new int[sizes.length];
        Arrays.fill(row, ANY);
        row[f] = choice;
        row[factor] = last;
        added.add(row);
    }
}
