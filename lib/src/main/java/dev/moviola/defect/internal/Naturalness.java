package dev.moviola.defect.internal;

/**
 * Statistics of locally normalised brightness, as BRISQUE uses them (Mittal et al. 2012), against those of camera
 * pictures.
 */
final class Naturalness {
    private static final int RADIUS = 3;

    private final DoubleList kurtosis = new DoubleList();
    private final DoubleList horizontal = new DoubleList();
    private final DoubleList contrast = new DoubleList();

    void add(Plane plane) {
        float[] g = plane.pyramid[0];
        int w = plane.width / 2;
        int h = plane.height / 2;
        double[] sum = new double[(w + 1) * (h + 1)];
        double[] squares = new double[(w + 1) * (h + 1)];
        for (int y = 0; y < h; y++) {
            double row = 0;
            double rowSquares = 0;
            for (int x = 0; x < w; x++) {
                double value = g[y * w + x];
                row += value;
                rowSquares += value * value;
                sum[(y + 1) * (w + 1) + x + 1] = sum[y * (w + 1) + x + 1] + row;
                squares[(y + 1) * (w + 1) + x + 1] = squares[y * (w + 1) + x + 1] + rowSquares;
            }
        }
        double m2 = 0;
        double m4 = 0;
        double product = 0;
        double deviation = 0;
        int n = 0;
        for (int y = RADIUS; y < h - RADIUS; y++) {
            double last = 0;
            for (int x = RADIUS; x < w - RADIUS; x++) {
                double count = (2 * RADIUS + 1) * (2 * RADIUS + 1);
                double mean = box(sum, w, x, y) / count;
                double variance = Math.max(0, box(squares, w, x, y) / count - mean * mean);
                double spread = Math.sqrt(variance);
                double value = (g[y * w + x] - mean) / (spread + 1);
                double square = value * value;
                m2 += square;
                m4 += square * square;
                product += value * last;
                deviation += spread;
                last = value;
                n++;
            }
        }
        if (n > 0 && m2 > 0) {
            kurtosis.add(m4 * n / (m2 * m2));
            horizontal.add(product / m2);
            contrast.add(deviation / n);
        }
    }

    /** Median of the fourth moment over the squared second, of neighbour correlation and of local contrast. */
    double[] features() {
        return new double[] {
            Series.quantile(kurtosis.toArray(), 0.5),
            Series.quantile(horizontal.toArray(), 0.5),
            Series.quantile(contrast.toArray(), 0.5)
        };
    }

    private static double box(double[] sums, int w, int x, int y) {
        int a = (y - RADIUS) * (w + 1) + x - RADIUS;
        int b = (y + RADIUS + 1) * (w + 1) + x - RADIUS;
        int side = 2 * RADIUS + 1;
        return sums[b + side] - sums[b] - sums[a + side] + sums[a];
    }
}
