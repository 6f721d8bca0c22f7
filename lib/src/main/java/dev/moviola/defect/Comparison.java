package dev.moviola.defect;

import java.util.Arrays;

/**
 * How far one clip is from another, frame by frame, on luma.
 *
 * @param psnr peak signal-to-noise ratio of each frame in dB; infinite for equal frames
 * @param meanSquaredError mean squared error of each frame
 * @param ssimFf structural similarity of each frame in ffmpeg's integer form
 * @param ssimWang structural similarity of each frame after Wang 2004; NaN where a side is below 11 pixels
 */
public record Comparison(double[] psnr, double[] meanSquaredError, double[] ssimFf, double[] ssimWang) {
    /** Copies the arrays. */
    public Comparison {
        psnr = psnr.clone();
        meanSquaredError = meanSquaredError.clone();
        ssimFf = ssimFf.clone();
        ssimWang = ssimWang.clone();
    }

    /** Number of frames compared. */
    public int frames() {
        return psnr.length;
    }

    /** Mean of the frames' decibels; infinite as soon as one frame is equal. */
    public double psnrMean() {
        return mean(psnr);
    }

    /** Decibels of the mean squared error over all frames, which ffmpeg prints as its result. */
    public double psnrPooled() {
        return decibels(mean(meanSquaredError));
    }

    /** Mean of {@link #ssimFf}. */
    public double ssimFfMean() {
        return mean(ssimFf);
    }

    /** Mean of {@link #ssimWang}. */
    public double ssimWangMean() {
        return mean(ssimWang);
    }

    static double decibels(double meanSquaredError) {
        return meanSquaredError == 0
                ? Double.POSITIVE_INFINITY
                : 10 * StrictMath.log10(255.0 * 255.0 / meanSquaredError);
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).sum() / values.length;
    }
}
