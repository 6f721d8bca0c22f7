package dev.moviola.defect.internal;

import dev.moviola.MoviolaException;
import dev.moviola.defect.Cadence;
import dev.moviola.defect.Defect;
import dev.moviola.defect.DefectMaps;
import dev.moviola.defect.DefectReport;
import dev.moviola.defect.Scorer;
import dev.moviola.video.DecodeLimits;
import dev.moviola.video.Frame;
import dev.moviola.video.Frames;
import dev.moviola.video.VideoInfo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The standard scorer: streams the frames through the suite and pools what comes out of each shot. */
public final class StandardScorer implements Scorer {
    /** Callers score several clips at once, so that each decoder keeps to its own thread. */
    private static final DecodeLimits LIMITS = DecodeLimits.standard().withThreads(1);

    @Override
    public String id() {
        return "plain/7";
    }

    @Override
    public DefectReport score(Path clip) {
        Run run = new Run(false);
        try (Frames frames = Frames.open(clip, LIMITS)) {
            run.take(frames);
            return run.report(id(), sha256(clip), frames.info());
        }
    }

    @Override
    public DefectReport score(Iterator<Frame> frames) {
        Run run = new Run(false);
        run.take(frames);
        return run.report(id(), "", run.info());
    }

    @Override
    public DefectMaps maps(Path clip) {
        try (Frames frames = Frames.open(clip, LIMITS)) {
            return maps(frames);
        }
    }

    @Override
    public DefectMaps maps(Iterator<Frame> frames) {
        Run run = new Run(true);
        run.take(frames);
        return run.maps();
    }

