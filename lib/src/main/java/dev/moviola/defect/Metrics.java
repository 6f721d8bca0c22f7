package dev.moviola.defect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The catalogue of all numbers that a {@link DefectReport} or a {@link Comparison} can hold.
 *
 * <p>Those of a report are measured at the working scale of {@link Scorer}, a short side of 180 pixels, unless they say
 * otherwise: grey levels and log units are of pictures of that size. Those of a comparison are measured at full size.
 */
public final class Metrics {
    private static final List<Metric> ALL = build();

    private Metrics() {}

    /** All metrics: the eight defect scores, the summary scores, the raw measures, the comparison measures. */
    public static List<Metric> all() {
        return ALL;
    }

    /** The metric with this id, if there is one. */
    public static Optional<Metric> find(String id) {
        return ALL.stream().filter(metric -> metric.id().equals(id)).findFirst();
    }

    private static List<Metric> build() {
        List<Metric> list = new ArrayList<>();
        String pool = "hand-made pool of cell maps, see Calibration in the internal package for its constants";
        for (Defect defect : Defect.values()) {
            list.add(new Metric(
                    defect.id(),
                    defect.id(),
                    "Signs of " + defect.summary() + ", strongest in each stretch of about 48 frames, fourth-power mean"
                            + " over the stretches, so that a clip is not worse for being longer. The sign: "
                            + sign(defect) + "." + notSeen(defect),
                    "0..1, 0 = no sign",
                    false,
                    pool));
        }
        score(
                list,
                "overall",
                "Quality",
                "100 * product over the eight defects of (1 - 0.75 s^3), s the defect's score: one certain defect"
                        + " takes three quarters, several weak signs take little.",
                "0..100, 100 = no defect found",
                true,
                "own");
        score(
                list,
                "physics",
                "Physics",
                "Strength of the strongest finding of the physics report; 0 when there is none.",
                "0..1",
                false,
                "own");
        score(
                list,
                "sharpness",
                "Sharpness",
                "Energy of the Laplacian over the energy of the gradient at full size, median over every eighth frame,"
                        + " squashed. A picture that was enlarged, or lost its detail to compression, has little.",
                "0..1",
                true,
                "own; relative measure");
        score(
                list,
                "naturalness",
                "Naturalness",
                "How near the statistics of the locally normalised brightness lie to those of camera pictures. It says"
                        + " whether a picture is statistically like a photograph, not whether it is true or realistic.",
                "0..1",
                true,
                "natural scene statistics after Mittal et al. 2012 (BRISQUE), own fit");
        score(
                list,
                "motion",
                "Motion",
                "Median over frames of the 95th percentile of the optical flow, as a share of the short side.",
                "share of the short side per frame, 0..",
                true,
                "after VBench dynamic_degree, own flow");
        raw(
                list,
                "warp_err",
                "Mean squared difference between a frame and its successor moved back along the flow, outside"
                        + " occlusions, brightness 0..1; mean over pairs.",
                "0..1",
                "Lai et al. 2018, occlusion test of Ruder et al. 2016");
        raw(list, "occl_rate", "Share of pixels without a consistent match in the next frame.", "0..1", "Ruder 2016");
        raw(
                list,
                "flow_accel",
                "Change of the residual flow along the track over the residual flow itself, 98th percentile of cells,"
                        + " 90th over frames.",
                "0..",
                "own");
        raw(
                list,
                "melt_mcssim",
                "1 - structural similarity between a frame and its motion-compensated successor, mean over cells and"
                        + " frames.",
                "0..2",
                "Wang 2004 without its luma term, 7x7 box");
        raw(
                list,
                "melt_traj",
                "Structural similarity between a patch and the same patch eight frames later along its track, 10th"
                        + " percentile of cells, mean over frames.",
                "-1..1",
                "own");
        raw(
                list,
                "melt_sharp",
                "Loss of Laplacian energy along the tracks over eight frames, log ratio, 2nd percentile of smoothed"
                        + " cells.",
                "log units, 0..",
                "own");
        raw(
                list,
                "boil_diff",
                "Second difference of brightness along the track, 98th percentile of cells, median over frames.",
                "grey levels, 0..255",
                "own");
        raw(
                list,
                "rho_high",
                "Highest smoothed correlation of successive motion-compensated differences; above 0 in a dissolve.",
                "-1..1",
                "own");
        raw(
                list,
                "rho_low",
                "Lowest smoothed correlation of successive motion-compensated differences; below 0 where texture is"
                        + " redrawn.",
                "-1..1",
                "own");
        raw(
                list,
                "mid_peak",
                "Difference over four frames along the track minus twice the distance of the middle frame from their"
                        + " mean, highest cell after smoothing over 3x3 cells and 3 frames; above 0 in a dissolve. Lower is"
                        + " better.",
                "grey levels, -255..255",
                "own");
        raw(
                list,
                "texjump",
                "Largest jump of a cell's Laplacian energy between two frames along the track, beyond that of the whole"
                        + " frame's median; a thing that appears or goes. Lower is better.",
                "log units, 0..",
                "own");
        raw(
                list,
                "flicker_luma",
                "Mean of the smaller of two successive changes of mean brightness where they have opposite signs.",
                "0..1",
                "own");
        raw(list, "flicker_local", "The same on a grid of 4 x 3 fields, largest field.", "0..1", "own");
        list.add(new Metric(
                "flicker_vb",
                "flicker_vb",
                "(255 - mean absolute difference of successive frames) / 255 on luma. For comparison with published"
                        + " tables only: it measures motion as much as flicker.",
                "0..1",
                true,
                "VBench temporal_flickering, luma instead of BGR"));
        raw(
                list,
                "freeze_share",
                "Share of frame pairs whose mean absolute difference is at most 0.001 of full scale, at full size.",
                "0..1",
                "ffmpeg freezedetect, noise 0.001");
        raw(
                list,
                "freeze_run",
                "Longest run of frames of which each differs from the run's first by at most 0.001 of full scale, at full"
                        + " size.",
                "seconds",
                "ffmpeg freezedetect, noise 0.001");
        raw(
                list,
                "full_min",
                "Logarithm of the smallest frame difference over its median: far below 0 where motion halts.",
                "log units, ..0",
                "own");
        raw(
                list,
                "jerk_order",
                "Log ratio of the distance to the next frame over the least distance to one of the three after it,"
                        + " strongest 5 % of small-frame pixels, mean of the four largest; above 0 where frames are out of"
                        + " order. Lower is better.",
                "log units, about -1..2",
                "own");
        raw(list, "jerk_tv2", "Mean absolute second difference of the frame difference, over its mean.", "0..", "own");
        raw(
                list,
                "d3_lite",
                "Standard deviation of the change of the distance between small frames; report only.",
                "0..",
                "after D3 (arXiv 2508.00701) with a classical descriptor");
        raw(list, "repeated_share", "Share of frames left out as natural cadence.", "0..1", "own");
        raw(list, "cuts", "Number of cuts found.", "count", "own");
        list.add(new Metric(
                "psnr_y",
                "PSNR luma",
                "Peak signal-to-noise ratio of luma against a reference clip; a comparison gives both the mean of the"
                        + " frames' decibels and the decibels of the mean error.",
                "dB, 0..infinity",
                true,
                "10 log10(255^2 / MSE)"));
        list.add(new Metric(
                "ssim_ff",
                "SSIM (ffmpeg)",
                "Structural similarity of luma against a reference clip in ffmpeg's integer form: 8x8 windows, stride"
                        + " 4.",
                "-1..1",
                true,
                "Wang 2004 in the variant of ffmpeg's ssim filter"));
        list.add(new Metric(
                "ssim_wang",
                "SSIM (Wang)",
                "Structural similarity of luma against a reference clip: 11x11 Gaussian window of sigma 1.5, valid"
                        + " region only, no downscaling.",
                "-1..1",
                true,
                "Wang 2004"));
        return List.copyOf(list);
    }

