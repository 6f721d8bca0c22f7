package dev.moviola.prompt.internal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a covering array in a seeded order. */
final class RowDraw implements Draw {
    private final int[][] rows;
    private final Permutation order;
    private int drawn;

    RowDraw(int[][] rows, long key) {
        this.rows = rows;
        this.order = new Permutation(rows.length, key);
    }

    @Override
    public @Nullable List<Use> next() {
        if (drawn == rows.length) {
            return null;
        }
        int[] row = rows[(int) order.at(drawn++)];
        List<Use> uses = new ArrayList<>(row.length);
        for (int pool = 0; pool < row.length; pool++) {
            uses.add(new Use(pool, row[pool]));
        }
        return uses;
    }
}
