package dev.moviola.frame.internal;

import dev.moviola.frame.Column;
import dev.moviola.frame.Columns;
import dev.moviola.sweep.Direction;
import dev.moviola.sweep.Goal;
import dev.moviola.sweep.StudySnapshot;
import dev.moviola.sweep.TrialRecord;
import dev.moviola.sweep.TrialState;
import java.util.ArrayList;
import java.util.List;

/**
 * What a goal's values are drawn on, with places beyond the bad end for trials that have no value: those that were
 * pruned, and beyond them those that failed.
 */
public final class ValueAxis {
    private static final double PRUNED = 0.09;
    private static final double FAILED = 0.18;

    private final StudySnapshot study;
    private final int goal;
    private final AxisScale scale;
    private final boolean lessIsBetter;
    private final boolean pruned;
    private final boolean failed;
    private final long beyond;

    private ValueAxis(StudySnapshot study, int goal) {
        this.study = study;
        this.goal = goal;
        this.lessIsBetter = study.goals().get(goal).direction() == Direction.MINIMIZE;
        double[] values = study.complete().stream()
                .mapToDouble(trial -> trial.values().get(goal))
                .toArray();
        this.scale = AxisScale.measured(values, lessIsBetter);
        this.failed = study.trials().stream().anyMatch(trial -> trial.state() == TrialState.FAILED);
        this.pruned =
                study.trials().stream().anyMatch(trial -> trial.state() == TrialState.PRUNED && !hasReached(trial));
        long outside = 0;
        for (double value : values) {
            double at = scale.at(value);
            outside += at < -1e-9 || at > 1 + 1e-9 ? 1 : 0;
        }
        this.beyond = outside;
    }

    /** The axis of goal {@code goal}, from 0. */
    public static ValueAxis of(StudySnapshot study, int goal) {
        return new ValueAxis(study, goal);
    }

    /** The scale of the values. */
    public AxisScale scale() {
        return scale;
    }

    /** Where a trial lies; NaN for one that runs and has reported nothing. */
    public double at(TrialRecord trial) {
        double known = trial.state() == TrialState.COMPLETE
                ? scale.at(trial.values().get(goal))
                : trial.state() == TrialState.FAILED || !hasReached(trial)
                        ? Double.NaN
                        : scale.at(study.reached().get(trial.number()));
        if (!Double.isNaN(known)) {
            return Math.max(0, Math.min(1, known));
        }
        return trial.state() == TrialState.FAILED
                ? side(FAILED)
                : trial.state() == TrialState.PRUNED ? side(PRUNED) : Double.NaN;
    }

    /** How good a complete trial is: 0 at the bad end of the scale, 1 at the good one. */
    public double goodness(TrialRecord trial) {
        return goodness(Math.max(0, Math.min(1, scale.at(trial.values().get(goal)))));
    }

    /** How good what lies at {@code at} is. */
    public double goodness(double at) {
        return lessIsBetter ? 1 - at : at;
    }

    /** The value that is {@code goodness} good. */
    public double value(double goodness) {
        return scale.numberAt(lessIsBetter ? 1 - goodness : goodness);
    }

    /** Round values, and the places of trials without a value where there are such trials. */
    public List<AxisScale.Tick> ticks(int most) {
        List<AxisScale.Tick> ticks = new ArrayList<>(scale.ticks(most));
        if (pruned) {
            ticks.add(new AxisScale.Tick(side(PRUNED), "pruned"));
        }
        if (failed) {
            ticks.add(new AxisScale.Tick(side(FAILED), "failed"));
        }
        return ticks;
    }

    /** The lower end of what is to be shown. */
    public double low() {
        return lessIsBetter ? -0.05 : -0.05 - extra();
    }

    /** The upper end of what is to be shown. */
    public double high() {
        return lessIsBetter ? 1.05 + extra() : 1.05;
    }

    /** Name, unit and which way is better. */
    public String title() {
        return name() + (beyond == 0 ? "" : "; " + beyond + " worse at the edge");
    }

    /** Name, unit and which way is better, without a remark on what is at the edge. */
    public String name() {
        Goal it = study.goals().get(goal);
        String unit = Columns.find(it.metric())
                .map(Column::unit)
                .orElse("")
                .replace("..", "–")
                .replaceFirst(",.*", "");
        return it.metric() + " (" + (unit.isEmpty() ? "" : unit + ", ") + (lessIsBetter ? "less" : "more")
                + " is better)";
    }

    private double extra() {
        return failed ? FAILED : pruned ? PRUNED : 0;
    }

    private double side(double distance) {
        return lessIsBetter ? 1 + distance : -distance;
    }

    private boolean hasReached(TrialRecord trial) {
        return goal == 0 && study.reached().containsKey(trial.number());
    }
}
