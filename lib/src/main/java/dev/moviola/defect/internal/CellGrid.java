package dev.moviola.defect.internal;

/** Cells of about 16x16 pixels that divide a picture evenly. */
final class CellGrid {
    static final int SIDE = 16;

    final int width;
    final int height;
    final int across;
    final int down;
    /** First column of each cell, and the width at the end. */
    final int[] left;
    /** First row of each cell, and the height at the end. */
    final int[] top;

    CellGrid(int width, int height) {
        this(width, height, Math.max(1, (width + SIDE / 2) / SIDE), Math.max(1, (height + SIDE / 2) / SIDE));
    }

    private CellGrid(int width, int height, int across, int down) {
        this.width = width;
        this.height = height;
        this.across = across;
        this.down = down;
        left = borders(width, across);
        top = borders(height, down);
    }

    /** The same cells on a grid of this size. */
    CellGrid on(int gridWidth, int gridHeight) {
        return new CellGrid(gridWidth, gridHeight, across, down);
    }

    int cells() {
        return across * down;
    }

    private static int[] borders(int side, int count) {
        int[] borders = new int[count + 1];
        for (int i = 0; i <= count; i++) {
            borders[i] = (int) ((long) i * side / count);
        }
        return borders;
    }
}
