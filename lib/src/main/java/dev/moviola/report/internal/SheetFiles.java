package dev.moviola.report.internal;

import dev.moviola.frame.SweepSheet;
import dev.moviola.ledger.Artefact;
import dev.moviola.report.ReportSource;
import dev.moviola.report.SweepFindings;
import dev.moviola.video.VideoException;
import dev.moviola.video.XySheet;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import javax.imageio.ImageIO;

/**
 * The sheet of a sweep's clips over two parameters, in the run folder: a picture and a clip that plays all in step.
 *
 * @param sheet what it shows
 * @param picture the picture, relative to the run folder
 * @param clip the clip, relative to the run folder
 */
public record SheetFiles(XySheet sheet, String picture, String clip) {
    private static final String PICTURE = "sheet.png";
    private static final String CLIP = "sheet.mp4";

    /** Writes both; empty where the run has no sweep, its trials no clips, or they cannot be decoded. */
    public static Optional<SheetFiles> make(ReportSource source) {
        SweepFindings sweep = source.sweep();
        if (sweep == null || sweep.clips().isEmpty()) {
            return Optional.empty();
        }
        Optional<XySheet> sheet = SweepSheet.of(
                sweep.study(),
                number -> Optional.ofNullable(sweep.clips().get(number)).map(clip -> file(source, clip)));
        if (sheet.isEmpty()) {
            return Optional.empty();
        }
        try {
            sheet.get().write(source.folder().resolve(CLIP));
            write(sheet.get().picture(0.5), source.folder().resolve(PICTURE));
            return Optional.of(new SheetFiles(sheet.get(), PICTURE, CLIP));
        } catch (IOException | VideoException e) {
            System.getLogger(SheetFiles.class.getName())
                    .log(System.Logger.Level.WARNING, "the report goes without a sheet of clips: " + e.getMessage());
            return Optional.empty();
        }
    }

    private static Path file(ReportSource source, Artefact clip) {
        return source.folder().resolve(clip.path());
    }

    private static void write(BufferedImage picture, Path file) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".part");
        if (!ImageIO.write(picture, "png", unfinished.toFile())) {
            throw new IOException("no PNG can be written");
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
