package dev.moviola.video;

import dev.moviola.MoviolaException;
import dev.moviola.video.internal.GridPainter;
import dev.moviola.video.internal.Reel;
import dev.moviola.video.internal.Scratch;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Clips in a labelled grid over two parameters, as a picture and as one clip that plays all of them in step. A place
 * without a clip, or whose clip cannot be decoded, is marked. Immutable.
 *
 * <p>Both are at most 1,920 pixels wide and 1,600 high. Frames are read as they are shown, and only so many clips are
 * decoded at a time as fit into some 400 MB; larger ones are made small first, one after the other.
 *
 * @param x name of the parameter that goes across
 * @param columns its values, from left to right, 1..12
 * @param y name of the parameter that goes down
 * @param rows its values, from top to bottom, 1..12
 * @param cells what there is, at most one for each place
 */
public record XySheet(String x, List<String> columns, String y, List<String> rows, List<Cell> cells) {
    /** The most columns, and the most rows. */
    public static final int MOST = 12;

    private static final double LONGEST = 60;
    private static final double FASTEST = 30;
    private static final long MOST_PIXELS = 16_000_000;

    /** Copies the lists and checks the rules. */
    public XySheet {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        cells = List.copyOf(cells);
        if (columns.isEmpty() || rows.isEmpty() || columns.size() > MOST || rows.size() > MOST) {
            throw new MoviolaException("a sheet must have 1.." + MOST + " columns and rows, but was to have "
                    + columns.size() + " and " + rows.size());
        }
        Set<List<Integer>> taken = new HashSet<>();
        for (Cell cell : cells) {
            if (cell.column() < 0
                    || cell.column() >= columns.size()
                    || cell.row() < 0
                    || cell.row() >= rows.size()
                    || !taken.add(List.of(cell.column(), cell.row()))) {
                throw new MoviolaException(
                        "a cell must lie in the sheet and no two in one place, but one lies in column " + cell.column()
                                + ", row " + cell.row());
            }
        }
    }

    /**
     * One place of the sheet.
     *
     * @param column from 0
     * @param row from 0
     * @param clip the video file, null where there is none
     * @param caption what stands under it, may be empty; without a clip it says why
     * @param best whether it stands out
     */
    public record Cell(int column, int row, @Nullable Path clip, String caption, boolean best) {}