    private static String notSeen(Defect defect) {
        return switch (defect) {
            case WARP, MELT, BOIL ->
                " Where rain falls, it is taken out of the frames first; flickering light, frames that stood still and"
                        + " time that jerks lower the score, as they leave such signs too. Things that turn are followed"
                        + " up to about 45 degrees from frame to frame; faster ones are not told apart"
                        + (defect == Defect.WARP
                                ? ", and in and around what turns fast a warp counts less."
                                : defect == Defect.MELT
                                        ? ", and in and around what turns fast a melt hardly counts."
                                        : ".");
            default -> "";
        };
    }

    private static String sign(Defect defect) {
        return switch (defect) {
            case WARP ->
                "unmatched pixels, a middle frame that does not lie between its neighbours, and motion that turns"
                        + " back there, each beyond what is usual in frame and place, added; 99th to 99.5th percentile"
                        + " of cells. Where most of the frame bends, the change of the residual flow along the track"
                        + " instead";
            case MELT ->
                "detail lost along the track over eight frames beyond what is usual, and forward and backward"
                        + " flow that disagree, added; 99th to 99.5th percentile of cells";
            case MORPH ->
                "correlation of successive residuals beyond what is usual in frame and place, where positive,"
                        + " times structure lost over four frames; 99.5th percentile of cells. A vanishing within half a"
                        + " second counts as a sign of the morph and is lowered in turn";
            case VANISH ->
                "lone peaks of lost structure and unmatched pixels with a lasting step of detail, mean of log"
                        + " ratios beyond the frame's median; highest cell. Melting within half a second counts as a sign"
                        + " of it and is lowered in turn, as the detail of what is gone is lost";
            case FLICKER ->
                "the smaller of two successive changes of mean brightness of opposite sign, whole frame or"
                        + " field, mean of the six largest in grey levels";
            case FREEZE ->
                "length of a run of repeated frames that begins and ends in full motion, or lasts to the end";
            case BOIL ->
                "correlation of successive residuals, where negative, weighted by their size, beyond what is"
                        + " usual in frame and place, and pixels without a match; 99.5th percentile of cells. Where"
                        + " most of the frame turns back and loses its structure, that counts as well";
            case JERK -> "later frames nearer than the next one, or residual flow that turns back, whichever is more";
        };
    }

    private static void score(
            List<Metric> list, String id, String title, String meaning, String range, boolean up, String source) {
        list.add(new Metric(id, title, meaning, range, up, source));
    }

    private static void raw(List<Metric> list, String id, String meaning, String range, String source) {
        boolean up = id.equals("melt_traj") || id.equals("full_min") || id.equals("rho_low") || id.equals("d3_lite");
        list.add(new Metric(id, id, meaning, range, up, source));
    }
}
