package dev.moviola.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moviola.MoviolaException;
import dev.moviola.defect.Scorer;
import dev.moviola.ledger.Parameters;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TuningTest {
    @TempDir
    private Path folder;

    @Test
    void theMeasuredScoreFollowsTheQualityThatIsMeant() {
        SplittableRandom random = new SplittableRandom(11);
        List<Tuning> tunings = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            tunings.add(new Tuning(
                    1 + 9 * random.nextDouble(),
                    10 + random.nextInt(41),
                    20 + 60 * random.nextDouble(),
                    random.nextDouble(),
                    i));
        }
        double[] meant = tunings.stream().mapToDouble(Tuning::quality).toArray();
        double[] measured = IntStream.range(0, 24)
                .parallel()
                .mapToDouble(i -> measured(tunings.get(i), i))
                .toArray();

        assertThat(new SpearmansCorrelation().correlation(meant, measured)).isGreaterThan(0.7);
    }

    @Test
    void guidanceAndControlMustBeTurnedTogether() {
        assertThat(new Tuning(7, 40, 45, 0, 0).quality()).isGreaterThan(new Tuning(3, 40, 45, 0, 0).quality());
        assertThat(new Tuning(7, 40, 45, 1, 0).quality()).isLessThan(new Tuning(3, 40, 45, 1, 0).quality());
    }

    @Test
    void thereIsACliff() {
        double before = new Tuning(5, 40, 69.9, 0.5, 0).quality();
        double after = new Tuning(5, 40, 70.1, 0.5, 0).quality();

        assertThat(after).isLessThan(0.5 * before);
        assertThat(new Tuning(5, 40, 69.8, 0.5, 0).quality())
                .isCloseTo(before, org.assertj.core.data.Offset.offset(0.01));
    }

    @Test
    void weightsOfControlsStandForOneWeight() {
        Parameters weights = Parameters.of("edge", 0.5, "depth", 0.5, "seg", 0.0, "vis", 0.0);

        assertThat(Tuning.of(Parameters.of("control_weights", weights)).control())
                .isEqualTo(0.85);
        assertThatThrownBy(() -> Tuning.of(Parameters.of("control_weights", Parameters.of("egde", 1.0))))
                .isInstanceOf(MoviolaException.class)
                .hasMessageContaining("[depth, edge, seg, vis]")
                .hasMessageContaining("egde");
    }

    @Test
    void knobsKeepTheirRanges() {
        assertThatThrownBy(() -> Tuning.of(Parameters.of("sigma_max", 900)))
                .hasMessage("sigma_max must be in 1.0..200.0, but was 900.0");
    }

    private double measured(Tuning tuning, int number) {
        Path clip = folder.resolve(number + ".mp4");
        Rehearsal.renderTuned(
                Parameters.of(
                        "prompt",
                        "samurai vs T-rex",
                        "guidance",
                        tuning.guidance(),
                        "num_steps",
                        tuning.steps(),
                        "sigma_max",
                        tuning.sigma(),
                        "control_weight",
                        tuning.control(),
                        "seed",
                        tuning.seed()),
                clip);
        return Scorer.standard().score(clip).metrics().getOrDefault("overall", Double.NaN);
    }
}
