package dev.moviola.defect.internal;

import dev.moviola.video.Frame;

/**
 * Area-averaging reduction of a frame's luma to the working size: short side 180, both sides even.
 *
 * <p>Every clip is judged at this one scale, so that the same scene gets the same scores whatever the size it was
 * rendered at: a cell covers the same part of it, motion has the same length, and what is finer than one part in 180 of
 * the short side (grain, the traces of compression) is averaged out. Frames smaller than that keep their size, but at
 * least 64 on the short side, so that patches of 8x8 still fit three levels down; the long side of a strip is at most
 * eight times 180. Not safe for use by several threads.
 */
final class LumaScaler {
    static final int SHORT_SIDE = 180;
    private static final int LEAST = 64;

    final int width;
    final int height;
    private final int sourceWidth;
    private final int sourceHeight;
    private final float[] columns;
    private final int[] from;
    private final float[] firstWeight;
    private final float[] lastWeight;
    private final int[] to;

    LumaScaler(int sourceWidth, int sourceHeight) {
        this.sourceWidth = sourceWidth;
        this.sourceHeight = sourceHeight;
        int shortSide = Math.min(sourceWidth, sourceHeight);
        int wanted = Math.max(LEAST, Math.min(SHORT_SIDE, shortSide));
        // a very long strip would cost memory without bound
        int cap = 8 * SHORT_SIDE;
        this.width = even(Math.min(cap, Math.round((double) sourceWidth * wanted / shortSide)));
        this.height = even(Math.min(cap, Math.round((double) sourceHeight * wanted / shortSide)));
        this.columns = new float[sourceWidth];
        this.from = new int[width];
        this.to = new int[width];
        this.firstWeight = new float[width];
        this.lastWeight = new float[width];
        for (int x = 0; x < width; x++) {
            double left = (double) x * sourceWidth / width;
            double right = (double) (x + 1) * sourceWidth / width;
            from[x] = (int) left;
            to[x] = Math.min(sourceWidth - 1, (int) Math.ceil(right) - 1);
            firstWeight[x] = (float) (Math.min(right, from[x] + 1) - left);
            lastWeight[x] = to[x] == from[x] ? 0f : (float) (right - to[x]);
        }
    }

    boolean fits(Frame frame) {
        return frame.width() == sourceWidth && frame.height() == sourceHeight;
    }

    /** Writes the reduced luma, 0..255, row by row. */
    void scale(Frame frame, float[] out) {
        byte[] luma = frame.luma();
        if (sourceWidth == 2 * width && sourceHeight == 2 * height) {
            halve(luma, out);
            return;
        }
        for (int y = 0; y < height; y++) {
            double top = (double) y * sourceHeight / height;
            double bottom = (double) (y + 1) * sourceHeight / height;
            int first = (int) top;
            int last = Math.min(sourceHeight - 1, (int) Math.ceil(bottom) - 1);
            for (int row = first; row <= last; row++) {
                float weight = (float) (Math.min(bottom, row + 1) - Math.max(top, row));
                addRow(luma, row * sourceWidth, weight, row == first);
            }
            float scale = (float) ((double) width / sourceWidth / (bottom - top));
            int base = y * width;
            for (int x = 0; x < width; x++) {
                float sum = firstWeight[x] * columns[from[x]] + lastWeight[x] * columns[to[x]];
                for (int i = from[x] + 1; i < to[x]; i++) {
                    sum += columns[i];
                }
                out[base + x] = sum * scale;
            }
        }
    }

    private void addRow(byte[] luma, int offset, float weight, boolean first) {
        float[] sums = columns;
        if (first) {
            for (int x = 0; x < sums.length; x++) {
                sums[x] = weight * (luma[offset + x] & 0xff);
            }
        } else {
            for (int x = 0; x < sums.length; x++) {
                sums[x] += weight * (luma[offset + x] & 0xff);
            }
        }
    }

    private void halve(byte[] luma, float[] out) {
        for (int y = 0; y < height; y++) {
            int a = 2 * y * sourceWidth;
            int b = a + sourceWidth;
            int base = y * width;
            for (int x = 0; x < width; x++) {
                int sum = (luma[a + 2 * x] & 0xff)
                        + (luma[a + 2 * x + 1] & 0xff)
                        + (luma[b + 2 * x] & 0xff)
                        + (luma[b + 2 * x + 1] & 0xff);
                out[base + x] = sum * 0.25f;
            }
        }
    }

    private static int even(double side) {
        return Math.max(2, (int) (side / 2 + 0.5) * 2);
    }
}
