package dev.moviola.defect.internal;

/**
 * Turns raw pools into scores 0..1: nothing up to {@code low}, one half at {@code half}, rising towards 1.
 *
 * <p>The constants were set by hand on clean pieces of real clips and on damaged copies of them, those of boil and warp
 * also on rehearsal clips with known defects. {@code low} lies near the median of the clean pieces, {@code half} near or
 * above the highest of most of them. They know injected defects only: they say how far a clip stands out from ordinary
 * footage, not how much a viewer minds, and a defect of a kind that was never injected may go unseen. Foliage in wind,
 * cuts and unsteady hands in clean footage can look like a defect.
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
    BOIL(0.050, 0.115),
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
