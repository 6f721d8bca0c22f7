package dev.moviola.defect.internal;

/**
 * Turns raw pools into scores 0..1: nothing up to {@code low}, one half at {@code half}, rising towards 1.
 *
 * <p>The constants, like those of {@link DefectPools}, were set by hand on 23 clean pieces of 26 to 40 frames of ten
 * real clips (those that {@code .ci/clips.sh} fetches, from frames 0, 100, 200 and 500 on), on copies of them with one
 * injected defect each, and on rehearsal clips (four scenes, seeds 11 to 13, clean and with each defect). {@code low}
 * lies near the median of the clean ones, {@code half} above nine in ten of them; warp takes both from rehearsal clips
 * of 854x480 (four scenes, seeds 21 and 22), whose textures are finer. They know injected defects only: they say how far
 * a clip stands out from ordinary footage, not how much a viewer minds, and a defect of a kind that was never injected
 * may go unseen. Foliage in wind and sudden moves of an unsteady hand can look like a defect.
 */
enum Calibration {
    /** Sum of three signs in units of clean clips. */
    WARP(1.2, 2.8),
    /** Sum of two signs in units of clean clips. */
    MELT(1.1, 1.9),
    /** Correlation times lost structure, each up to 1. */
    MORPH(0.03, 0.07),
    /** Mean of log ratios. */
    VANISH(0.70, 1.20),
    /** Grey levels. */
    FLICKER(1.0, 8.0),
    /** Repeated frames in one run. */
    FREEZE(0.50, 2.50),
    /** Correlation, weighted 0..1. */
    BOIL(0.070, 0.130),
    /** Half-way values of its two signs as units. */
    JERK(0.40, 1.50);

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
