package dev.moviola.report;

import dev.moviola.MoviolaException;
import dev.moviola.ledger.Run;
import dev.moviola.report.internal.PageData;
import dev.moviola.report.internal.PageTemplate;
import dev.moviola.report.internal.Posters;
import dev.moviola.report.internal.SheetFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Writes report.html: one file that needs nothing but the clips beside it, and no network.
 *
 * <p>Whatever came from outside (prompts, messages, names) reaches the page as data and is put there as text.
 */
public final class ReportPage {
    /** Name of the page in the run folder. */
    public static final String FILE = "report.html";

    private ReportPage() {}

    /** Writes the page of a run with the standard options. */
    public static Path write(Run run) {
        return write(ReportSource.of(run));
    }

    /** Writes the page of {@code source} with the standard options. */
    public static Path write(ReportSource source) {
        return write(source, ReportOptions.standard());
    }

    /**
     * Writes the page, the posters that it lacks and the sheet of a sweep's clips into the source's folder; replaces an earlier page.
     *
     * @return the page
     * @throws MoviolaException when the folder cannot be written to
     */
    public static Path write(ReportSource source, ReportOptions options) {
        Path page = source.folder().resolve(FILE);
        Path unfinished = source.folder().resolve(FILE + ".part");
        PageData data = PageData.of(source, options, Posters.make(source, options.posters()), SheetFiles.make(source));
        try {
            Files.write(unfinished, PageTemplate.fill(source, data).getBytes(StandardCharsets.UTF_8));
            Files.move(unfinished, page, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new MoviolaException("the report cannot be written to " + page + ": " + e.getMessage(), e);
        }
        return page;
    }
}
