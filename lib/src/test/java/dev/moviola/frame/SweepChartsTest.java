package dev.moviola.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moviola.MoviolaException;
import dev.moviola.display.Display;
import dev.moviola.display.MimeBundle;
import dev.moviola.sweep.Sampler;
import dev.moviola.sweep.Space;
import dev.moviola.sweep.Study;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.IChart;

class SweepChartsTest {
    private static final Path PICTURES = Path.of("target", "charts");

    @Test
    void everyChartIsDrawnWithFewAndManyTrialsInBothThemes() {
        everyChart(5, ChartTheme.LIGHT);
        everyChart(60, ChartTheme.LIGHT);
        everyChart(500, ChartTheme.DARK);
    }

    private static void everyChart(int trials, ChartTheme theme) {
        SweepCharts charts = SweepCharts.of(SampleStudies.mixed(trials)).theme(theme);
        Map<String, IChart> drawn = new LinkedHashMap<>();
        drawn.put("history", charts.history());
        drawn.put("importance", charts.importance());
        drawn.put("slice", charts.slice());
        drawn.put("contour", charts.contour("guidance", "learning_rate"));
        drawn.put("contour-choice", charts.contour("control", "guidance"));
        drawn.put("parallel", charts.parallel());
        drawn.put(
                "front",
                SweepCharts.of(SampleStudies.compromises(trials)).theme(theme).front());
        drawn.forEach((name, chart) -> {
            assertThat(chart.getTitle()).as(name).isNotBlank();
            Path file = ChartImage.write(chart, PICTURES.resolve("sweep-" + name + "-" + trials + ".png"));
            BufferedImage image = read(file);
            assertThat(image.getWidth()).as(name).isEqualTo(ChartImage.SCALE * chart.getWidth());
            assertThat(image.getHeight()).as(name).isEqualTo(ChartImage.SCALE * chart.getHeight());
            assertThat(image.getRGB(2, 2)).as(name).isEqualTo(theme.paper().getRGB());
        });
    }

    private static BufferedImage read(Path file) {
        try {
            return ImageIO.read(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theBestSoFarOnlyGetsBetterAndEveryTrialIsDrawn() {
        Study study = SampleStudies.mixed(60);

        XYChart chart = SweepCharts.of(study).history();

        double[] best = chart.getSeries("best so far").getYData();
        for (int i = 1; i < best.length; i++) {
            assertThat(best[i]).isLessThanOrEqualTo(best[i - 1]);
        }
        int drawn = 0;
        for (String state : new String[] {"trial", "failed", "pruned"}) {
            drawn += chart.getSeries(state).getXData().length;
        }
        assertThat(drawn).isEqualTo(60);
        assertThat(chart.getYAxisTitle()).contains("melt").contains("less is better");
        assertThat(chart.getSeries("failed").getYData()).containsOnly(1.18);
    }

    @Test
    void everyParameterHasAPanelWithTheTrialsInWhichItIsActive() {
        Study study = SampleStudies.mixed(60);

        ChartSheet sheet = SweepCharts.of(study).slice();

        assertThat(sheet.charts())
                .extracting(chart -> ((XYChart) chart).getXAxisTitle())
                .containsExactlyInAnyOrder(
                        "guidance",
                        "learning_rate (log scale)",
                        "num_steps",
                        "control",
                        "threshold",
                        "weights.vis",
                        "weights.seg");
        long active = study.snapshot().complete().stream()
                .filter(trial -> trial.settings().has("threshold"))
                .count();
        XYChart threshold = (XYChart) sheet.charts().stream()
                .filter(chart -> ((XYChart) chart).getXAxisTitle().equals("threshold"))
                .findFirst()
                .orElseThrow();
        assertThat(threshold.getSeriesCollection().stream()
                        .filter(series -> series.getName().startsWith("trials"))
                        .mapToInt(series -> series.getXData().length)
                        .sum())
                .isEqualTo((int) active);
    }

    @Test
    void aLineRunsThroughTheSettingsOfEachTrialAndStopsWhereAParameterIsNotActive() {
        Study study = Study.inMemory()
                .space(SampleStudies.SPACE)
                .sampler(Sampler.random().seed(1))
                .minimize("melt");
        study.optimize(trial -> 1.0 / (1 + trial.number()), 30);

        XYChart chart = SweepCharts.of(study).parallel();

        long whole = study.trials().stream()
                .filter(trial -> trial.settings().has("threshold"))
                .count();
        assertThat(chart.getSeriesCollection()).hasSize((int) (whole + 2 * (30 - whole)));
        assertThat(chart.getSeriesCollection().stream()
                        .filter(series -> series.getXData().length == 8)
                        .count())
                .isEqualTo(whole);
    }

    @Test
    void theFrontIsJoinedFromTheBestOfTheOneToTheBestOfTheOther() {
        Study study = SampleStudies.compromises(60);

        XYChart chart = SweepCharts.of(study).front();

        XYSeries front = chart.getSeries("on the front");
        assertThat(front.getXData()).hasSize(study.front().size());
        assertThat(chart.getSeries("trial").getXData())
                .hasSize(60 - study.front().size());
        assertThat(SweepCharts.of(study).goal("sharpness").history().getYAxisTitle())
                .contains("more is better");
    }

    @Test
    void aChartOfNothingSaysSo() {
        Study study = Study.inMemory().space(SampleStudies.SPACE).minimize("melt");
        SweepCharts charts = SweepCharts.of(study);

        assertThat(drawn(charts.history())).contains("no trial has a value");
        assertThat(drawn(charts.importance())).contains("it takes 8 trials");
        assertThat(drawn(charts.slice())).contains("no trial has a value");
        assertThat(drawn(charts.contour("guidance", "control"))).contains("no trial has a value");
        assertThat(drawn(charts.parallel())).contains("no trial has a value");
        assertThat(drawn(charts.front())).contains("takes two goals");
        assertThat(drawn(SweepCharts.of(Study.inMemory().minimize("melt")).contour()))
                .contains("takes two parameters");
    }

    @Test
    void whatTheStudyDoesNotHaveIsRefused() {
        SweepCharts charts = SweepCharts.of(SampleStudies.mixed(12));

        assertThatThrownBy(() -> charts.contour("guidance", "gidance"))
                .isInstanceOf(MoviolaException.class)
                .hasMessageContaining("gidance")
                .hasMessageContaining("weights.seg");
        assertThatThrownBy(() -> charts.goal("warp"))
                .isInstanceOf(MoviolaException.class)
                .hasMessageContaining("[melt]");
    }

    @Test
    void aFewValuesFarOffDoNotSqueezeTheOthers() {
        Study study = Study.inMemory()
                .space(Space.empty().real("x", -1, 1))
                .sampler(Sampler.sobol())
                .minimize("loss");
        study.optimize(trial -> trial.number() == 5 ? 1e6 : trial.settings().number("x"), 32);

        XYChart chart = SweepCharts.of(study).history();

        assertThat(chart.getYAxisTitle()).contains("1 worse at the edge");
        double[] heights = chart.getSeries("trial").getYData();
        assertThat(heights[5]).isEqualTo(1);
        assertThat(java.util.Arrays.stream(heights)
                        .filter(height -> height < 0.5)
                        .count())
                .isLessThan(32)
                .isGreaterThan(4);
    }

    private static String drawn(Object chart) {
        MimeBundle bundle = Display.bundle(chart);
        assertThat(bundle.bytesForm(MimeBundle.PNG)).isPresent();
        return bundle.plain();
    }
}
