package dev.moviola.defect.internal;

import dev.moviola.MoviolaException;
import dev.moviola.video.Frame;
import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * The engine in plain Java. Sums over cells go through column sums, so that the inner loops run along rows without a
 * dependency from one pixel to the next and the compiler can vectorise them.
 */
final class PlainEngine implements MapEngine {
    /** Constant of the structure term, (0.03 * 255)^2. */
    private static final float STABILISER = 58.5f;

    private final LumaScaler scaler;
    private final int w;
    private final int h;
    private final CellGrid grid;
    private final PatchFlow flow;
    private final HalfGridMeasures half;
    private final float[] raw;
    private final float[] square;
    private final float[] warped;
    private final float[] warpedBack;
    private final float[] warped4;
    private final float[] rowU;
    private final float[] rowV;
    private final float[][] columns;
    private final int blocksAcross;
    private final int blocksDown;
    private final float[][] blocks;
    private final Field eight;
    private final ArrayDeque<Plane> planes = new ArrayDeque<>();
    private final ArrayDeque<Motion> motions = new ArrayDeque<>();
    private float[][] lastLong = new float[0][];

    PlainEngine(Frame first) {
        scaler = new LumaScaler(first.width(), first.height());
        w = scaler.width;
        h = scaler.height;
        grid = new CellGrid(w, h);
        flow = new PatchFlow(w / 2, h / 2);
        half = new HalfGridMeasures(grid, w / 2, h / 2);
        raw = new float[w * h];
        square = new float[w * h];
        warped = new float[w * h];
        warpedBack = new float[w * h];
        warped4 = new float[w * h];
        rowU = new float[w / 2];
        rowV = new float[w / 2];
        columns = new float[14][w];
        blocksAcross = w / 4;
        blocksDown = h / 4;
        blocks = new float[5][blocksAcross * blocksDown];
        eight = new Field(w / 2, h / 2);
    }

    @Override
    public CellGrid grid() {
        return grid;
    }

    @Override
    public Plane plane(Frame frame) {
        if (!scaler.fits(frame)) {
            throw new MoviolaException("all frames of a clip must have one size, but frame " + frame.index() + " is "
                    + frame.width() + "x" + frame.height());
        }
        Plane plane = planes.poll();
        if (plane == null) {
            plane = new Plane(w, h, flow.pyramid(new float[(w / 2) * (h / 2)]));
        }
        plane.index = frame.index();
        plane.seconds = frame.seconds();
        scaler.scale(frame, raw);
        PatchFlow.halve(raw, w, plane.pyramid[0], w / 2, h / 2);
        flow.fill(plane.pyramid);
        binomial(raw, plane.luma);
        energy(plane);
        small(plane);
        return plane;
    }

    @Override
    public Motion motion(Plane from, Plane to) {
        Motion motion = motions.poll();
        if (motion == null) {
            motion = new Motion(w / 2, h / 2);
        }
        flow.compute(from.pyramid, to.pyramid, motion.forward);
        flow.compute(to.pyramid, from.pyramid, motion.backward);
        GlobalMotion.check(motion);
        GlobalMotion.fit(motion);
        return motion;
    }

    @Override
    public double difference(Plane a, Plane b) {
        double total = 0;
        float[] sums = columns[0];
        Arrays.fill(sums, 0);
        for (int y = 0; y < h; y++) {
            int row = y * w;
            for (int x = 0; x < w; x++) {
                sums[x] += Math.abs(a.luma[row + x] - b.luma[row + x]);
            }
        }
        for (float sum : sums) {
            total += sum;
        }
        return total / (w * h);
    }

    @Override
    public double dissimilarity(Plane from, Plane to, Motion motion) {
        warp(to.luma, motion.forward, warped);
        float[] cells = new float[grid.cells()];
        structure(from.luma, warped, cells);
        Arrays.sort(cells);
        return cells[cells.length / 2];
    }

    @Override
    public void giveBack(Plane plane) {
        planes.add(plane);
    }

    @Override
    public void giveBack(Motion motion) {
        motions.add(motion);
    }

