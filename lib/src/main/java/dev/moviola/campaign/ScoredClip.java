package dev.moviola.campaign;

import dev.moviola.defect.DefectReport;
import dev.moviola.defect.DefectView;
import dev.moviola.frame.ChartTheme;
import dev.moviola.frame.Charts;
import dev.moviola.frame.JobRow;
import dev.moviola.frame.TrialClips;
import dev.moviola.ledger.Artefact;
import dev.moviola.ledger.Run;
import dev.moviola.report.ReportSource;
import dev.moviola.report.Roast;
import dev.moviola.sweep.TrialRecord;
import dev.moviola.video.Clip;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.knowm.xchart.XYChart;

/**
 * A clip of a run with what was found in it, to be looked at.
 *
 * @param row the job that it came from
 * @param clip the video
 * @param report its defects
 */
public record ScoredClip(JobRow row, Clip clip, DefectReport report) {
    /** The {@code count} clips of a run with the lowest overall score whose files are there, the worst first. */
    public static List<ScoredClip> worst(Run run, int count) {
        return ranked(run, count, Comparator.comparingDouble(JobRow::overall));
    }

    /** The {@code count} clips of a run with the highest overall score whose files are there, the best first. */
    public static List<ScoredClip> best(Run run, int count) {
        return ranked(run, count, Comparator.comparingDouble(JobRow::overall).reversed());
    }

    /** The clip that shows what a trial of a run's sweep tried; empty where there is none, or its file is gone. */
    public static Optional<ScoredClip> of(Run run, TrialRecord trial) {
        Artefact shown = TrialClips.of(run.ledger(), List.of(trial)).get(trial.number());
        ReportSource source = ReportSource.of(run.folder(), run.title(), run.ledger(), run.spec());
        return source.rows().stream()
                .filter(row -> shown != null && shown.equals(row.clip()))
                .findFirst()
                .flatMap(row -> of(run, source, row));
    }

    private static Optional<ScoredClip> of(Run run, ReportSource source, JobRow row) {
        Artefact file = row.clip();
        if (file == null || !Files.isRegularFile(run.file(file))) {
            return Optional.empty();
        }
        return source.defects(row).map(report -> new ScoredClip(row, Clip.of(run.file(file)), report));
    }

    private static List<ScoredClip> ranked(Run run, int count, Comparator<JobRow> order) {
        ReportSource source = ReportSource.of(run.folder(), run.title(), run.ledger(), run.spec());
        List<ScoredClip> clips = new ArrayList<>();
        for (JobRow row : source.rows().stream()
                .filter(JobRow::isScored)
                .sorted(order.thenComparingLong(JobRow::sequence))
                .toList()) {
            if (clips.size() < count) {
                of(run, source, row).ifPresent(clips::add);
            }
        }
        return clips;
    }

    /** The prompt that it was made from. */
    public String prompt() {
        return row.prompt();
    }

    /** The clip with its defects drawn over the frames. */
    public DefectView view() {
        return report.on(clip);
    }

    /** Its defects over time: 0..1 for each frame. */
    public XYChart timeline() {
        return Charts.timeline(report, ChartTheme.LIGHT);
    }

    /** What a critic says, true to the numbers, in at most {@link Roast#LONGEST} characters. */
    public String roast(long seed) {
        return Roast.of(report, row.modifiers(), seed).text();
    }
}
