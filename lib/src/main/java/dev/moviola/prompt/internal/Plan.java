package dev.moviola.prompt.internal;

import dev.moviola.prompt.Combination;
import dev.moviola.prompt.ModifierPool;
import dev.moviola.prompt.MutationSpec;
import dev.moviola.prompt.Strategy;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The sets of modifiers that a specification allows for one base prompt; the same for each base prompt. Immutable. */
public final class Plan {
    private static final long ENUMERABLE = 1L << 20;

    private final List<ModifierPool> pools;
    private final List<Cell> cells;
    private final int @Nullable [][] rows;
    private final boolean overlapping;

    private Plan(List<ModifierPool> pools, List<Cell> cells, int @Nullable [][] rows, boolean overlapping) {
        this.pools = pools;
        this.cells = List.copyOf(cells);
        this.rows = rows;
        this.overlapping = overlapping;
    }

    /** The plan of a specification. */
    public static Plan of(MutationSpec spec) {
        List<ModifierPool> pools = spec.pools();
        int[] sizes = pools.stream().mapToInt(ModifierPool::size).toArray();
        int[] all = IntStream.range(0, sizes.length).toArray();
        List<Cell> cells = new ArrayList<>();
        switch (spec.strategy()) {
            case RANDOM -> {
                int most = Math.min(spec.maxModifiers(), sizes.length);
                for (int k = spec.minModifiers(); k <= most; k++) {
                    cells.add(new Cell(1, List.of(), all, sizes, k, k));
                }
            }
            case COMBINATORIAL -> cells.add(new Cell(1, List.of(), all, sizes, sizes.length, sizes.length));
            case ADVERSARIAL -> {
                for (Combination combination : spec.combinations()) {
                    cells.add(cell(combination, pools, sizes, spec.maxModifiers()));
                }
            }
            case PAIRWISE -> {
                return new Plan(pools, cells, CoveringArray.of(sizes, SplitMix64.key(spec.seed(), -1)), false);
            }
        }
        return new Plan(pools, cells, null, spec.strategy() == Strategy.ADVERSARIAL);
    }

    private static Cell cell(Combination combination, List<ModifierPool> pools, int[] sizes, int most) {
        List<Use> fixed = new ArrayList<>();
        for (Combination.Part part : combination.parts()) {
            int pool = IntStream.range(0, pools.size())
                    .filter(p -> pools.get(p).name().equals(part.pool()))
                    .findFirst()
                    .orElseThrow();
            fixed.add(new Use(pool, pools.get(pool).indexOf(part.text())));
        }
        int[] free = IntStream.range(0, sizes.length)
                .filter(p -> fixed.stream().noneMatch(use -> use.pool() == p))
                .toArray();
        return new Cell(combination.weight(), fixed, free, sizes, 0, Math.max(0, most - fixed.size()));
    }

    /**
     * How many distinct sets there are. Where combinations contain one another and there are more than a million sets,
     * this is an upper bound unless fewer than {@code enough} are asked for.
     */
    public BigInteger size(BigInteger enough) {
        if (rows != null) {
            return BigInteger.valueOf(rows.length);
        }
        BigInteger most = cells.stream().map(Cell::size).reduce(BigInteger.ZERO, BigInteger::add);
        BigInteger least = cells.stream().map(Cell::size).reduce(BigInteger.ZERO, BigInteger::max);
        if (!overlapping || least.compareTo(enough) >= 0 || most.compareTo(BigInteger.valueOf(ENUMERABLE)) > 0) {
            return most;
        }
        long count = 0;
        for (int c = 0; c < cells.size(); c++) {
            for (long i = 0; i < cells.get(c).size().longValue(); i++) {
                if (isFirst(c, cells.get(c).pick(i, 0))) {
                    count++;
                }
            }
        }
        return BigInteger.valueOf(count);
    }

    /** Draws the sets of one base prompt; {@code key} decides the order. */
    Draw draw(long key) {
        return rows != null ? new RowDraw(rows, key) : new CellDraw(this, key);
    }

    List<ModifierPool> pools() {
        return pools;
    }

    List<Cell> cells() {
        return cells;
    }

    /** Whether no cell before {@code cell} has this set, so that a set that several combinations allow comes once. */
    boolean isFirst(int cell, List<Use> uses) {
        for (int c = 0; overlapping && c < cell; c++) {
            if (cells.get(c).contains(uses)) {
                return false;
            }
        }
        return true;
    }
}
