package dev.moviola.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moviola.ledger.Money;
import dev.moviola.ledger.Parameters;
import dev.moviola.ledger.Run;
import dev.moviola.rehearsal.Rehearsal;
import dev.moviola.sweep.Direction;
import dev.moviola.sweep.Goal;
import dev.moviola.sweep.Pruner;
import dev.moviola.sweep.Space;
import dev.moviola.sweep.TrialRecord;
import dev.moviola.sweep.TrialState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps of programs: what is taken over from earlier ones, more trials later, and programs that are ended early. */
class SweepProgramTest {
    private static final Space GRID = Space.empty().integer("x", 1, 3).choice("mode", "plus", "minus");

    @TempDir
    private Path folder;

    @Test
    void aSpecThatIsChangedKeepsEverythingElse() {
        SweepSpec plain = program(GRID, "grid", 6, "echo {x}", "loss");
        SweepSpec pruned = new SweepSpec(
                plain.title(),
                plain.space(),
                plain.sampler(),
                plain.seed(),
                plain.goals(),
                plain.trials(),
                plain.prompt(),
                plain.backend(),
                plain.command(),
                plain.tries(),
                plain.limits(),
                plain.known(),
                plain.enqueued(),
                "median",
                null,
                0);

        assertThat(pruned.withSeed(11).withSeed(plain.seed())).isEqualTo(pruned);
        assertThat(pruned.withTitle("another")).isNotEqualTo(pruned);
        assertThat(pruned.withTitle("another")
                        .withTrials(9)
                        .withTitle(pruned.title())
                        .withTrials(pruned.trials()))
                .isEqualTo(pruned);
    }

    @Test
    void whatTheSameProgramGaveInAnEarlierSweepIsTakenOver() throws IOException {
        Path log = folder.resolve("log");
        SweepSpec spec = program(GRID, "grid", 6, "sh -c 'echo {x}{mode} >> " + log + "; echo {x}'", "value");
        List<TrialRecord> first;
        try (Sweep sweep =
                Sweep.start(runs(), SweepSpec.of("part", spec.toParameters().with("trials", 4)))) {
            sweep.run(1, progress -> {});
            first = sweep.study().trials();
        }
        try (Sweep sweep = Sweep.start(runs(), spec).needed(runs())) {
            assertThat(sweep.run(1, progress -> {}).complete()).isEqualTo(6);
            assertThat(sweep.study().trials().subList(0, 4)).isEqualTo(first);
        }
        assertThat(Files.readAllLines(log)).hasSize(6).doesNotHaveDuplicates();
        SweepSpec other = program(GRID, "grid", 6, "sh -c 'echo {x}{mode} >> " + log + "; echo 1'", "value");
        try (Sweep sweep = Sweep.start(runs(), other).needed(runs())) {
            sweep.run(1, progress -> {});
        }
        assertThat(Files.readAllLines(log)).hasSize(12);
    }

    @Test
    void aSweepThatIsDoneCanBeGivenMoreTrialsAndKeepsItsSampler() {
        Space space = Space.empty().real("x", 0, 1).real("y", 0, 1);
        Path run;
        try (Sweep sweep = Sweep.start(runs(), program(space, "auto", 5, "echo {x}", "value"))) {
            run = sweep.run().folder();
            assertThat(sweep.run(1, progress -> {}).complete()).isEqualTo(5);
        }
        List<TrialRecord> first;
        try (Sweep sweep = Sweep.open(run)) {
            first = sweep.study().trials();
            assertThat(sweep.extend(300).extend(9).run(1, progress -> {}).complete())
                    .isEqualTo(9);
            assertThat(sweep.study().trials().subList(0, 5)).isEqualTo(first);
        }
        try (Sweep sweep = Sweep.open(run)) {
            assertThat(sweep.run(1, progress -> {}).complete()).isEqualTo(9);
            assertThatThrownBy(() -> sweep.extend(0))
                    .hasMessage("a sweep must have 1 or more trials, but was to have 0");
        }
    }

