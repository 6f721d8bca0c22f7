package dev.moviola.report.internal;

import dev.moviola.MoviolaException;
import dev.moviola.defect.DefectReport;
import dev.moviola.frame.JobRow;
import dev.moviola.ledger.Artefact;
import dev.moviola.ledger.JobKey;
import dev.moviola.report.ReportSource;
import dev.moviola.report.Roast;
import dev.moviola.video.Pictures;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.imageio.ImageIO;

/**
 * The small still pictures that stand for clips until they are played: posters/&lt;sha256&gt;.jpg in the run folder. They
 * show the worst moment where it is known. A clip that cannot be decoded has none.
 */
public final class Posters {
    private static final int WIDTH = 320;

    private Posters() {}

    /** Posters of the worst {@code most} clips, by job, relative to the run folder; makes those that are not there. */
    public static Map<JobKey, String> make(ReportSource source, int most) {
        Map<JobKey, String> posters = new ConcurrentHashMap<>();
        List<JobRow> worstFirst = PageData.worstFirst(source.rows());
        worstFirst.subList(0, Math.min(most, worstFirst.size())).parallelStream()
                .forEach(row -> {
                    Artefact clip = row.clip();
                    Optional<Path> file = source.clipFile(row);
                    if (clip != null && file.isPresent()) {
                        String path = "posters/" + clip.sha256() + ".jpg";
                        Path poster = source.folder().resolve(path);
                        if (Files.isRegularFile(poster) || write(source, row, file.get(), poster)) {
                            posters.put(row.key(), path);
                        }
                    }
                });
        return posters;
    }

    private static boolean write(ReportSource source, JobRow row, Path clip, Path poster) {
        try {
            Optional<DefectReport> report = source.defects(row);
            BufferedImage picture = report.isPresent()
                    ? Pictures.frameAt(
                            clip, Roast.worstMoment(report.get(), report.get().worst()))
                    : Pictures.poster(clip);
            Files.createDirectories(source.folder().resolve("posters"));
            Path unfinished = Files.createTempFile(source.folder().resolve("posters"), "new", ".part");
            try {
                if (!ImageIO.write(small(picture), "jpg", unfinished.toFile())) {
                    return false;
                }
                Files.move(unfinished, poster, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(unfinished);
            }
            return true;
        } catch (IOException | MoviolaException e) {
            return false;
        }
    }

    private static BufferedImage small(BufferedImage picture) {
        int width = Math.min(WIDTH, picture.getWidth());
        int height = Math.max(1, picture.getHeight() * width / picture.getWidth());
        BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = small.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(picture, 0, 0, width, height, null);
        graphics.dispose();
        return small;
    }
}
