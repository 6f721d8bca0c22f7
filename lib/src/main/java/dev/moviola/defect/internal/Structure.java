package dev.moviola.defect.internal;

import java.util.Arrays;

/** Structural similarity (Wang et al. 2004) without its luma term, per cell. Not safe for use by several threads. */
final class Structure {
    /** Constant of the structure term, (0.03 * 255)^2. */
    private static final float STABILISER = 58.5f;

    private final CellGrid grid;
    private final int w;
    private final int blocksAcross;
    private final int blocksDown;
    private final float[][] columns;
    private final float[][] blocks;

    Structure(CellGrid grid) {
        this.grid = grid;
        w = grid.width;
        blocksAcross = w / 4;
        blocksDown = grid.height / 4;
        columns = new float[5][w];
        blocks = new float[5][blocksAcross * blocksDown];
    }

    /** 1 - the structure term of SSIM over 8x8 windows at a stride of 4, averaged over the cell of their centre. */
    void loss(float[] a, float[] b, float[] out) {
        for (int by = 0; by < blocksDown; by++) {
            for (int k = 0; k < 5; k++) {
                Arrays.fill(columns[k], 0);
            }
            for (int y = 4 * by; y < 4 * by + 4; y++) {
                moments(a, b, y * w, columns[0], columns[1], columns[2], columns[3], columns[4]);
            }
            int row = by * blocksAcross;
            for (int k = 0; k < 5; k++) {
                float[] from = columns[k];
                float[] to = blocks[k];
                for (int bx = 0; bx < blocksAcross; bx++) {
                    int x = 4 * bx;
                    to[row + bx] = from[x] + from[x + 1] + (from[x + 2] + from[x + 3]);
                }
            }
        }
        Arrays.fill(out, 0);
        float[] counts = columns[0];
        for (int cy = 0; cy < grid.down; cy++) {
            int firstBlock = Math.max(1, (grid.top[cy] + 3) / 4);
            int endBlock = Math.min(blocksDown, (grid.top[cy + 1] + 3) / 4);
            float[] sums = new float[grid.across];
            Arrays.fill(counts, 0, grid.across, 0);
            for (int by = firstBlock; by < endBlock; by++) {
                for (int bx = 1; bx < blocksAcross; bx++) {
                    int cx = Math.min(grid.across - 1, 4 * bx * grid.across / w);
                    sums[cx] += 1f - window(by, bx);
                    counts[cx]++;
                }
            }
            for (int cx = 0; cx < grid.across; cx++) {
                out[cy * grid.across + cx] = counts[cx] == 0 ? 0 : sums[cx] / counts[cx];
            }
        }
    }

    private float window(int by, int bx) {
        int i = by * blocksAcross + bx;
        int up = i - blocksAcross;
        float one = 1f / 64;
        float ma = (blocks[0][i] + blocks[0][i - 1] + blocks[0][up] + blocks[0][up - 1]) * one;
        float mb = (blocks[1][i] + blocks[1][i - 1] + blocks[1][up] + blocks[1][up - 1]) * one;
        float aa = (blocks[2][i] + blocks[2][i - 1] + blocks[2][up] + blocks[2][up - 1]) * one - ma * ma;
        float bb = (blocks[3][i] + blocks[3][i - 1] + blocks[3][up] + blocks[3][up - 1]) * one - mb * mb;
        float ab = (blocks[4][i] + blocks[4][i - 1] + blocks[4][up] + blocks[4][up - 1]) * one - ma * mb;
        return (2 * ab + STABILISER) / (Math.max(0, aa) + Math.max(0, bb) + STABILISER);
    }

    private void moments(float[] a, float[] b, int row, float[] sa, float[] sb, float[] saa, float[] sbb, float[] sab) {
        for (int x = 0; x < w; x++) {
            // centred at mid-grey, which keeps the differences of large sums exact enough in float
            float p = a[row + x] - 128f;
            float q = b[row + x] - 128f;
            sa[x] += p;
            sb[x] += q;
            saa[x] += p * p;
            sbb[x] += q * q;
            sab[x] += p * q;
        }
    }
}
