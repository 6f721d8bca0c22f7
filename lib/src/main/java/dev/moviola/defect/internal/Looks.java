package dev.moviola.defect.internal;

/** Scores of single frames, set on the clean real pieces named in {@link Calibration}. */
final class Looks {
    /** Median and spread of kurtosis, neighbour correlation and local contrast over the clean real pieces. */
    private static final double[] USUAL = {4.5, 0.45, 12};

    private static final double[] SPREAD = {2.5, 0.2, 8};
    private static final double USUAL_CRISPNESS = 0.35;

    private Looks() {}

    static double sharpness(double crispness) {
        double z = crispness / USUAL_CRISPNESS;
        return z / (1 + z);
    }

    static double naturalness(double[] features) {
        double total = 0;
        for (int i = 0; i < features.length; i++) {
            double z = (features[i] - USUAL[i]) / SPREAD[i];
            total += z * z / features.length;
        }
        return 1 / (1 + total);
    }
}