    @Override
    public float[][] measures(Window window, int t) {
        float[][] out = new float[Measure.COUNT][grid.cells()];
        int last = window.size() - 1;
        Plane now = window.plane(t);
        if (t < last) {
            Motion motion = window.motion(t);
            warp(window.plane(t + 1).luma, motion.forward, warped);
            Plane before = window.plane(Math.max(0, t - 1));
            if (t > 0) {
                warp(before.luma, window.motion(t - 1).backward, warpedBack);
            } else {
                System.arraycopy(now.luma, 0, warpedBack, 0, w * h);
            }
            Plane second = window.plane(Math.min(last, t + 2));
            pairSums(now.luma, before.luma, window.plane(t + 1).luma, second.luma, motion.valid, out);
            structure(now.luma, warped, out[Measure.S1.ordinal()]);
            half.motion(motion, t + 1 < last ? window.motion(t + 1) : null, out);
            sharpness(now, window.plane(t + 1), motion.forward, out[Measure.SH1.ordinal()]);
        }
        level(now, out[Measure.LAP.ordinal()]);
        longRange(window, t, out);
        return out;
    }

    /** Measures over 2, 4 and 8 frames: at even t where the shot goes on for so long, elsewhere the last ones. */
    private void longRange(Window window, int t, float[][] out) {
        Measure[] kept = {Measure.MID, Measure.MIDN, Measure.S4, Measure.S8, Measure.SH4, Measure.SH8, Measure.DL8};
        if (t == 0) {
            lastLong = new float[kept.length][grid.cells()];
        }
        int last = window.size() - 1;
        if (t % 2 == 0 && t + 4 <= last) {
            Plane now = window.plane(t);
            Plane fourth = window.plane(t + 4);
            Field four = window.four(t);
            warp(fourth.luma, four, warped4);
            warp(window.plane(t + 2).luma, window.two(t), warped);
            middle(now.luma, out);
            structure(now.luma, warped4, out[Measure.S4.ordinal()]);
            sharpness(now, fourth, four, out[Measure.SH4.ordinal()]);
            if (t + 8 <= last) {
                Field.chain(four, window.four(t + 4), eight);
                warp(window.plane(t + 8).luma, eight, warped4);
                structure(now.luma, warped4, out[Measure.S8.ordinal()]);
                sharpness(now, window.plane(t + 8), eight, out[Measure.SH8.ordinal()]);
                change(now.luma, warped4, out[Measure.DL8.ordinal()]);
            } else {
                for (int k = 0; k < kept.length; k++) {
                    if (kept[k] == Measure.S8 || kept[k] == Measure.SH8 || kept[k] == Measure.DL8) {
                        out[kept[k].ordinal()] = lastLong[k].clone();
                    }
                }
            }
            for (int k = 0; k < kept.length; k++) {
                lastLong[k] = out[kept[k].ordinal()];
            }
        } else {
            for (int k = 0; k < kept.length; k++) {
                out[kept[k].ordinal()] = lastLong[k].clone();
            }
        }
    }

