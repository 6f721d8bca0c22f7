package dev.moviola.defect.internal;

import java.util.Arrays;

/** Fine detail: the energy of the Laplacian on blocks of 4x4, its level per cell and its change along the motion. */
final class Detail {
    private static final int BLOCK = 4;
    /** Keeps the logarithm of flat places near that of faint grain. */
    private static final float FAINT = 4;

    private final CellGrid grid;
    private final int w;
    private final int h;
    private final int blocksAcross;
    private final int blocksDown;
    private final int[] cellColumn;
    private final int[] cellRow;
    private final int[] counts;
    private final float[] fine;
    private final float[] columns;

    Detail(CellGrid grid) {
        this.grid = grid;
        w = grid.width;
        h = grid.height;
        blocksAcross = w / BLOCK;
        blocksDown = h / BLOCK;
        cellColumn = cellsOf(blocksAcross, grid.across, w);
        cellRow = cellsOf(blocksDown, grid.down, h);
        counts = new int[grid.cells()];
        for (int row : cellRow) {
            for (int column : cellColumn) {
                counts[row * grid.across + column]++;
            }
        }
        fine = new float[blocksAcross * blocksDown];
        columns = new float[w];
    }

    /** For each block along one side the cell in which its centre lies. */
    private static int[] cellsOf(int blocks, int cells, int side) {
        int[] of = new int[blocks];
        for (int b = 0; b < blocks; b++) {
            of[b] = Math.min(cells - 1, (BLOCK * b + BLOCK / 2) * cells / side);
        }
        return of;
    }

    /** Fills the energy of a plane from its luma. */
    void energy(Plane plane) {
        float[] g = plane.luma;
        float[] sums = columns;
        for (int by = 0; by < blocksDown; by++) {
            Arrays.fill(sums, 0);
            for (int y = Math.max(1, BLOCK * by); y < Math.min(h - 1, BLOCK * by + BLOCK); y++) {
                int at = y * w;
                for (int x = 1; x < w - 1; x++) {
                    float lap = g[at + x - 1] + g[at + x + 1] + g[at + x - w] + g[at + x + w] - 4 * g[at + x];
                    sums[x] += lap * lap;
                }
            }
            for (int bx = 0; bx < blocksAcross; bx++) {
                int x = BLOCK * bx;
                fine[by * blocksAcross + bx] = (sums[x] + sums[x + 1] + sums[x + 2] + sums[x + 3]) / (BLOCK * BLOCK);
            }
        }
        for (int by = 0; by < blocksDown; by++) {
            for (int bx = 0; bx < blocksAcross; bx++) {
                float sum = 0;
                for (int dy = -1; dy <= 1; dy++) {
                    int row = Math.max(0, Math.min(blocksDown - 1, by + dy)) * blocksAcross;
                    for (int dx = -1; dx <= 1; dx++) {
                        sum += fine[row + Math.max(0, Math.min(blocksAcross - 1, bx + dx))];
                    }
                }
                plane.energy[by * blocksAcross + bx] = sum / 9;
            }
        }
    }

    /** Log of the energy at the centre of each cell. */
    void level(Plane plane, float[] out) {
        for (int cy = 0; cy < grid.down; cy++) {
            for (int cx = 0; cx < grid.across; cx++) {
                int bx = Math.min(blocksAcross - 1, (grid.left[cx] + grid.left[cx + 1]) / (2 * BLOCK));
                int by = Math.min(blocksDown - 1, (grid.top[cy] + grid.top[cy + 1]) / (2 * BLOCK));
                out[cy * grid.across + cx] = (float) StrictMath.log(plane.energy[by * blocksAcross + bx] + FAINT);
            }
        }
    }

    /** Mean log ratio of the energy along a field of half the working size, at the centres of the blocks of each cell. */
    void change(Plane now, Plane later, Field field, float[] out) {
        Arrays.fill(out, 0);
        int w2 = w / 2;
        for (int by = 0; by < blocksDown; by++) {
            int row = cellRow[by] * grid.across;
            for (int bx = 0; bx < blocksAcross; bx++) {
                int i = (2 * by + 1) * w2 + 2 * bx + 1;
                float fx = Field.clamp(bx + 0.5f * field.u[i], blocksAcross - 1.001f);
                float fy = Field.clamp(by + 0.5f * field.v[i], blocksDown - 1.001f);
                int ix = (int) fx;
                int iy = (int) fy;
                float there = Field.bilinear(later.energy, iy * blocksAcross + ix, blocksAcross, fx - ix, fy - iy);
                float here = now.energy[by * blocksAcross + bx];
                out[row + cellColumn[bx]] += FastLog.log((there + FAINT) / (here + FAINT));
            }
        }
        for (int c = 0; c < out.length; c++) {
            out[c] /= Math.max(1, counts[c]);
        }
    }
}
