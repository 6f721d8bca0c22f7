package dev.moviola.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImportanceTest {
    private static final Space SPACE = Space.empty()
            .real("strong", 0, 1)
            .real("none", 0, 1)
            .real("weak", 0, 1)
            .choice("kind", "a", "b", "c");

    @Test
    void aParameterThatMattersMoreHasAGreaterShare() {
        List<TrialRecord> trials = trials(120);
        Map<String, Double> shares = Importance.of(SPACE, trials, 0);

        assertThat(shares.keySet()).startsWith("strong");
        assertThat(shares.get("strong")).isGreaterThan(0.5);
        assertThat(shares.get("weak")).isGreaterThan(2 * shares.get("none"));
        assertThat(shares.get("kind")).isGreaterThan(2 * shares.get("none"));
        assertThat(shares.values().stream().mapToDouble(Double::doubleValue).sum())
                .isCloseTo(1, org.assertj.core.data.Offset.offset(1e-9));
        assertThat(Importance.of(SPACE, trials, 0)).isEqualTo(shares);
    }

    @Test
    void fewTrialsSayNothing() {
        assertThat(Importance.of(SPACE, trials(7), 0)).isEmpty();
    }

    private static List<TrialRecord> trials(int count) {
        Study study =
                Study.inMemory().space(SPACE).sampler(Sampler.random().seed(3)).minimize("loss");
        study.optimize(
                trial -> 10 * Math.pow(trial.settings().number("strong") - 0.3, 2)
                        + 1.5 * trial.settings().number("weak")
                        + (trial.settings().text("kind").equals("b") ? 1.5 : 0),
                count);
        return study.trials();
    }
}