    /** A picture of each clip at a share of its length, which says more than the first frame. */
    public BufferedImage picture(double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new MoviolaException("the share of a clip's length must be in 0..1, but was " + share);
        }
        GridPainter painter = new GridPainter(this, aspect());
        BufferedImage sheet = painter.empty();
        for (Cell cell : cells) {
            Path clip = cell.clip();
            if (clip != null) {
                try (Reel reel = open(clip, painter)) {
                    reel.goTo(share * Math.max(0, Probe.of(clip).seconds()));
                    painter.draw(sheet, cell, reel, false);
                } catch (VideoException e) {
                    painter.broken(sheet, cell);
                }
            }
        }
        painter.clock(sheet, "");
        return sheet;
    }

    /**
     * Writes the sheet as an H.264 mp4 that plays all clips in step, at most a minute of them at 30 frames a second. A
     * clip that is over holds its last picture, dimmed.
     *
     * @throws VideoException if no clip can be decoded, or the file cannot be written
     */
    public Clip write(Path mp4) {
        GridPainter painter = new GridPainter(this, aspect());
        List<Path> scratch = new ArrayList<>();
        List<Playing> playing = new ArrayList<>();
        BufferedImage sheet = painter.empty();
        try {
            boolean shrink = pixels() > MOST_PIXELS;
            for (Cell cell : cells) {
                Path clip = cell.clip();
                if (clip != null) {
                    try {
                        Path small = shrink ? shrunk(clip, painter, scratch) : clip;
                        playing.add(new Playing(cell, open(small, painter), Probe.of(clip)));
                    } catch (VideoException e) {
                        painter.broken(sheet, cell);
                    }
                }
            }
            play(mp4, painter, sheet, playing);
        } finally {
            playing.forEach(each -> each.reel().close());
            scratch.forEach(Scratch::discard);
        }
        return Clip.of(mp4);
    }

    private record Playing(Cell cell, Reel reel, VideoInfo info) {}

    private static void play(Path mp4, GridPainter painter, BufferedImage sheet, List<Playing> playing) {
        if (playing.isEmpty()) {
            throw new VideoException(mp4, "would show nothing: none of its clips can be decoded");
        }
        double fps = Math.max(
                1,
                Math.min(
                        FASTEST,
                        playing.stream()
                                .mapToDouble(each -> each.info().fps())
                                .max()
                                .orElse(1)));
        int bits = (int) Math.min(4e6, 0.08 * fps * sheet.getWidth() * sheet.getHeight());
        WriteOptions options = WriteOptions.standard().withBitsPerSecond(Math.max(200_000, bits));
        Set<Cell> broken = new HashSet<>();
        try (ClipWriter writer = ClipWriter.open(mp4, sheet.getWidth(), sheet.getHeight(), fps, options)) {
            try {
                boolean going = true;
                for (int i = 0; going && i < LONGEST * fps; i++) {
                    going = false;
                    for (Playing each : playing) {
                        if (!broken.contains(each.cell())) {
                            painter.draw(
                                    sheet, each.cell(), each.reel(), each.reel().ended());
                            if (!step(each.reel(), (i + 1) / fps)) {
                                broken.add(each.cell());
                                painter.broken(sheet, each.cell());
                            }
                            going |= !each.reel().ended() && !broken.contains(each.cell());
                        }
                    }
                    painter.clock(sheet, String.format(java.util.Locale.ROOT, "%.2f s", i / fps));
                    writer.write(Pictures.toFrame(sheet, i, i / fps));
                }
            } catch (RuntimeException | Error e) {
                writer.abandon();
                throw e;
            }
        }
    }

    private static boolean step(Reel reel, double seconds) {
        try {
            reel.goTo(seconds);
            return true;
        } catch (VideoException e) {
            return false;
        }
    }

    private static Reel open(Path clip, GridPainter painter) {
        Frames frames = Frames.open(clip, DecodeLimits.standard().withShortSide(painter.shortSide()));
        try {
            return new Reel(frames);
        } catch (RuntimeException e) {
            frames.close();
            throw e instanceof VideoException ? e : new VideoException(clip, "has no frame", e);
        }
    }

    private static Path shrunk(Path clip, GridPainter painter, List<Path> scratch) {
        Path small = Scratch.mp4("cell");
        scratch.add(small);
        try (Frames frames = Frames.open(clip, DecodeLimits.standard().withShortSide(painter.shortSide()))) {
            Frame frame = frames.next();
            double fps = Math.max(1, Math.min(FASTEST, frames.info().fps()));
            try (ClipWriter writer = ClipWriter.open(
                    small,
                    frame.width(),
                    frame.height(),
                    fps,
                    WriteOptions.standard().withFrameTimes())) {
                writer.write(frame);
                while (frames.hasNext()) {
                    frame = frames.next();
                    if (frame.seconds() > LONGEST) {
                        break;
                    }
                    writer.write(frame);
                }
            }
        }
        return small;
    }

    private List<VideoInfo> infos() {
        List<VideoInfo> infos = new ArrayList<>();
        for (Cell cell : cells) {
            Path clip = cell.clip();
            if (clip != null) {
                try {
                    infos.add(Probe.of(clip));
                } catch (VideoException e) {
                    // The place is marked when it is drawn.
                    continue;
                }
            }
        }
        return infos;
    }

    private long pixels() {
        return infos().stream()
                .mapToLong(info -> (long) info.width() * info.height())
                .sum();
    }

    private double aspect() {
        return infos().stream()
                .mapToDouble(info -> (double) info.width() / info.height())
                .findFirst()
                .orElse(16.0 / 9);
    }
}
