package dev.moviola.defect.internal;

import java.util.Arrays;

/**
 * Finds parts of the picture that turn as one further than {@link PatchFlow} can follow, and gives them that motion.
 *
 * <p>A patch that only shifts matches a picture that turns up to about a sixth of a radian from frame to frame. Where
 * blocks stay unmatched, a rotation and a shift of all of them are sought on a grid at half the size of the flow and
 * refined, with a change of size, by Gauss-Newton steps on robust weights. The motion is taken only if it is a
 * clear turn and explains much of what was left unexplained; what bends, flows or is drawn anew is not explained by any,
 * and what shifts so far at once does not move but jumps. The constants were set on rehearsal clips whose figures do
 * flips, against clips with injected defects. Not safe for use by several threads.
 */
final class RigidParts {
    private static final int BLOCK = 4;
    /** Mean absolute difference of a block that counts as unmatched, grey levels ... */
    private static final float UNMATCHED = 6;
    /** ... and in units of the usual one. */
    private static final float UNUSUAL = 3;
    /** What a pixel counts at most, grey levels. */
    private static final float CAP = 40;

    /** Least number of unmatched blocks that make a part. */
    private static final int LEAST_BLOCKS = 14;
    /** Searches for each pair of frames. */
    private static final int MOST_TRIES = 6;
    /** Share of its difference that a block may keep to count as explained. */
    private static final float WELL = 0.6f;
    /** Share of the difference in the unmatched blocks that the motion of a part takes away in explained ones. */
    private static final double EXPLAINED = 0.2;
    /** Sine of the angle from which a part counts as turning; patches follow smaller ones. */
    private static final double TURNS_CLEARLY = 0.2;
    /** Change of size up to which a turn is that of something rigid. */
    private static final double SAME_SIZE = 0.03;
    /** Radius of the disc that counts as turning, in units of the farthest pixel found to turn. */
    private static final double REACH = 1.2;
    /** Share of a block's difference from which on the motion of a part did nothing for it. */
    private static final float STILL = 0.8f;

    /** Grey levels by which the motion of the part has to match better around a pixel. */
    private static final float BETTER = 1;
    /** Pixels around the unmatched blocks that may belong to the part. */
    private static final int MARGIN = 6;

    private final int w;
    private final int h;
    private final int across;
    private final int down;
    private final float[] errors;
    private final float[] others;
    private final float[] rows;
    private final float[] blocks;
    private final float[] sorted;
    private final byte[] labels;
    private final int[] stack;
    private final int[] pixels;
    private final TurnFit fit = new TurnFit();
    private final boolean[] better;
    private final boolean[] grown;

    /** For flow of this size. */
    RigidParts(int width, int height) {
        w = width;
        h = height;
        across = w / BLOCK;
        down = h / BLOCK;
        errors = new float[w * h];
        others = new float[w * h];
        rows = new float[w * h];
        blocks = new float[across * down];
        sorted = new float[across * down];
        labels = new byte[across * down];
        stack = new int[across * down];
        pixels = new int[w * h];
        better = new boolean[w * h];
        grown = new boolean[w * h];
    }

    /** Mends both flows of {@code motion} between two pyramids. */
    void mend(float[][] from, float[][] to, Motion motion) {
        Arrays.fill(motion.turned, (byte) 0);
        if (from.length < 2) {
            return;
        }
        measure(from[0], to[0], motion.forward, errors);
        blockMeans();
        System.arraycopy(blocks, 0, sorted, 0, blocks.length);
        Arrays.sort(sorted);
        float bound = Math.max(UNMATCHED, UNUSUAL * sorted[sorted.length / 2]);
        for (int b = 0; b < blocks.length; b++) {
            labels[b] = (byte) (blocks[b] > bound ? 1 : 0);
        }
        int tries = 0;
        for (int b = 0; b < blocks.length && tries < MOST_TRIES; b++) {
            if (labels[b] == 1) {
                int count = flood(b);
                if (count >= LEAST_BLOCKS) {
                    tries++;
                    if (part(from, to, motion, 0, count)) {
                        again(from[0], to[0], motion.forward, count, bound);
                        b--;
                    } else if (count >= 4 * LEAST_BLOCKS) {
                        // two things that touch
                        int half = split(count);
                        tries += 2;
                        part(from, to, motion, 0, half);
                        part(from, to, motion, half, count);
                    }
                }
            }
        }
    }

