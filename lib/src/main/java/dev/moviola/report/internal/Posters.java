package dev.moviola.report.internal;

import dev.moviola.frame.JobRow;
import dev.moviola.ledger.Artefact;
import dev.moviola.ledger.JobKey;
import dev.moviola.report.ReportSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The small still pictures that stand for clips until they are played. */
public final class Posters {
    private Posters() {}

    /** Posters of the worst {@code most} clips, by job, relative to the run folder. */
    public static Map<JobKey, String> make(ReportSource source, int most) {
        Map<JobKey, String> posters = new HashMap<>();
        List<JobRow> worstFirst = PageData.worstFirst(source.rows());
        for (JobRow row : worstFirst.subList(0, Math.min(most, worstFirst.size()))) {
            Artefact clip = row.clip();
            if (clip != null) {
                String path = "posters/" + clip.sha256() + ".jpg";
                Path file = source.folder().resolve(path);
                if (Files.isRegularFile(file)) {
                    posters.put(row.key(), path);
                }
            }
        }
        return posters;
    }
}
