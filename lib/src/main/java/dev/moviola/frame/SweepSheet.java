package dev.moviola.frame;

import dev.moviola.MoviolaException;
import dev.moviola.frame.internal.AxisScale;
import dev.moviola.frame.internal.Ranking;
import dev.moviola.frame.internal.Slots;
import dev.moviola.frame.internal.SweepAxis;
import dev.moviola.ledger.Artefact;
import dev.moviola.ledger.Run;
import dev.moviola.sweep.Direction;
import dev.moviola.sweep.Importance;
import dev.moviola.sweep.StudySnapshot;
import dev.moviola.sweep.TrialRecord;
import dev.moviola.sweep.TrialState;
import dev.moviola.video.XySheet;
import dev.moviola.video.XySheet.Cell;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The clips of a sweep in a grid over two parameters. In each place stands the clip of the best trial there, whatever its
 * other settings; up to eight values of a parameter have a place each, more are put into two to five ranges.
 */
public final class SweepSheet {
    private static final int MOST_VALUES = 8;
    private static final int MOST_RANGES = 5;

    private SweepSheet() {}

    /** The sheet over the two parameters that matter most; empty when there are no two, or no trial has a clip. */
    public static Optional<XySheet> of(Run run) {
        return StudySnapshot.of(run).flatMap(study -> {
            Map<Long, Artefact> clips = TrialClips.of(run.ledger(), study.trials());
            return of(study, number -> Optional.ofNullable(clips.get(number)).map(run::file));
        });
    }

    /** The sheet over the two parameters that matter most, of clips that {@code clips} finds by number of the trial. */
    public static Optional<XySheet> of(StudySnapshot study, Function<Long, Optional<Path>> clips) {
        List<SweepAxis> two = Ranking.two(study.space(), Importance.of(study.space(), study.trials(), 0));
        boolean any =
                study.trials().stream().anyMatch(trial -> file(trial, clips).isPresent());
        return two.size() < 2 || !any ? Optional.empty() : Optional.of(sheet(study, clips, two.get(0), two.get(1)));
    }

    /**
     * The sheet of a run's sweep over two parameters.
     *
     * @throws MoviolaException when the run holds no study, or its space no such parameter
     */
    public static XySheet of(Run run, String x, String y) {
        StudySnapshot study = StudySnapshot.of(run)
                .orElseThrow(
                        () -> new MoviolaException("a sheet must be of a sweep, but " + run.folder() + " holds none"));
        Map<Long, Artefact> clips = TrialClips.of(run.ledger(), study.trials());
        return sheet(
                study, number -> Optional.ofNullable(clips.get(number)).map(run::file), axis(study, x), axis(study, y));
    }

    private static SweepAxis axis(StudySnapshot study, String name) {
        List<SweepAxis> axes = SweepAxis.of(study.space());
        return axes.stream()
                .filter(axis -> axis.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new MoviolaException("a sheet must be over parameters of the study, but " + name
                        + " is none; there are "
                        + axes.stream().map(SweepAxis::name).toList()));
    }

    private static XySheet sheet(StudySnapshot study, Function<Long, Optional<Path>> clips, SweepAxis x, SweepAxis y) {
        // As many places as trials, so that few are empty.
        int ranges =
                (int) Math.max(2, Math.min(MOST_RANGES, Math.sqrt(study.trials().size())));
        Slots across = Slots.of(x, study, MOST_VALUES, ranges);
        Slots down = Slots.of(y, study, MOST_VALUES, ranges);
        Map<List<Integer>, List<TrialRecord>> places = new LinkedHashMap<>();
        for (TrialRecord trial : study.trials()) {
            int column = across.of(trial.settings());
            int row = down.of(trial.settings());
            if (column >= 0 && row >= 0) {
                places.computeIfAbsent(List.of(column, row), any -> new ArrayList<>())
                        .add(trial);
            }
        }
        long winner = study.best().map(TrialRecord::number).orElse(-1L);
        List<Cell> cells = new ArrayList<>();
        places.forEach((place, trials) -> {
            TrialRecord shown = shown(study, trials, clips);
            Path clip = file(shown, clips).orElse(null);
            cells.add(new Cell(
                    place.get(0),
                    place.get(1),
                    clip,
                    caption(shown, trials.size()),
                    shown.number() == winner && clip != null));
        });
        return new XySheet(x.name(), across.labels(), y.name(), down.labels(), cells);
    }

    private static TrialRecord shown(
            StudySnapshot study, List<TrialRecord> trials, Function<Long, Optional<Path>> clips) {
        Direction direction = study.goals().get(0).direction();
        TrialRecord shown = trials.get(0);
        double least = Double.POSITIVE_INFINITY;
        for (TrialRecord trial : trials) {
            Double value = trial.value();
            if (value != null
                    && direction.loss(value) < least
                    && file(trial, clips).isPresent()) {
                least = direction.loss(value);
                shown = trial;
            }
        }
        return shown;
    }

    private static Optional<Path> file(TrialRecord trial, Function<Long, Optional<Path>> clips) {
        return clips.apply(trial.number()).filter(Files::isRegularFile);
    }

    private static String caption(TrialRecord trial, int of) {
        Double value = trial.value();
        String what = value != null
                ? AxisScale.text(value)
                : trial.state() == TrialState.RUNNING
                        ? "running"
                        : trial.state() == TrialState.PRUNED ? "pruned" : "failed";
        return what + " · trial " + trial.number() + (of > 1 ? ", best of " + of : "");
    }
}