    /** Lets the blocks that are still unmatched count as such once more. */
    private void again(float[] image, float[] target, Field flow, int count, float bound) {
        for (int k = 0; k < count; k++) {
            int b = stack[k];
            int x0 = BLOCK * (b % across);
            int y0 = BLOCK * (b / across);
            float sum = 0;
            for (int y = y0; y < y0 + BLOCK; y++) {
                for (int x = x0; x < x0 + BLOCK; x++) {
                    int i = y * w + x;
                    sum += Field.difference(image[i], target, w, h, x + flow.u[i], y + flow.v[i], CAP);
                }
            }
            float rest = sum / (BLOCK * BLOCK);
            labels[b] = (byte) (rest > bound && rest > STILL * blocks[b] ? 1 : 2);
            blocks[b] = rest;
        }
    }

    /** Orders the blocks on the stack so that those of one side of their centre come first; how many these are. */
    private int split(int count) {
        int left = across;
        int right = 0;
        int top = down;
        int bottom = 0;
        int sx = 0;
        int sy = 0;
        for (int k = 0; k < count; k++) {
            int x = stack[k] % across;
            int y = stack[k] / across;
            left = Math.min(left, x);
            right = Math.max(right, x);
            top = Math.min(top, y);
            bottom = Math.max(bottom, y);
            sx += x;
            sy += y;
        }
        boolean wide = right - left >= bottom - top;
        int first = 0;
        for (int k = 0; k < count; k++) {
            int b = stack[k];
            if (wide ? b % across * count < sx : b / across * count < sy) {
                stack[k] = stack[first];
                stack[first++] = b;
            }
        }
        return first;
    }

    /** Absolute difference of each pixel to where a flow says that it goes. */
    private void measure(float[] image, float[] target, Field flow, float[] out) {
        for (int y = 0; y < h; y++) {
            for (int x = 0; x < w; x++) {
                int i = y * w + x;
                out[i] = Field.difference(image[i], target, w, h, x + flow.u[i], y + flow.v[i], CAP);
            }
        }
    }

    private void blockMeans() {
        for (int by = 0; by < down; by++) {
            for (int bx = 0; bx < across; bx++) {
                float sum = 0;
                for (int y = BLOCK * by; y < BLOCK * by + BLOCK; y++) {
                    for (int x = BLOCK * bx; x < BLOCK * bx + BLOCK; x++) {
                        sum += errors[y * w + x];
                    }
                }
                blocks[by * across + bx] = sum / (BLOCK * BLOCK);
            }
        }
    }

    /** Collects the unmatched blocks that are at most one block apart. */
    private int flood(int seed) {
        int count = 0;
        stack[count++] = seed;
        labels[seed] = 2;
        for (int k = 0; k < count; k++) {
            int bx = stack[k] % across;
            int by = stack[k] / across;
            for (int y = Math.max(0, by - 2); y <= Math.min(down - 1, by + 2); y++) {
                for (int x = Math.max(0, bx - 2); x <= Math.min(across - 1, bx + 2); x++) {
                    if (labels[y * across + x] == 1) {
                        labels[y * across + x] = 2;
                        stack[count++] = y * across + x;
                    }
                }
            }
        }
        return count;
    }

