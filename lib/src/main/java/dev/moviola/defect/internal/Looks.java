package dev.moviola.defect.internal;

/**
 * Scores of how single frames look, 0..1, higher is better; set on the clean real pieces named in {@link Calibration}.
 * They compare with ordinary footage and say nothing about whether a picture is true.
 */
final class Looks {
    /** Median and spread of kurtosis, neighbour correlation and local contrast over the clean real pieces. */
    private static final double[] USUAL = {4.2, 0.67, 12};

    private static final double[] SPREAD = {2.5, 0.2, 8};
    private static final double USUAL_CRISPNESS = 0.7;

    private Looks() {}

    /**
     * Sharpness by the usual crispness: one half at the median of the clean pieces, towards 1 for finer detail.
     *
     * @param crispness what {@link Crispness} says of the clip, 0..
     */
    static double sharpness(double crispness) {
        double z = crispness / USUAL_CRISPNESS;
        return z / (1 + z);
    }

    /**
     * 1 / (1 + z), z the mean squared distance of the features from the usual ones in units of their spread.
     *
     * @param features kurtosis, neighbour correlation and local contrast of {@link Naturalness}
     */
    static double naturalness(double[] features) {
        double total = 0;
        for (int i = 0; i < features.length; i++) {
            double z = (features[i] - USUAL[i]) / SPREAD[i];
            total += z * z / features.length;
        }
        return 1 / (1 + total);
    }
}