    @Test
    void aProgramThatReportsTooLittleIsEndedEarlyAndCounts() {
        Space space = Space.empty().choice("x", 1, 2, 3, 4, 5, 9);
        // The last would sleep for ten minutes after its first report.
        String command = "sh -c 'echo \"{{\\\"step\\\": 1, \\\"loss\\\": {x}}}\"; test {x} -lt 9 || sleep 600; echo"
                + " \"{{\\\"loss\\\": {x}}}\"'";
        try (Sweep sweep =
                Sweep.start(runs(), program(space, "grid", 6, command, "loss").withPruner("median"))) {
            sweep.run(1, progress -> {});

            assertThat(sweep.study().trials().subList(0, 5)).allMatch(trial -> trial.state() == TrialState.COMPLETE);
            TrialRecord last = sweep.study().trials().get(5);
            assertThat(last.state()).isEqualTo(TrialState.PRUNED);
            assertThat(last.failure()).isEqualTo("pruned at step 1 with loss 9.0");
            assertThat(sweep.study().reports(5)).containsEntry(1L, 9.0);
        }
    }

    @Test
    void aReportThatIsNoNumberFailsItsTrial() {
        String command = "sh -c 'echo \"{{\\\"step\\\": {x}, \\\"loss\\\": NaN}}\"; sleep 600'";
        try (Sweep sweep = Sweep.start(runs(), program(Space.empty().integer("x", 1, 1), "grid", 1, command, "loss"))) {
            assertThat(sweep.run(1, progress -> {}).failed()).isOne();
            assertThat(sweep.study().trials().get(0).failure())
                    .isEqualTo("the loss that trial 0 reports at step 1 must be a finite number, but was NaN");
        }
    }

    @Test
    void severalGoalsComeFromOneObjectAndOneThatIsMissingIsNamed() {
        String command = "sh -c 'echo \"{{\\\"loss\\\": {x}, \\\"size\\\": -{x}}}\"'";
        try (Sweep sweep = Sweep.start(runs(), program(GRID, "grid", 6, command, "loss", "size"))) {
            sweep.run(2, progress -> {});
            assertThat(sweep.study().front()).hasSize(6);
        }
        try (Sweep sweep = Sweep.start(runs(), program(GRID, "grid", 1, "echo {x}", "loss", "size"))) {
            sweep.run(1, progress -> {});
            assertThat(sweep.study().trials().get(0).failure())
                    .isEqualTo("there must be a number loss, but there was only one without a name; print a JSON object"
                            + " with [loss, size]");
        }
    }

    @Test
    void aPrunerNeedsAProgramAndOneMetric() {
        assertThatThrownBy(() ->
                        program(GRID, "grid", 6, "echo {x}", "loss", "size").withPruner("asha"))
                .hasMessageContaining("there are 2 metrics; leave out the pruner asha");
        assertThatThrownBy(() -> Pruner.named("best"))
                .hasMessage("a pruner must be one of none, median, halving, asha, hyperband, but was best");
    }

    private Path runs() {
        return folder.resolve("runs");
    }

    @Test
    void aSweepInOrderTriesTheSameWithFourAtATimeHoweverLongEachTakes() {
        Space space = Space.empty().real("x", 0, 1).choice("mode", "a", "b");
        List<List<Parameters>> tried = new ArrayList<>();
        for (String seconds : List.of("0.0$(({trial} % 3 * 4))", "0.0$(((7 - {trial} % 7)))")) {
            SweepSpec spec = program(space, "tpe", 24, "sh -c 'sleep " + seconds + "; echo {x}'", "value")
                    .withOrder(4);
            try (Sweep sweep = Sweep.start(folder, spec)) {
                assertThat(sweep.run(4, progress -> {}).done()).isTrue();
                tried.add(sweep.study().trials().stream()
                        .map(TrialRecord::settings)
                        .toList());
            }
        }
        assertThat(tried.get(1)).isEqualTo(tried.get(0));
    }

    @Test
    void theMoneyOfASweepIsCountedOverItsProcessesAndMayBeRaised() throws IOException {
        Path clip = folder.resolve("clip.mp4");
        Rehearsal.renderTuned(Parameters.of("num_steps", 20), clip);
        Parameters options = Parameters.of("command", "cp " + clip + " {out}", "price_dollars", 1);
        SweepSpec spec = SweepSpec.of(Space.empty().integer("seed", 1, 1_000), "overall")
                .withSampler("random")
                .withBackend(new BackendSpec("command", Parameters.none(), options))
                .withLimits(Limits.none().withSpendCap(2))
                .withTrials(5);
        SweepPlan plan = Sweep.plan(spec, 1);
        assertThat(plan.trials()).isEqualTo(2);
        assertThat(plan.total()).isEqualTo(Money.dollars(2));
        Path made;
        try (Sweep sweep = Sweep.start(folder, spec)) {
            made = sweep.run().folder();
            assertThat(Sweep.left(sweep.run()).budget().moneySentence())
                    .isEqualTo("$2.00 allows 2 trials at the listed price of $1.00 each");
            assertThat(sweep.run(1, progress -> {}).reason()).contains("spend cap of $2.00");
        }
        try (Sweep sweep = Sweep.open(made)) {
            assertThat(sweep.run(1, progress -> {}).complete()).isEqualTo(2);
            assertThat(Sweep.left(sweep.run()).budget().byMoney()).hasValue(0);
            sweep.costingNoMore(Money.dollars(3));
            assertThat(Sweep.left(sweep.run()).budget().moneySentence())
                    .isEqualTo("$1.00 allows 1 trial at the mean price so far of $1.00 each");
        }
        try (Sweep sweep = Sweep.open(made)) {
            assertThat(sweep.run(1, progress -> {}).complete()).isEqualTo(3);
            assertThat(sweep.run().ledger().tally().spent()).isEqualTo(Money.dollars(3));
        }
    }

