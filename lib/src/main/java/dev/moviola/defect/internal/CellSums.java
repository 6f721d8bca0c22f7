package dev.moviola.defect.internal;

import java.util.Arrays;

/**
 * Measures that are sums of differences over the pixels of each cell. The sums go through column sums, so that the inner
 * loops run along rows without a dependency from one pixel to the next and the compiler can vectorise them. Not safe for
 * use by several threads.
 */
final class CellSums {
    private final CellGrid grid;
    private final int w;
    private final int h;
    private final float[][] columns;

    CellSums(CellGrid grid) {
        this.grid = grid;
        w = grid.width;
        h = grid.height;
        columns = new float[14][w];
    }

    /**
     * Fills RHO, RHO2, SQ1, SQV, E1, D2, VALID, MAD, DL and MADR.
     *
     * @param moved the next plane moved back along the motion
     * @param movedOn the plane before moved forward
     * @param valid matched pixels on the half grid
     */
    void pair(
            float[] now,
            float[] before,
            float[] next,
            float[] second,
            float[] moved,
            float[] movedOn,
            float[] valid,
            float[][] out) {
        float[][] c = columns;
        for (int cy = 0; cy < grid.down; cy++) {
            for (int k = 0; k < 13; k++) {
                Arrays.fill(c[k], 0);
            }
            for (int y = grid.top[cy]; y < grid.top[cy + 1]; y++) {
                int row = y * w;
                int mask = Math.min(h / 2 - 1, y / 2) * (w / 2);
                float[] m = c[13];
                for (int x = 0; x < w / 2; x++) {
                    float value = valid[mask + x];
                    m[2 * x] = value;
                    m[2 * x + 1] = value;
                }
                compensated(now, moved, movedOn, row, c[0], c[1], c[2]);
                masked(now, moved, movedOn, row, m, c[3], c[4], c[5], c[6]);
                plain(now, before, next, row, c[7], c[8], c[9]);
                steps(now, next, second, row, c[10], c[11], c[12]);
            }
            for (int cx = 0; cx < grid.across; cx++) {
                int cell = cy * grid.across + cx;
                float n = (grid.left[cx + 1] - grid.left[cx]) * (grid.top[cy + 1] - grid.top[cy]);
                float one = 1f / n;
                float rr1 = sum(c[1], cx) * one;
                float rr0 = sum(c[2], cx) * one;
                out[Measure.RHO.ordinal()][cell] = sum(c[0], cx) * one / ((float) Math.sqrt(rr1 * rr0) + 2f);
                out[Measure.SQ1.ordinal()][cell] = rr1;
                out[Measure.SQV.ordinal()][cell] = sum(c[6], cx) * one;
                float share = sum(c[5], cx);
                float of = 1f / (share + 1f);
                out[Measure.E1.ordinal()][cell] = sum(c[3], cx) * of;
                out[Measure.D2.ordinal()][cell] = sum(c[4], cx) * of;
                out[Measure.VALID.ordinal()][cell] = share * one;
                float dd1 = sum(c[8], cx) * one;
                float dd0 = sum(c[9], cx) * one;
                out[Measure.RHO2.ordinal()][cell] = sum(c[7], cx) * one / ((float) Math.sqrt(dd1 * dd0) + 2f);
                float mad = sum(c[10], cx) * one;
                out[Measure.MAD.ordinal()][cell] = mad;
                out[Measure.DL.ordinal()][cell] = sum(c[11], cx) * one;
                out[Measure.MADR.ordinal()][cell] =
                        (float) StrictMath.log((sum(c[12], cx) * one + 0.5f) / (mad + 0.5f));
            }
        }
    }

    private void compensated(float[] now, float[] to, float[] from, int row, float[] a, float[] b, float[] c) {
        for (int x = 0; x < w; x++) {
            float r1 = to[row + x] - now[row + x];
            float r0 = now[row + x] - from[row + x];
            a[x] += r1 * r0;
            b[x] += r1 * r1;
            c[x] += r0 * r0;
        }
    }

    private void masked(
            float[] now, float[] to, float[] from, int row, float[] m, float[] a, float[] b, float[] c, float[] d) {
        for (int x = 0; x < w; x++) {
            float r1 = to[row + x] - now[row + x];
            float r0 = now[row + x] - from[row + x];
            a[x] += m[x] * Math.abs(r1);
            b[x] += m[x] * Math.abs(r1 - r0);
            c[x] += m[x];
            d[x] += m[x] * r1 * r1;
        }
    }

    private void plain(float[] now, float[] before, float[] next, int row, float[] a, float[] b, float[] c) {
        for (int x = 0; x < w; x++) {
            float d1 = next[row + x] - now[row + x];
            float d0 = now[row + x] - before[row + x];
            a[x] += d1 * d0;
            b[x] += d1 * d1;
            c[x] += d0 * d0;
        }
    }

    private void steps(float[] now, float[] next, float[] second, int row, float[] a, float[] b, float[] c) {
        for (int x = 0; x < w; x++) {
            float d1 = next[row + x] - now[row + x];
            a[x] += Math.abs(d1);
            b[x] += d1;
            c[x] += Math.abs(second[row + x] - now[row + x]);
        }
    }

    /** Fills MID and MIDN from the planes two and four frames ahead, moved back. */
    void middle(float[] now, float[] second, float[] fourth, float[][] out) {
        float[] ends = columns[0];
        float[] mid = columns[1];
        for (int cy = 0; cy < grid.down; cy++) {
            Arrays.fill(ends, 0);
            Arrays.fill(mid, 0);
            for (int y = grid.top[cy]; y < grid.top[cy + 1]; y++) {
                int row = y * w;
                for (int x = 0; x < w; x++) {
                    ends[x] += Math.abs(fourth[row + x] - now[row + x]);
                    mid[x] += Math.abs(second[row + x] - 0.5f * (fourth[row + x] + now[row + x]));
                }
            }
            for (int cx = 0; cx < grid.across; cx++) {
                int cell = cy * grid.across + cx;
                float one = 1f / ((grid.left[cx + 1] - grid.left[cx]) * (grid.top[cy + 1] - grid.top[cy]));
                float a = sum(ends, cx) * one;
                float m = sum(mid, cx) * one;
                out[Measure.MID.ordinal()][cell] = a - 2 * m;
                out[Measure.MIDN.ordinal()][cell] = m / (a + 1f);
            }
        }
    }

    /** Size of the mean change of brightness from one plane to a later one, moved back. */
    void change(float[] now, float[] later, float[] out) {
        float[] sums = columns[0];
        for (int cy = 0; cy < grid.down; cy++) {
            Arrays.fill(sums, 0);
            for (int y = grid.top[cy]; y < grid.top[cy + 1]; y++) {
                int row = y * w;
                for (int x = 0; x < w; x++) {
                    sums[x] += later[row + x] - now[row + x];
                }
            }
            for (int cx = 0; cx < grid.across; cx++) {
                float n = (grid.left[cx + 1] - grid.left[cx]) * (grid.top[cy + 1] - grid.top[cy]);
                out[cy * grid.across + cx] = Math.abs(sum(sums, cx)) / n;
            }
        }
    }

    private float sum(float[] columnSums, int cx) {
        float total = 0;
        for (int x = grid.left[cx]; x < grid.left[cx + 1]; x++) {
            total += columnSums[x];
        }
        return total;
    }
}