    /** Looks for a turn of the blocks from {@code start} to {@code end} on the stack; true if it was found and taken. */
    private boolean part(float[][] from, float[][] to, Motion motion, int start, int end) {
        int count = end - start;
        int w1 = w / 2;
        int h1 = h / 2;
        int samples = 0;
        double sx = 0;
        double sy = 0;
        int every = Math.max(1, (4 * count + TurnFit.MOST_SAMPLES - 1) / TurnFit.MOST_SAMPLES);
        int n = 0;
        float before = 0;
        int left = w;
        int right = 0;
        int top = h;
        int bottom = 0;
        for (int k = start; k < end; k++) {
            int bx = stack[k] % across;
            int by = stack[k] / across;
            before += blocks[stack[k]];
            left = Math.min(left, BLOCK * bx);
            right = Math.max(right, BLOCK * bx + BLOCK - 1);
            top = Math.min(top, BLOCK * by);
            bottom = Math.max(bottom, BLOCK * by + BLOCK - 1);
            for (int q = 0; q < 4; q++) {
                int x = 2 * bx + (q & 1);
                int y = 2 * by + (q >> 1);
                if (x < w1 && y < h1 && n++ % every == 0) {
                    pixels[samples++] = y * w1 + x;
                    sx += x;
                    sy += y;
                }
            }
        }
        if (samples < 4) {
            return false;
        }
        fit.measure(from[1], to[1], w1, h1, motion.forward, pixels, samples);
        Turn best = fit.search(from[1], to[1], w1, h1, pixels, samples, sx / samples, sy / samples);
        samples = 0;
        for (int k = start; k < end; k++) {
            int bx = stack[k] % across;
            int by = stack[k] / across;
            for (int j = 0; j < BLOCK; j++) {
                for (int i = 0; i < BLOCK; i++) {
                    pixels[samples++] = (BLOCK * by + j) * w + BLOCK * bx + i;
                }
            }
        }
        best = TurnFit.refined(from[0], to[0], w, h, pixels, samples, best.doubled(), 6);
        float gained = gain(from[0], to[0], start, end, best);
        double size = StrictMath.sqrt((1 + best.a()) * (1 + best.a()) + best.b() * best.b());
        boolean turns = Math.abs(best.b()) > TURNS_CLEARLY * size && Math.abs(size - 1) < SAME_SIZE;
        if (!turns || gained < EXPLAINED * before) {
            return false;
        }
        int[] box = {left, top, right, bottom};
        samples = match(from[0], to[0], motion.forward, best, box);
        best = TurnFit.refined(from[0], to[0], w, h, pixels, samples, best, 4);
        int listed = apply(from[0], to[0], motion.forward, best, box);
        sweep(motion.turned, best, listed);
        apply(to[0], from[0], motion.backward, best.inverse(), moved(box, best));
        return true;
    }

    /** What a motion takes away of the differences of the blocks that it explains. */
    private float gain(float[] image, float[] target, int start, int end, Turn s) {
        float gained = 0;
        for (int k = start; k < end; k++) {
            int x0 = BLOCK * (stack[k] % across);
            int y0 = BLOCK * (stack[k] / across);
            float sum = 0;
            for (int y = y0; y < y0 + BLOCK; y++) {
                for (int x = x0; x < x0 + BLOCK; x++) {
                    sum += Field.difference(image[y * w + x], target, w, h, x + s.u(x, y), y + s.v(x, y), CAP);
                }
            }
            float rest = sum / (BLOCK * BLOCK);
            if (rest < WELL * blocks[stack[k]]) {
                gained += blocks[stack[k]] - rest;
            }
        }
        return gained;
    }

    private int[] moved(int[] box, Turn s) {
        int[] out = {w, h, 0, 0};
        for (int k = 0; k < 4; k++) {
            int x = box[(k & 1) * 2];
            int y = box[(k >> 1) * 2 + 1];
            float mx = x + s.u(x, y);
            float my = y + s.v(x, y);
            out[0] = Math.min(out[0], (int) mx);
            out[1] = Math.min(out[1], (int) my);
            out[2] = Math.max(out[2], (int) mx + 1);
            out[3] = Math.max(out[3], (int) my + 1);
        }
        return out;
    }

