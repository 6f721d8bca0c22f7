package dev.moviola.campaign.internal;

import dev.moviola.campaign.SweepTable;
import dev.moviola.frame.ChartImage;
import dev.moviola.frame.SweepCharts;
import dev.moviola.sweep.StudySnapshot;
import java.nio.file.Path;

/** What a sweep leaves in its run folder beside the report: its trials as CSV and JSON, and its charts. */
public final class SweepFiles {
    private SweepFiles() {}

    /** Writes them. */
    public static void write(StudySnapshot study, Path folder) {
        SweepTable.csv(study.trials(), study.goals(), folder.resolve("trials.csv"));
        SweepTable.json(study.trials(), study.goals(), folder.resolve("trials.json"));
        if (study.complete().isEmpty()) {
            return;
        }
        Path pictures = folder.resolve("charts");
        SweepCharts charts = SweepCharts.of(study);
        ChartImage.write(charts.history(), pictures.resolve("history.png"));
        ChartImage.write(charts.importance(), pictures.resolve("importance.png"));
        ChartImage.write(charts.parallel(), pictures.resolve("parallel.png"));
        ChartImage.write(charts.slice(), pictures.resolve("slice.png"));
        if (study.space().dimensions().size() > 1) {
            ChartImage.write(charts.contour(), pictures.resolve("contour.png"));
        }
        if (study.goals().size() > 1) {
            ChartImage.write(charts.front(), pictures.resolve("front.png"));
        }
    }
}
