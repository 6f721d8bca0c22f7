package dev.moviola.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moviola.MoviolaException;
import dev.moviola.ledger.Parameters;
import dev.moviola.sweep.Direction;
import dev.moviola.sweep.Goal;
import dev.moviola.sweep.Space;
import dev.moviola.sweep.Study;
import dev.moviola.sweep.StudySnapshot;
import dev.moviola.sweep.TrialRecord;
import dev.moviola.sweep.TrialState;
import dev.moviola.sweep.TrialTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

class TrialTableTest {
    private static final Instant START = Instant.parse("2026-11-23T08:00:00Z");

    @Test
    void eachTrialHasARowWithTypedSettings() {
        Study study = SampleStudies.mixed(40);

        Table table = TrialTable.of(study);

        assertThat(table.columnNames())
                .containsExactly(
                        "trial",
                        "state",
                        "guidance",
                        "learning_rate",
                        "num_steps",
                        "control",
                        "threshold",
                        "weights.vis",
                        "weights.seg",
                        "melt",
                        "seconds",
                        "attempts",
                        "failure");
        assertThat(table.rowCount()).isEqualTo(40);
        TrialRecord first = study.trials().get(0);
        assertThat(table.longColumn("num_steps").get(0))
                .isEqualTo(first.settings().integer("num_steps"));
        assertThat(table.doubleColumn("melt").get(0)).isEqualTo(first.value());
        assertThat(table.stringColumn("state").get(10)).isEqualTo("failed");
        assertThat(table.doubleColumn("melt").isMissing(10)).isTrue();
        assertThat(table.stringColumn("failure").get(10)).contains("no clip came back");
        long active = study.trials().stream()
                .filter(trial -> trial.settings().has("threshold"))
                .count();
        assertThat(table.column("threshold").size() - table.column("threshold").countMissing())
                .isEqualTo((int) active);
    }

    @Test
    void theBestTrialComesFirstInTheRankedTable() {
        Study study = SampleStudies.mixed(40);

        Table table = TrialTable.ranked(study);

        assertThat(table.doubleColumn("melt").asList()).isSorted();
        assertThat(table.longColumn("trial").get(0))
                .isEqualTo(study.best().orElseThrow().number());
        assertThat(table.stringColumn("state").unique().asList()).containsExactly("complete");
    }

    @Test
    void resultsAreGatheredByValueAndByRange() {
        StudySnapshot study = known();

        Table byMode = TrialTable.by(study, "mode");
        Table bySteps = TrialTable.by(study, "steps");

        assertThat(byMode.columnNames())
                .containsExactly("mode", "trials", "without a value", "best loss", "median loss", "worst loss");
        assertThat(byMode.stringColumn("mode").asList()).containsExactly("plus", "minus");
        assertThat(byMode.intColumn("trials").asList()).containsExactly(10, 10);
        assertThat(byMode.intColumn("without a value").asList()).containsExactly(0, 2);
        assertThat(byMode.doubleColumn("best loss").asList()).containsExactly(0.0, 1.0);
        assertThat(byMode.doubleColumn("median loss").get(0)).isEqualTo(9.0);
        assertThat(byMode.doubleColumn("worst loss").get(0)).isEqualTo(18.0);
        assertThat(bySteps.stringColumn("steps").asList())
                .containsExactly("0–2", "3–6", "7–9", "10–12", "13–16", "17–19");
        assertThat(bySteps.intColumn("trials").sum()).isEqualTo(20);
        assertThatThrownBy(() -> TrialTable.by(study, "mood"))
                .isInstanceOf(MoviolaException.class)
                .hasMessageContaining("mood")
                .hasMessageContaining("[steps, mode]");
    }

    @Test
    void resultsAreGatheredByTimeWithTheBestSoFar() {
        Table table = TrialTable.byTime(known(), 4);

        assertThat(table.intColumn("trials").asList()).containsExactly(4, 5, 5, 6);
        assertThat(table.doubleColumn("best so far").asList()).containsExactly(0.0, 0.0, 0.0, 0.0);
        assertThat(table.doubleColumn("best loss").asList()).containsExactly(0.0, 4.0, 9.0, 14.0);
        assertThat(table.stringColumn("ended after").get(0)).isEqualTo("0.0 s–5.0 s");
        assertThat(TrialTable.byTime(SampleStudies.mixed(5).snapshot(), 4).rowCount())
                .isZero();
    }

    // Trial i tries i steps, has loss i, and ends after i + 1 seconds; 5 and 15 fail.
    private static StudySnapshot known() {
        List<TrialRecord> trials = new ArrayList<>();
        Map<Long, TrialTime> times = new TreeMap<>();
        for (long i = 0; i < 20; i++) {
            boolean failed = i % 10 == 5;
            trials.add(new TrialRecord(
                    i,
                    failed ? TrialState.FAILED : TrialState.COMPLETE,
                    Parameters.of("steps", i, "mode", i % 2 == 0 ? "plus" : "minus"),
                    failed ? List.of() : List.of((double) i),
                    failed ? "why" : null));
            times.put(i, new TrialTime(START.plusSeconds(i), START.plusSeconds(i + 1), 1));
        }
        return new StudySnapshot(
                Space.empty().integer("steps", 0, 19).choice("mode", "plus", "minus"),
                List.of(new Goal("loss", Direction.MINIMIZE)),
                trials,
                Map.of(),
                times);
    }
}
