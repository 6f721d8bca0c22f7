package dev.moviola.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moviola.ledger.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every sampler keeps. */
abstract class SamplerContract {
    private static final int TRIALS = 60;

    abstract Sampler sampler();

    /** A space of every kind of parameter that the sampler can search. */
    Space space() {
        return Space.empty()
                .real("x", -5, 5)
                .real("stepped", 0, 1, 0.25)
                .logReal("lr", 1e-4, 1)
                .integer("n", 1, 30, 3)
                .logInteger("batch", 1, 64)
                .choice("control", "edge", "depth")
                .choice("canny", "low", "mid", "high")
                .when("control", "edge")
                .real("depth_blur", 0, 2)
                .when("control", "depth")
                .simplex("weights", 0.05, List.of("a", "b", "c"))
                .constraint("n + 4 * x <= 40");
    }

    @Test
    void theSameSeedAndTheSameTellsGiveTheSameAsks() {
        assertThat(asks(sampler().seed(7))).isEqualTo(asks(sampler().seed(7)));
    }

    @Test
    void everyAskLiesWithinTheSpace() {
        for (Parameters settings : asks(sampler().seed(3))) {
            space().check(settings);
        }
    }

    @Test
    void askingTwiceWithoutATellGivesTheSame() {
        SamplerSession session = sampler().seed(5).start(space());
        for (long number = 0; number < 25; number++) {
            Parameters settings = session.ask(number).orElseThrow();
            assertThat(session.ask(number)).contains(settings);
            session.asked(number, settings);
            session.tell(number, settings, loss(settings));
        }
    }

    @Test
    void aSessionThatIsToldThePastGoesOnAsIfItHadNotStopped() {
        List<Parameters> whole = asks(sampler().seed(11));
        SamplerSession resumed = sampler().seed(11).start(space());
        int past = whole.size() / 2;
        for (int number = 0; number < whole.size(); number++) {
            if (number >= past) {
                assertThat(resumed.ask(number)).contains(whole.get(number));
            }
            happens(resumed, whole, number);
        }
    }

    @Test
    void trialsInParallelAndFailuresAndForeignSettingsAreBorne() {
        SamplerSession session = sampler().seed(13).start(space());
        Parameters foreign = Sampler.random().seed(99).start(space()).ask(0).orElseThrow();
        session.asked(0, foreign);
        List<Parameters> asked = new ArrayList<>(List.of(foreign));
        for (int number = 1; number < 50; number++) {
            Optional<Parameters> settings = session.ask(number);
            if (settings.isEmpty()) {
                break;
            }
            space().check(settings.get());
            session.asked(number, settings.get());
            asked.add(settings.get());
            if (number >= 8) {
                int ended = number - 8;
                session.tell(ended, asked.get(ended), ended % 5 == 0 ? null : loss(asked.get(ended)));
            }
        }
        assertThat(asked).hasSizeGreaterThan(10);
    }

    @Test
    void nanIsRefused() {
        Study study = Study.inMemory().space(space()).sampler(sampler());
        Trial trial = study.ask();

        org.assertj.core.api.Assertions.assertThatThrownBy(() -> study.tell(trial, Double.NaN))
                .hasMessageContaining("must be a finite number, but was NaN");
        study.tell(trial, 1);
        assertThat(study.best()).isPresent();
    }

    static double loss(Parameters settings) {
        double x = settings.number("x", 0);
        double n = settings.number("n", 0);
        return x * x + Math.abs(n - 13) + (settings.text("control", "edge").equals("edge") ? 0 : 3);
    }

    private List<Parameters> asks(Sampler sampler) {
        SamplerSession session = sampler.start(space());
        List<Parameters> asks = new ArrayList<>();
        for (int number = 0; number < TRIALS; number++) {
            Optional<Parameters> settings = session.ask(number);
            if (settings.isEmpty()) {
                break;
            }
            asks.add(settings.get());
            happens(session, asks, number);
        }
        return asks;
    }

    // Tells come two trials late, so that some are always pending.
    private static void happens(SamplerSession session, List<Parameters> asks, int number) {
        session.asked(number, asks.get(number));
        if (number >= 2) {
            @Nullable Double loss = number % 7 == 0 ? null : Double.valueOf(loss(asks.get(number - 2)));
            session.tell(number - 2, asks.get(number - 2), loss);
        }
    }
}
