package dev.moviola.prompt.internal;

import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Draws a cell by weight, then that cell's next set. Keeps two numbers per cell. */
final class CellDraw implements Draw {
    private final Plan plan;
    private final long key;
    private final SplitMix64 random;
    private final long[] drawn;
    private final long[] sizes;
    private double weight;

    CellDraw(Plan plan, long key) {
        this.plan = plan;
        this.key = key;
        this.random = new SplitMix64(SplitMix64.key(key, -1));
        this.drawn = new long[plan.cells().size()];
        this.sizes = new long[drawn.length];
        BigInteger most = BigInteger.valueOf(Long.MAX_VALUE);
        for (int c = 0; c < sizes.length; c++) {
            sizes[c] = plan.cells().get(c).size().min(most).longValue();
            weight += sizes[c] == 0 ? 0 : plan.cells().get(c).weight();
        }
    }

    @Override
    public @Nullable List<Use> next() {
        while (true) {
            int c = choose();
            if (c < 0) {
                return null;
            }
            Cell cell = plan.cells().get(c);
            List<Use> uses = cell.pick(drawn[c], SplitMix64.key(key, c));
            drawn[c]++;
            if (drawn[c] == sizes[c]) {
                weight -= cell.weight();
            }
            if (plan.isFirst(c, uses)) {
                return uses;
            }
        }
    }

    private int choose() {
        double rest = random.nextDouble() * weight;
        int last = -1;
        for (int c = 0; c < sizes.length; c++) {
            if (drawn[c] < sizes[c]) {
                last = c;
                rest -= plan.cells().get(c).weight();
                if (rest < 0) {
                    return c;
                }
            }
        }
        return last;
    }
}
