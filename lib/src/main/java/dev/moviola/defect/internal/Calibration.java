package dev.moviola.defect.internal;

/**
 * Turns raw pools into scores 0..1: nothing up to {@code low}, one half at {@code half}, rising towards 1.
 *
 * <p>The constants were set on 13 clean pieces of 48 frames from real clips (vtest, cockatoo, tree, Megamind,
 * balle-jbart, motion, balle1-vp9; all re-encoded as H.264 at 2.5 Mbit/s) and 208 damaged copies of them: {@code low}
 * lies near the median of the clean pieces, {@code half} at or above the second highest of them. They say how far a clip
 * stands out from ordinary footage, not how much a viewer minds.
 */
enum Calibration {
    /** Working-size pixels per frame squared. */
    WARP(0.50, 1.70),
    /** Log units of Laplacian energy. */
    MELT(0.08, 0.27),
    /** Correlation, weighted 0..1. */
    MORPH(0.15, 0.32),
    /** Log ratio. */
    VANISH(0.55, 1.30),
    /** Grey levels. */
    FLICKER(0.60, 2.40),
    /** Repeated frames in one run. */
    FREEZE(0.50, 2.50),
    /** Correlation, weighted 0..1. */
    BOIL(0.015, 0.085),
    /** Half-way values of its two signs as units. */
    JERK(0.25, 1.00);

    private final double low;
    private final double half;

    Calibration(double low, double half) {
        this.low = low;
        this.half = half;
    }

    double score(double raw) {
        double z = Math.max(0, (raw - low) / (half - low));
        return z * z / (1 + z * z);
    }
}