    private void pairSums(float[] now, float[] before, float[] next, float[] second, float[] valid, float[][] out) {
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
                compensated(now, warped, warpedBack, row, c[0], c[1], c[2]);
                masked(now, warped, warpedBack, row, m, c[3], c[4], c[5], c[6]);
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

    /** Uses the planes two and four frames ahead, moved back into {@code warped} and {@code warped4}. */
    private void middle(float[] now, float[][] out) {
        float[] ends = columns[0];
        float[] mid = columns[1];
        for (int cy = 0; cy < grid.down; cy++) {
            Arrays.fill(ends, 0);
            Arrays.fill(mid, 0);
            for (int y = grid.top[cy]; y < grid.top[cy + 1]; y++) {
                int row = y * w;
                for (int x = 0; x < w; x++) {
                    ends[x] += Math.abs(warped4[row + x] - now[row + x]);
                    mid[x] += Math.abs(warped[row + x] - 0.5f * (warped4[row + x] + now[row + x]));
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

    private void change(float[] now, float[] later, float[] out) {
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

    /** 1 - the structure term of SSIM over 8x8 windows at a stride of 4, averaged over the cell of their centre. */
    void structure(float[] a, float[] b, float[] out) {
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

    /** Moves a plane back along a field of half its size. */
    void warp(float[] source, Field field, float[] out) {
        int w2 = w / 2;
        int h2 = h / 2;
        float mostX = w - 1.001f;
        float mostY = h - 1.001f;
        for (int y = 0; y < h; y++) {
            int near = y / 2;
            int far = (y & 1) == 0 ? Math.max(0, near - 1) : Math.min(h2 - 1, near + 1);
            int a = near * w2;
            int b = far * w2;
            // 0.75 and 0.25 interpolate between centres; times two turns half-size pixels into full ones
            for (int x = 0; x < w2; x++) {
                rowU[x] = 1.5f * field.u[a + x] + 0.5f * field.u[b + x];
                rowV[x] = 1.5f * field.v[a + x] + 0.5f * field.v[b + x];
            }
            int row = y * w;
            for (int x = 0; x < w; x++) {
                int i = x >> 1;
                int j = (x & 1) == 0 ? (i == 0 ? 0 : i - 1) : (i == w2 - 1 ? i : i + 1);
                float fx = x + 0.75f * rowU[i] + 0.25f * rowU[j];
                float fy = y + 0.75f * rowV[i] + 0.25f * rowV[j];
                fx = fx < 0 ? 0 : fx > mostX ? mostX : fx;
                fy = fy < 0 ? 0 : fy > mostY ? mostY : fy;
                int ix = (int) fx;
                int iy = (int) fy;
                float ax = fx - ix;
                float ay = fy - iy;
                int p = iy * w + ix;
                float top = source[p] + ax * (source[p + 1] - source[p]);
                float bottom = source[p + w] + ax * (source[p + w + 1] - source[p + w]);
                out[row + x] = top + ay * (bottom - top);
            }
        }
    }

    private void binomial(float[] source, float[] out) {
        float[] rows = square;
        for (int y = 0; y < h; y++) {
            int up = Math.max(0, y - 1) * w;
            int at = y * w;
            int below = Math.min(h - 1, y + 1) * w;
            for (int x = 0; x < w; x++) {
                rows[at + x] = 0.25f * (source[up + x] + source[below + x]) + 0.5f * source[at + x];
            }
        }
        for (int y = 0; y < h; y++) {
            int at = y * w;
            out[at] = 0.75f * rows[at] + 0.25f * rows[at + 1];
            out[at + w - 1] = 0.75f * rows[at + w - 1] + 0.25f * rows[at + w - 2];
            for (int x = 1; x < w - 1; x++) {
                out[at + x] = 0.25f * (rows[at + x - 1] + rows[at + x + 1]) + 0.5f * rows[at + x];
            }
        }
    }

    private void energy(Plane plane) {
        float[] g = plane.luma;
        float[] fine = blocks[0];
        float[] sums = columns[0];
        float[] slopes = columns[1];
        double laplacian = 0;
        double gradient = 0;
        for (int by = 0; by < blocksDown; by++) {
            Arrays.fill(sums, 0);
            Arrays.fill(slopes, 0);
            for (int y = Math.max(1, 4 * by); y < Math.min(h - 1, 4 * by + 4); y++) {
                int at = y * w;
                for (int x = 1; x < w - 1; x++) {
                    float dx = g[at + x + 1] - g[at + x - 1];
                    float dy = g[at + x + w] - g[at + x - w];
                    float lap = g[at + x - 1] + g[at + x + 1] + g[at + x - w] + g[at + x + w] - 4 * g[at + x];
                    sums[x] += lap * lap;
                    slopes[x] += dx * dx + dy * dy;
                }
            }
            for (int bx = 0; bx < blocksAcross; bx++) {
                int x = 4 * bx;
                float sum = sums[x] + sums[x + 1] + sums[x + 2] + sums[x + 3];
                fine[by * blocksAcross + bx] = sum / 16;
                laplacian += sum;
                gradient += slopes[x] + slopes[x + 1] + slopes[x + 2] + slopes[x + 3];
            }
        }
        plane.crispness = laplacian / (gradient + 4.0 * w * h);
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

    private void level(Plane plane, float[] out) {
        for (int cy = 0; cy < grid.down; cy++) {
            for (int cx = 0; cx < grid.across; cx++) {
                int bx = Math.min(blocksAcross - 1, (grid.left[cx] + grid.left[cx + 1]) / 8);
                int by = Math.min(blocksDown - 1, (grid.top[cy] + grid.top[cy + 1]) / 8);
                out[cy * grid.across + cx] = (float) StrictMath.log(plane.energy[by * blocksAcross + bx] + 4);
            }
        }
    }

    /** Mean log ratio of Laplacian energy along a field, at the centres of the 4x4 blocks of each cell. */
    private void sharpness(Plane now, Plane later, Field field, float[] out) {
        Arrays.fill(out, 0);
        float[] counts = columns[0];
        Arrays.fill(counts, 0);
        int w2 = w / 2;
        for (int by = 0; by < blocksDown; by++) {
            int cy = Math.min(grid.down - 1, (4 * by + 2) * grid.down / h);
            Arrays.fill(counts, 0, grid.across, 0);
            for (int bx = 0; bx < blocksAcross; bx++) {
                int cx = Math.min(grid.across - 1, (4 * bx + 2) * grid.across / w);
                int i = (2 * by + 1) * w2 + 2 * bx + 1;
                float fx = Field.clamp(bx + 0.5f * field.u[i], blocksAcross - 1.001f);
                float fy = Field.clamp(by + 0.5f * field.v[i], blocksDown - 1.001f);
                int ix = (int) fx;
                int iy = (int) fy;
                float there = Field.bilinear(later.energy, iy * blocksAcross + ix, blocksAcross, fx - ix, fy - iy);
                float here = now.energy[by * blocksAcross + bx];
                out[cy * grid.across + cx] += FastLog.log((there + 4) / (here + 4));
            }
        }
        for (int cy = 0; cy < grid.down; cy++) {
            int rows = blockRows(cy);
            for (int cx = 0; cx < grid.across; cx++) {
                int count = rows * blockColumns(cx);
                out[cy * grid.across + cx] /= Math.max(1, count);
            }
        }
    }

    private int blockRows(int cy) {
        int count = 0;
        for (int by = 0; by < blocksDown; by++) {
            if (Math.min(grid.down - 1, (4 * by + 2) * grid.down / h) == cy) {
                count++;
            }
        }
        return count;
    }

    private int blockColumns(int cx) {
        int count = 0;
        for (int bx = 0; bx < blocksAcross; bx++) {
            if (Math.min(grid.across - 1, (4 * bx + 2) * grid.across / w) == cx) {
                count++;
            }
        }
        return count;
    }

    private void small(Plane plane) {
        int sw = plane.smallWidth;
        int sh = plane.small.length / sw;
        float[] quarter = plane.pyramid.length > 2 ? plane.pyramid[2] : raw;
        double total = 0;
        int stride = plane.pyramid.length > 2 ? (w / 2) >> 2 : w;
        int skip = plane.pyramid.length > 2 ? 1 : 8;
        for (int y = 0; y < sh; y++) {
            for (int x = 0; x < sw; x++) {
                float value = quarter[y * skip * stride + x * skip];
                plane.small[y * sw + x] = value;
                total += value;
            }
        }
        float mean = (float) (total / plane.small.length);
        for (int i = 0; i < plane.small.length; i++) {
            plane.small[i] -= mean;
        }
        plane.mean = mean;
        Arrays.fill(plane.histogram, 0);
        float[] finest = plane.pyramid[0];
        for (float value : finest) {
            plane.histogram[Math.min(Plane.BINS - 1, (int) (value * (Plane.BINS / 256f)))]++;
        }
    }
}
