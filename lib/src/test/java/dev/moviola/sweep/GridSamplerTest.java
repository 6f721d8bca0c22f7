package dev.moviola.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moviola.ledger.Parameters;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class GridSamplerTest extends SamplerContract {
    @Override
    Sampler sampler() {
        return Sampler.grid(3);
    }

    @Override
    Space space() {
        return Space.empty()
                .real("x", -5, 5)
                .integer("n", 1, 30, 7)
                .choice("control", "edge", "depth")
                .choice("canny", "low", "mid", "high")
                .when("control", "edge")
                .constraint("n + 4 * x <= 40");
    }

    @Property(tries = 50)
    void everyCellIsTriedOnce(
            @ForAll @IntRange(min = 1, max = 6) int a,
            @ForAll @IntRange(min = 1, max = 6) int b,
            @ForAll @IntRange(min = 1, max = 4) int workers) {
        Space space = Space.empty().integer("a", 1, a).integer("b", 1, b).real("c", 0, 1, 0.5);
        Study study = Study.inMemory().space(space).sampler(Sampler.grid()).optimize(t -> 1, 1_000, workers);

        assertThat(study.trials()).hasSize(a * b * 3);
        assertThat(study.trials()).extracting(TrialRecord::settings).doesNotHaveDuplicates();
        assertThatThrownBy(study::ask).hasMessageContaining("has proposed all of its " + a * b * 3 + " trials");
    }

    @Test
    void cellsThatDifferOnlyInWhatIsNotActiveCountOnce() {
        Study study = Study.inMemory()
                .space(Space.empty()
                        .choice("control", "edge", "depth")
                        .choice("canny", 1, 2)
                        .when("control", "edge")
                        .integer("n", 1, 2)
                        .constraint("n < 2"))
                .sampler(Sampler.grid())
                .enqueue(Parameters.of("control", "edge", "canny", 2, "n", 1))
                .optimize(trial -> 1, 100);

        assertThat(study.trials())
                .extracting(TrialRecord::settings)
                .isEqualTo(List.of(
                        Parameters.of("control", "edge", "canny", 2, "n", 1),
                        Parameters.of("control", "edge", "canny", 1, "n", 1),
                        Parameters.of("control", "depth", "n", 1)));
    }

    @Test
    void aGridRefusesWhatItCannotEnumerate() {
        Study.inMemory()
                .space(Space.empty().real("x", 0, 1))
                .sampler(Sampler.grid(2))
                .ask();
        assertThatThrownBy(() -> Study.inMemory()
                        .space(Space.empty().real("x", 0, 1))
                        .sampler(Sampler.grid())
                        .ask())
                .hasMessageContaining("set a step, give levels, or use another sampler");
        assertThatThrownBy(() -> Study.inMemory().sampler(Sampler.grid()).ask())
                .hasMessageContaining("give the study a space");
        assertThatThrownBy(() -> Sampler.grid(1000)
                        .start(Space.empty().real("x", 0, 1).real("y", 0, 1).real("z", 0, 1)))
                .hasMessageContaining("at most 10000000 cells");
        assertThatThrownBy(() -> Sampler.grid(-1)).hasMessageContaining("given -1");
    }
}
