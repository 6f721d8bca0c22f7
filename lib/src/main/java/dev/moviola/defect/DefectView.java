package dev.moviola.defect;

import dev.moviola.MoviolaException;
import dev.moviola.defect.internal.HeatPainter;
import dev.moviola.display.Displayable;
import dev.moviola.display.MimeBundle;
import dev.moviola.video.Clip;
import dev.moviola.video.ClipWriter;
import dev.moviola.video.DecodeLimits;
import dev.moviola.video.Frame;
import dev.moviola.video.Frames;
import dev.moviola.video.Pictures;
import dev.moviola.video.VideoException;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A report laid over the clip that it is about: where in the picture, and when.
 *
 * <pre>{@code
 * DefectView view = report.on(clip);
 * view.heatmap(Defect.MELT, view.peak(Defect.MELT));   // a picture
 * view.overlay(Defect.MELT);                           // a clip
 * }</pre>
 *
 * <p>The map is found by scoring the clip again when it is first asked for, and kept. Under each picture stands the
 * defect's timeline over the whole clip. Shown as the heat map of the worst defect at its worst moment. Safe for use by
 * several threads.
 */
public final class DefectView implements Displayable {
    private static final int SHORT_SIDE = 480;
    private static final int SMALLEST = 16;

    private final DefectReport report;
    private final Clip clip;
    private final Scorer scorer;
    private @Nullable DefectMaps maps;

    DefectView(DefectReport report, Clip clip, Scorer scorer) {
        if (!report.sha256().isEmpty() && !report.sha256().equals(clip.sha256())) {
            throw new MoviolaException("the report must be about this clip, but it is about " + report.sha256()
                    + " and " + clip.file() + " is " + clip.sha256());
        }
        if (!report.scorer().equals(scorer.id())) {
            throw new MoviolaException("maps must come from the scorer that made the report, but that was "
                    + report.scorer() + " and this is " + scorer.id() + "; score " + clip.file() + " again");
        }
        this.report = report;
        this.clip = clip;
        this.scorer = scorer;
    }

    /** The report. */
    public DefectReport report() {
        return report;
    }

    /** The clip. */
    public Clip clip() {
        return clip;
    }

    /** Where and when the defects are. */
    public synchronized DefectMaps maps() {
        DefectMaps known = maps;
        if (known == null) {
            known = scorer.maps(clip.file());
            maps = known;
        }
        return known;
    }

    /** When, in seconds, the signs of {@code defect} are strongest; the first such moment. */
    public double peak(Defect defect) {
        double[] line = timeline(defect);
        int peak = 0;
        for (int t = 1; t < line.length; t++) {
            peak = line[t] > line[peak] ? t : peak;
        }
        double fps = report.video().fps();
        return fps > 0 ? peak / fps : 0;
    }

    /**
     * The picture shown at {@code seconds}, grey, with the signs of {@code defect} over it, yellow for weak to purple
     * for strong.
     *
     * @throws VideoException if the clip cannot be decoded
     */
    public BufferedImage heatmap(Defect defect, double seconds) {
        try (Frames frames = clip.frames(DecodeLimits.standard().withShortSide(SHORT_SIDE))) {
            Frame shown = frames.next();
            while (frames.hasNext()) {
                Frame next = frames.next();
                if (next.seconds() > seconds + 1e-6) {
                    break;
                }
                shown = next;
            }
            return paint(frames, shown, defect);
        }
    }

    /** The clip with the signs of {@code defect} over it, in a temporary file that goes when the program ends. */
    public Clip overlay(Defect defect) {
        return overlay(defect, Clip.temporary(defect.id()));
    }

    /**
     * Writes the clip, at most 480 pixels on its shorter side, with the signs of {@code defect} over it as an mp4.
     *
     * @throws VideoException if the clip cannot be decoded or the file cannot be written
     */
    public Clip overlay(Defect defect, Path mp4) {
        try (Frames frames = clip.frames(DecodeLimits.standard().withShortSide(SHORT_SIDE))) {
            BufferedImage first = paint(frames, frames.next(), defect);
            double fps = Math.max(0.1, Math.min(1000, frames.info().fps()));
            try (ClipWriter writer = ClipWriter.open(mp4, first.getWidth(), first.getHeight(), fps)) {
                try {
                    writer.write(Pictures.toFrame(first, 0, 0));
                    for (int i = 1; frames.hasNext(); i++) {
                        writer.write(Pictures.toFrame(paint(frames, frames.next(), defect), i, i / fps));
                    }
                } catch (RuntimeException | Error e) {
                    writer.abandon();
                    throw e;
                }
            }
        }
        return Clip.of(mp4);
    }

    @Override
    public MimeBundle display() {
        Defect worst = report.worst();
        double moment = peak(worst);
        return MimeBundle.picture(
                heatmap(worst, moment),
                String.format(
                        Locale.ROOT,
                        "[%s: overall %.0f of 100, worst is %s %.2f at %.2f s]",
                        clip.file().getFileName(),
                        report.overall(),
                        worst.id(),
                        report.score(worst),
                        moment));
    }

    private BufferedImage paint(Frames frames, Frame frame, Defect defect) {
        float[][][] map = maps().of(defect);
        float[][] cells = map.length == 0 ? new float[0][] : map[Math.min(frame.index(), map.length - 1)];
        return HeatPainter.paint(
                Pictures.of(frame, frames.info()),
                even(frame.width()),
                even(frame.height()),
                cells,
                defect.id(),
                timeline(defect),
                frame.index(),
                frame.seconds());
    }

    private double[] timeline(Defect defect) {
        return report.timelines().getOrDefault(defect.id(), new double[0]);
    }

    private static int even(int length) {
        return Math.max(SMALLEST, length / 2 * 2);
    }
}
