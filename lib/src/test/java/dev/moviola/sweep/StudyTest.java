package dev.moviola.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moviola.MoviolaException;
import dev.moviola.ledger.Parameters;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StudyTest {
    private static final Space SPACE = Space.empty().real("x", -2, 2);

    @Test
    void theBestTrialHasTheLowestOrTheHighestValue() {
        Study low = Study.inMemory().space(SPACE).minimize("loss").optimize(t -> t.suggestDouble("x", -2, 2), 30);
        Study high = Study.inMemory()
                .space(SPACE)
                .maximize("gain")
                .optimize(t -> t.settings().number("x"), 30);

        assertThat(low.best().orElseThrow().value())
                .isEqualTo(low.trials().stream()
                        .mapToDouble(t -> t.settings().number("x"))
                        .min()
                        .orElseThrow());
        assertThat(high.best().orElseThrow().value())
                .isEqualTo(high.trials().stream()
                        .mapToDouble(t -> t.settings().number("x"))
                        .max()
                        .orElseThrow());
        assertThat(high.metric()).isEqualTo("gain");
        assertThat(high.direction()).isEqualTo(Direction.MAXIMIZE);
    }

    @Test
    void aSpaceCanBeDefinedByRunning() {
        Study study = Study.inMemory()
                .optimize(
                        trial -> {
                            if (trial.suggestCategorical("kind", List.of("flat", "steep"))
                                    .equals("flat")) {
                                return trial.suggestDouble("slope", 0, 1, 0.5);
                            }
                            return trial.suggestLogDouble("grade", 1, 100) + trial.suggestInt("n", 1, 3);
                        },
                        40);

        assertThat(study.space().dimensions()).extracting(Dimension::name).contains("kind", "slope", "grade", "n");
        assertThat(study.trials())
                .allSatisfy(trial -> assertThat(trial.settings().asMap().keySet())
                        .isEqualTo(
                                trial.settings().text("kind").equals("flat")
                                        ? Set.of("kind", "slope")
                                        : Set.of("kind", "grade", "n")));
    }

    @Test
    void aParameterKeepsItsDomainThroughoutAStudy() {
        Study study = Study.inMemory();
        study.ask().suggestDouble("x", 0, 1);

        assertThatThrownBy(() -> study.ask().suggestDouble("x", 0, 2))
                .hasMessageContaining("x must keep its domain")
                .hasMessageContaining("[0.0,1.0]")
                .hasMessageContaining("[0.0,2.0]");
    }

    @Test
    void aTrialSuggestsOnlyActiveParametersOfItsSpace() {
        Study study = Study.inMemory()
                .space(Space.empty()
                        .choice("a", "x")
                        .real("b", 0, 1)
                        .choice("c", 1, 2)
                        .real("d", 0, 1)
                        .when("c", 2));
        study.enqueue(Parameters.of("a", "x", "b", 0.5, "c", 1));
        Trial trial = study.ask();

        assertThat(trial.suggestDouble("b", 0, 1)).isEqualTo(0.5);
        assertThatThrownBy(() -> trial.suggestDouble("z", 0, 1))
                .hasMessageContaining("z is none; there are [a, b, c, d]");
        assertThatThrownBy(() -> trial.suggestDouble("d", 0, 1)).hasMessageContaining("d must be active");
        study.tell(trial, 1);
        assertThatThrownBy(() -> trial.suggestDouble("b", 0, 1)).hasMessageContaining("must be running");
        assertThat(trial.settings()).isEqualTo(Parameters.of("a", "x", "b", 0.5, "c", 1));
    }

    @Test
    void aUsersOwnGuessGoesFirst() {
        Study study = Study.inMemory().space(SPACE).enqueue(Parameters.of("x", 1.5));

        assertThat(study.ask().settings()).isEqualTo(Parameters.of("x", 1.5));
        assertThatThrownBy(() -> study.enqueue(Parameters.of("x", 7.0))).hasMessageContaining("but was 7.0");
    }

    @Test
    void aFailedTrialIsTriedAgainWithoutUsingBudget() {
        AtomicInteger calls = new AtomicInteger();
        Study study = Study.inMemory()
                .space(SPACE)
                .optimize(
                        trial -> {
                            if (trial.number() == 3 || (trial.number() == 5 && calls.get() < 7)) {
                                calls.incrementAndGet();
                                throw new IllegalStateException("no luck");
                            }
                            calls.incrementAndGet();
                            return trial.number() == 8 ? Double.NaN : 1;
                        },
                        10);

        assertThat(study.trials()).hasSize(10);
        assertThat(study.trials().get(3).failure()).isEqualTo("no luck");
        assertThat(study.trials().get(8).failure()).contains("must be a finite number, but was NaN");
        assertThat(study.trials())
                .filteredOn(t -> t.state() == TrialState.COMPLETE)
                .hasSize(8);
        assertThat(calls).hasValueGreaterThanOrEqualTo(12);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aTrialThatIsBrokenOffIsTriedByWhoeverGoesOn(int workers) {
        Study study = Study.inMemory().space(SPACE).minimize("loss");
        AtomicInteger tried = new AtomicInteger();

        assertThatThrownBy(() -> study.optimize(
                        trial -> {
                            if (tried.incrementAndGet() == 4) {
                                throw new StackOverflowError("as a notebook stops a cell");
                            }
                            return trial.suggestDouble("x", -2, 2);
                        },
                        10,
                        workers))
                .hasStackTraceContaining("as a notebook stops a cell");

        study.optimize(trial -> trial.suggestDouble("x", -2, 2), 10, workers);
        assertThat(study.trials()).hasSize(10).allMatch(trial -> trial.state() == TrialState.COMPLETE);
    }

    @Test
    void aStudyThatWasInterruptedSaysSoAndGoesOn() {
        Study study = Study.inMemory().space(SPACE).minimize("loss");
        AtomicInteger tried = new AtomicInteger();

        assertThatThrownBy(() -> study.optimize(
                        trial -> {
                            if (tried.incrementAndGet() == 4) {
                                Thread.currentThread().interrupt();
                                Thread.sleep(1);
                            }
                            return trial.suggestDouble("x", -2, 2);
                        },
                        10))
                .isInstanceOf(MoviolaException.class)
                .hasMessage("the study was interrupted; optimize again to go on");
        assertThat(Thread.interrupted()).isTrue();

        study.optimize(trial -> trial.suggestDouble("x", -2, 2), 10);
        assertThat(study.trials()).hasSize(10).allMatch(trial -> trial.state() == TrialState.COMPLETE);
        assertThat(tried).as("one attempt was broken off").hasValue(4);
    }

    @Test
    void aTrialIsToldOnce() {
        Study study = Study.inMemory().space(SPACE);
        Trial trial = study.ask();
        study.tellFailure(trial, "the disk was full");

        assertThatThrownBy(() -> study.tell(trial, 1))
                .hasMessageContaining("trial 0 must be running to be told, but is FAILED");
        assertThatThrownBy(() -> study.tell(trialOfAnotherStudy(), 1)).hasMessageContaining("not of this study");
        assertThat(study.best()).isEmpty();
    }

    @Test
    void workersShareTheTrialsWithoutRunningAnyTwice() {
        Set<Long> numbers = ConcurrentHashMap.newKeySet();
        Study study = Study.inMemory()
                .space(SPACE)
                .optimize(
                        trial -> {
                            assertThat(numbers.add(trial.number())).isTrue();
                            return trial.settings().number("x");
                        },
                        100,
                        4);

        assertThat(numbers).hasSize(100);
        assertThat(study.trials()).hasSize(100).allMatch(trial -> trial.state() == TrialState.COMPLETE);
    }

    @Test
    void aStudyIsSetUpBeforeItsFirstTrial() {
        Study study = Study.inMemory().space(SPACE);
        study.ask();

        assertThatThrownBy(() -> study.minimize("melt")).hasMessageContaining("set before its first trial");
        assertThatThrownBy(() -> Study.inMemory().space(Space.empty())).hasMessageContaining("has none");
        assertThatThrownBy(() -> study.optimize(t -> 1, 0)).hasMessageContaining("1 or more trials");
    }

    @Test
    void constraintsThatLeaveNoRoomAreNamed() {
        Study study = Study.inMemory().space(SPACE.constraint("x > 3"));

        assertThatThrownBy(study::ask).isInstanceOf(MoviolaException.class).hasMessageContaining("[x > 3]");
    }

    private static Trial trialOfAnotherStudy() {
        Study other = Study.inMemory().space(SPACE);
        other.ask();
        return other.ask();
    }

    @Test
    void whatIsProposedInOrderDoesNotDependOnHowLongTrialsTake() {
        List<Parameters> first = inOrder(new Random(1)).trials().stream()
                .map(TrialRecord::settings)
                .toList();

        for (int seed = 2; seed < 6; seed++) {
            assertThat(inOrder(new Random(seed)).trials())
                    .extracting(TrialRecord::settings)
                    .isEqualTo(first);
        }
    }

    private static Study inOrder(Random times) {
        Study study = Study.inMemory()
                .space(Space.empty().real("x", -5, 10).choice("kind", "a", "b"))
                .sampler(Sampler.tpe().seed(3))
                .inOrder(4);
        return study.optimize(
                trial -> {
                    int millis;
                    synchronized (times) {
                        millis = times.nextInt(4);
                    }
                    Thread.sleep(millis);
                    if (trial.number() == 7) {
                        throw new IllegalStateException("no luck");
                    }
                    return Math.abs(trial.settings().number("x") - 2);
                },
                40,
                4);
    }

    @Test
    void aStudyInOrderIsAskedForNoMoreAtATime() {
        Study study = Study.inMemory()
                .space(Space.empty().real("x", 0, 1))
                .sampler(Sampler.tpe())
                .inOrder(2);
        Trial first = study.ask();
        Trial second = study.ask();
        assertThatThrownBy(study::ask)
                .isInstanceOf(MoviolaException.class)
                .hasMessage("a study in order must have no more than 2 trials at a time, but trial 0 has not ended yet;"
                        + " tell it first");
        study.tell(second, 1);
        assertThatThrownBy(study::ask).hasMessageContaining("trial 0 has not ended yet");
        study.tell(first, 2);
        assertThat(study.ask().number()).isEqualTo(2);
        assertThatThrownBy(() -> Study.inMemory().inOrder(2).ask()).hasMessageContaining("must have a space");
        assertThatThrownBy(() -> Study.inMemory().inOrder(-1)).hasMessageContaining("0..1000 at a time, but were -1");
    }

    @Test
    void workersOfAStudyInOrderEndWhenTheSamplerHasNothingLeftOrOneBreaksOff() {
        Space grid = Space.empty().integer("x", 1, 7);
        assertThat(Study.inMemory()
                        .space(grid)
                        .sampler(Sampler.grid())
                        .inOrder(3)
                        .optimize(trial -> trial.number(), 100, 3)
                        .trials())
                .hasSize(7);

        Study broken = Study.inMemory().space(grid).sampler(Sampler.random()).inOrder(2);
        assertThatThrownBy(() -> broken.optimize(
                        trial -> {
                            if (trial.number() == 1) {
                                throw new AssertionError("over");
                            }
                            return 1;
                        },
                        100,
                        2))
                .hasMessageContaining("over");
    }
}