    @Test
    void aProgramGetsAllSettingsAtOnceAlsoThoseThatNotEveryTrialHas() {
        Space space =
                Space.parse("parameters: {opt: {choice: [sgd, adam]}, beta: {integer: [4, 4], when: {opt: adam}}}");
        assertThatThrownBy(() -> Sweep.plan(program(space, "grid", 4, "echo {beta}", "value"), 1))
                .hasMessage("a command may name parameters that every trial has, but {beta} is there only when"
                        + " {opt=[adam]}; use {settings}, a JSON object of those that a trial has");
        assertThatThrownBy(() -> Sweep.plan(program(space, "grid", 4, "no-such-program {opt}", "value"), 1))
                .hasMessageContaining("\"no-such-program\" was not found");

        SweepSpec spec = program(
                space,
                "grid",
                4,
                "sh -c 'case \"$1\" in \"{{\"*beta*4*) echo 1;; *) echo 2;; esac' sh {settings}",
                "value");
        try (Sweep sweep = Sweep.start(folder, spec)) {
            sweep.run(1, progress -> {});
            assertThat(sweep.study().trials())
                    .extracting(trial -> trial.settings().has("beta") + " " + trial.value())
                    .containsExactlyInAnyOrder("false 2.0", "true 1.0");
        }
    }

    @Test
    void theTimeOfASweepIsCountedOverItsProcessesAndNoTrialIsBegunAfterIt() {
        SweepSpec spec = program(Space.empty().real("x", 0, 1), "random", 1_000, "sh -c 'sleep 0.2; echo {x}'", "value")
                .withTime(Duration.ofSeconds(2));
        Path made;
        try (Sweep sweep = Sweep.start(folder, spec)) {
            made = sweep.run().folder();
            assertThat(sweep.run(1, progress -> {}).reason()).isEqualTo("its time is over");
        }
        int ended;
        try (Run run = Run.look(made)) {
            SweepLeft left = Sweep.left(run);
            ended = (int) left.ended();
            assertThat(left.ended()).isBetween(1L, 11L);
            assertThat(left.trials()).isEqualTo(1_000 - left.ended());
            assertThat(left.budget().byTime()).hasValue(0);
            assertThat(left.budget().timeSentence()).contains("measured on the " + ended + " that have ended");
            assertThat(left.elapsed()).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
            assertThat(left.with(OptionalLong.of(20), Optional.empty(), Optional.of(Duration.ofMinutes(1))))
                    .satisfies(more -> assertThat(more.trials()).isEqualTo(20 - more.ended()))
                    .satisfies(more ->
                            assertThat(more.budget().byTime().orElseThrow()).isGreaterThan(100));
        }
        try (Sweep sweep = Sweep.open(made)) {
            assertThat(sweep.run(1, progress -> {}).complete()).isEqualTo(ended);
            sweep.noLongerThan(Duration.ofMinutes(9)).extend(ended + 1);
        }
        try (Sweep sweep = Sweep.open(made)) {
            assertThat(sweep.run(1, progress -> {}).complete()).isEqualTo(ended + 1);
        }
    }

    private static SweepSpec program(Space space, String sampler, long trials, String command, String... metrics) {
        return new SweepSpec(
                "program",
                space,
                sampler,
                7,
                Arrays.stream(metrics)
                        .map(metric -> new Goal(metric, Direction.MINIMIZE))
                        .toList(),
                trials,
                "",
                new BackendSpec("command", Parameters.none(), Parameters.none()),
                command,
                1,
                Limits.none(),
                List.of(),
                List.of());
    }
}