    private static String sha256(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new MoviolaException("cannot read " + file + ": " + e.getMessage(), e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The work on one clip. */
    private static final class Run {
        private static final double TOLERANCE = 0.1;

        private final boolean keepCells;
        private final Suite suite = new Suite(this::finished);
        private final List<ShotJudge.Verdict> verdicts = new ArrayList<>();
        private final List<ObjectTracks> tracks = new ArrayList<>();
        private final Map<Defect, DoubleList> peaks = new EnumMap<>(Defect.class);
        private final DoubleList moved = new DoubleList();
        private final List<Integer> judged = new ArrayList<>();
        private final Map<String, double[]> pooled = new TreeMap<>();
        private final Flashes flashes = new Flashes();
        private int across = 1;
        private int down = 1;
        private int width;
        private int height;

        Run(boolean keepCells) {
            this.keepCells = keepCells;
            for (Defect defect : Defect.values()) {
                peaks.put(defect, new DoubleList());
            }
        }

        void take(Iterator<Frame> frames) {
            suite.run(new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return frames.hasNext();
                }

                @Override
                public Frame next() {
                    Frame frame = frames.next();
                    width = frame.width();
                    height = frame.height();
                    return frame;
                }
            });
        }

        VideoInfo info() {
            double[] seconds = suite.seconds();
            double length = seconds[seconds.length - 1];
            double fps = seconds.length > 1 && length > 0 ? (seconds.length - 1) / length : 0;
            return new VideoInfo(
                    width, height, seconds.length, fps > 0 ? length + 1 / fps : 0, fps, "raw", "yuv420p", 0);
        }

        private void finished(Shot shot) {
            ShotJudge.Verdict verdict = ShotJudge.judge(shot.maps, shot.series, shot.gaps);
            flashes.shot(verdict.frames());
            across = shot.maps.across;
            down = shot.maps.down;
            tracks.add(shot.tracks);
            for (int t = 0; t < verdict.frames().size(); t++) {
                judged.add(verdict.frames().get(t));
                for (Defect defect : Defect.values()) {
                    float most = 0;
                    for (float value : cells(verdict, defect)[t]) {
                        most = Math.max(most, value);
                    }
                    add(defect, most);
                }
                float[] motion = shot.maps.at(Measure.FM, t).clone();
                java.util.Arrays.sort(motion);
                moved.add(motion[(int) (0.95 * (motion.length - 1))] / shot.maps.shortSide);
            }
            verdict.raw().forEach((id, value) -> {
                double[] sum = pooled.computeIfAbsent(id, key -> new double[2]);
                sum[0] += value * verdict.frames().size();
                sum[1] += verdict.frames().size();
            });
            if (keepCells) {
                verdicts.add(verdict);
            }
        }

        private void add(Defect defect, double value) {
            DoubleList list = peaks.get(defect);
            if (list != null) {
                list.add(value);
            }
        }

        private static float[][] cells(ShotJudge.Verdict verdict, Defect defect) {
            return java.util.Objects.requireNonNull(verdict.cells().get(defect));
        }

        DefectReport report(String scorer, String sha256, VideoInfo info) {
            int frames = suite.frames();
            Repeats repeats = Repeats.find(suite.repeated(), suite.differences(), frames);
            Map<String, double[]> timelines = new TreeMap<>();
            Map<String, Double> metrics = new TreeMap<>();
            double quality = 100;
            for (Defect defect : Defect.values()) {
                double[] line = defect == Defect.FREEZE ? repeats.freeze() : spread(peaks.get(defect), frames);
                if (defect == Defect.FLICKER) {
                    flashes.raise(line);
                }
                double score = pooled(line);
                timelines.put(defect.id(), line);
                metrics.put(defect.id(), score);
                quality *= 1 - 0.75 * score * score * score;
            }
            double[] motion = spread(moved, frames);
            for (int t = 0; t < motion.length; t++) {
                motion[t] = Math.min(1, motion[t] / TOLERANCE);
            }
            timelines.put("motion", motion);
            pooled.forEach((id, sum) -> metrics.put(id, sum[0] / sum[1]));
            Cadence cadence = repeats.cadence();
            var physics = Physics.judge(tracks);
            metrics.putIfAbsent("motion", 0.0);
            metrics.put("overall", quality);
            metrics.put(
                    "physics",
                    physics.findings().isEmpty() ? 0 : physics.findings().get(0).strength());
            metrics.put("sharpness", Looks.sharpness(suite.crispness()));
            metrics.put("naturalness", Looks.naturalness(suite.naturalness().features()));
            metrics.put("flicker_vb", 1 - Series.mean(suite.differences()) / 255);
            metrics.put("freeze_share", suite.freezes().share());
            metrics.put("freeze_run", suite.freezes().longest());
            metrics.put("full_min", repeats.depth());
            metrics.put("repeated_share", cadence.repeatedShare());
            metrics.put("cuts", (double) suite.cuts().size());
            return new DefectReport(scorer, sha256, info, metrics, timelines, suite.cuts(), cadence, physics);
        }

        /**
         * The fourth-power mean over stretches of about two seconds of the highest value in each: a clip is not worse
         * for being longer, and a defect in one stretch of many still shows.
         */
        private static double pooled(double[] line) {
            int pieces = ShotJudge.pieces(line.length);
            double sum = 0;
            for (int k = 0; k < pieces; k++) {
                double most = 0;
                for (int t = line.length * k / pieces; t < line.length * (k + 1) / pieces; t++) {
                    most = Math.max(most, line[t]);
                }
                sum += most * most * most * most;
            }
            return Math.sqrt(Math.sqrt(sum / pieces));
        }

        /** Values of judged frames over all frames; a frame that was left out takes the value of the one before. */
        private double[] spread(@org.jspecify.annotations.Nullable DoubleList values, int frames) {
            double[] line = new double[frames];
            if (values != null) {
                for (int k = 0; k < judged.size(); k++) {
                    int from = judged.get(k);
                    int to = k + 1 < judged.size() ? judged.get(k + 1) : frames;
                    for (int t = from; t < to; t++) {
                        line[t] = values.get(k);
                    }
                }
            }
            return line;
        }

        DefectMaps maps() {
            int frames = suite.frames();
            double[] freeze =
                    Repeats.find(suite.repeated(), suite.differences(), frames).freeze();
            Map<Defect, float[][][]> values = new EnumMap<>(Defect.class);
            for (Defect defect : Defect.values()) {
                float[][][] out = new float[frames][down][across];
                int last = 0;
                for (ShotJudge.Verdict verdict : verdicts) {
                    float[][] cells = cells(verdict, defect);
                    for (int k = 0; k < cells.length; k++) {
                        int t = verdict.frames().get(k);
                        for (int gap = last + 1; gap < t; gap++) {
                            out[gap] = out[last];
                        }
                        for (int y = 0; y < down; y++) {
                            System.arraycopy(cells[k], y * across, out[t][y], 0, across);
                        }
                        last = t;
                    }
                }
                for (int gap = last + 1; gap < frames; gap++) {
                    out[gap] = out[last];
                }
                if (defect == Defect.FREEZE) {
                    for (int t = 0; t < frames; t++) {
                        out[t] = new float[down][across];
                        for (float[] row : out[t]) {
                            java.util.Arrays.fill(row, (float) freeze[t]);
                        }
                    }
                }
                values.put(defect, out);
            }
            return new DefectMaps(across, down, values);
        }
    }
}
