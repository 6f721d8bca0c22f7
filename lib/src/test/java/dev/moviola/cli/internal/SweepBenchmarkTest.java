package dev.moviola.cli.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.moviola.MoviolaException;
import dev.moviola.cli.BenchResult;
import dev.moviola.cli.Benchmark;
import dev.moviola.cli.Console;
import dev.moviola.cli.UsageException;
import dev.moviola.ledger.Parameters;
import dev.moviola.sweep.Sampler;
import dev.moviola.sweep.Study;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepBenchmarkTest {
    private static final Map<String, Parameters> OPTIMA = Map.of(
            "sphere", numbers(0, 0, 0, 0, 0),
            "rosenbrock", numbers(1, 1, 1, 1),
            "rastrigin", numbers(0, 0, 0, 0, 0),
            "ackley", numbers(0, 0, 0, 0, 0),
            "branin", numbers(Math.PI, 2.275),
            "hartmann6", numbers(0.20169, 0.150011, 0.476874, 0.275332, 0.311652, 0.6573),
            "mixed", Parameters.of("x", 1.5, "rate", 1e-3, "layers", 13, "kind", "b"),
            "conditional", Parameters.of("model", "kernel", "penalty", 10, "shape", "round", "width", 1e-2));

    @Test
    void eachFunctionHasTheOptimumThatIsSaidOfIt() {
        for (SweepFunction function : SweepFunction.all()) {
            assertThat(function.regret(OPTIMA.get(function.name())))
                    .as(function.name())
                    .isCloseTo(0, within(1e-4));
        }
    }

    @Test
    void noRandomTrialIsBetterThanTheOptimum() {
        for (SweepFunction function : SweepFunction.all()) {
            Study study = Study.inMemory().space(function.space()).sampler(Sampler.random());
            study.optimize(trial -> function.regret(trial.settings()), 500);
            assertThat(study.best().orElseThrow().value()).as(function.name()).isGreaterThan(-1e-4);
        }
    }

    @Test
    void withoutAPeerOnlyOurOwnSamplersAreCompared() throws Exception {
        List<BenchResult> results = new ArrayList<>();
        new SweepBenchmark(2, 12, false, false).samplers(Console.system(), results, null);
        assertThat(results).extracting(BenchResult::peer).containsOnly("the optimum", "our TPE", "level", "all");
        assertThat(results).allSatisfy(result -> assertThat(result.value()).isFinite());
        assertThat(results)
                .extracting(BenchResult::what)
                .contains("sweep: branin, tpe, 12 trials", "sweep: conditional, cmaes, 12 trials");
    }

    @Test
    void whatTrialsCostIsMeasuredInAProcessOfItsOwn() throws Exception {
        List<BenchResult> results = new ArrayList<>();
        SweepCost.measure(Console.system(), results, null, 20, 100);
        assertThat(results).extracting(BenchResult::unit).containsSubsequence("ms", "s");
        assertThat(results).allSatisfy(result -> assertThat(result.value()).isPositive());
    }

    @Test
    void withoutPythonTheMessageSaysWhatToDo(@TempDir Path cache) {
        assertThatThrownBy(() -> OptunaPeer.packages(false).python(cache, "no-such-python", Console.system()))
                .isInstanceOf(MoviolaException.class)
                .hasMessageContaining("no-such-python")
                .hasMessageContaining("needs python3")
                .hasMessageEndingWith("or give --no-peer");
    }

    @Test
    void anInstallationThatFailsSaysHowItEnded(@TempDir Path cache) {
        assertThatThrownBy(() -> OptunaPeer.packages(false).python(cache, java(), Console.system()))
                .isInstanceOf(MoviolaException.class)
                .hasMessageContaining("ended with code 1")
                .hasMessageEndingWith("see to the network, or give --no-peer");
    }

    @Test
    void aBenchmarkWithoutSeedsIsRefused() {
        assertThatThrownBy(() -> Benchmark.sweep(0, 100, false, false))
                .isInstanceOf(UsageException.class)
                .hasMessage("there must be 1..1000 seeds and 10..100000 trials, but there were 0 and 100");
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static Parameters numbers(double... values) {
        Parameters settings = Parameters.none();
        for (int i = 0; i < values.length; i++) {
            settings = settings.with("x" + i, values[i]);
        }
        return settings;
    }
}