    /** Lists the pixels in and around {@code box} that match better under {@code s} than with their flow; how many. */
    private int match(float[] image, float[] target, Field flow, Turn s, int[] box) {
        int x0 = Math.max(0, box[0] - MARGIN);
        int y0 = Math.max(0, box[1] - MARGIN);
        int x1 = Math.min(w - 1, box[2] + MARGIN);
        int y1 = Math.min(h - 1, box[3] + MARGIN);
        if (x1 - x0 < 8 || y1 - y0 < 8) {
            return 0;
        }
        for (int y = y0; y <= y1; y++) {
            for (int x = x0; x <= x1; x++) {
                int i = y * w + x;
                others[i] = Field.difference(image[i], target, w, h, x + flow.u[i], y + flow.v[i], CAP)
                        - Field.difference(image[i], target, w, h, x + s.u(x, y), y + s.v(x, y), CAP);
            }
        }
        for (int y = y0; y <= y1; y++) {
            for (int x = x0; x <= x1; x++) {
                float sum = 0;
                for (int i = Math.max(x0, x - 2); i <= Math.min(x1, x + 2); i++) {
                    sum += others[y * w + i];
                }
                rows[y * w + x] = sum;
            }
        }
        for (int y = y0; y <= y1; y++) {
            for (int x = x0; x <= x1; x++) {
                float sum = 0;
                for (int j = Math.max(y0, y - 2); j <= Math.min(y1, y + 2); j++) {
                    sum += rows[j * w + x];
                }
                better[y * w + x] = sum > 25 * BETTER;
            }
        }
        grow(better, grown, x0, y0, x1, y1, true);
        grow(grown, better, x0, y0, x1, y1, false);
        int count = 0;
        for (int y = y0; y <= y1; y++) {
            for (int x = x0; x <= x1; x++) {
                if (better[y * w + x]) {
                    pixels[count++] = y * w + x;
                }
            }
        }
        return count;
    }

    /** Gives the pixels that {@link #match} lists the flow of {@code s}; how many. */
    private int apply(float[] image, float[] target, Field flow, Turn s, int[] box) {
        int count = match(image, target, flow, s, box);
        for (int k = 0; k < count; k++) {
            int i = pixels[k];
            flow.u[i] = s.u(i % w, i / w);
            flow.v[i] = s.v(i % w, i / w);
        }
        return count;
    }

    /** Marks the disc that the pixels that {@link #apply} listed sweep, and what thin things reach out of it. */
    private void sweep(byte[] turned, Turn s, int count) {
        if (count == 0) {
            return;
        }
        double cx = 0;
        double cy = 0;
        for (int k = 0; k < count; k++) {
            cx += pixels[k] % w;
            cy += pixels[k] / w;
        }
        cx /= count;
        cy /= count;
        double most = 0;
        for (int k = 0; k < count; k++) {
            double dx = pixels[k] % w - cx;
            double dy = pixels[k] / w - cy;
            most = Math.max(most, dx * dx + dy * dy);
        }
        double reach = StrictMath.sqrt(most) * REACH;
        // where it is and where it goes
        disc(turned, cx, cy, reach);
        disc(
                turned,
                cx + s.a() * (cx - s.cx()) - s.b() * (cy - s.cy()) + s.tx(),
                cy + s.b() * (cx - s.cx()) + s.a() * (cy - s.cy()) + s.ty(),
                reach);
    }

    private void disc(byte[] turned, double cx, double cy, double reach) {
        for (int y = (int) Math.max(0, cy - reach); y < Math.min(h, cy + reach); y++) {
            double rest = reach * reach - (y - cy) * (y - cy);
            double half = StrictMath.sqrt(Math.max(0, rest));
            for (int x = (int) Math.max(0, cx - half); x < Math.min(w, cx + half); x++) {
                turned[y * w + x] = 1;
            }
        }
    }

    /** Closes gaps: first each pixel that is near one inside, then only those that are near none outside. */
    private void grow(boolean[] in, boolean[] out, int x0, int y0, int x1, int y1, boolean value) {
        for (int y = y0; y <= y1; y++) {
            for (int x = x0; x <= x1; x++) {
                boolean found = false;
                for (int j = Math.max(y0, y - 2); j <= Math.min(y1, y + 2) && !found; j++) {
                    for (int i = Math.max(x0, x - 2); i <= Math.min(x1, x + 2) && !found; i++) {
                        found = in[j * w + i] == value;
                    }
                }
                out[y * w + x] = found == value;
            }
        }
    }
}
