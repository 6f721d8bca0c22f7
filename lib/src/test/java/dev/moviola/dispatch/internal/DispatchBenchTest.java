package dev.moviola.dispatch.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moviola.dispatch.internal.DispatchBench.Load;
import dev.moviola.dispatch.internal.DispatchBench.Result;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DispatchBenchTest {
    @TempDir
    Path folder;

    @Test
    void everyJobIsDoneAndWhatWasMeasuredIsSaid() throws Exception {
        Result result = DispatchBench.measure(new Load(300, 100, Duration.ofMillis(20)), folder);

        assertThat(result.summary().done()).isEqualTo(300);
        assertThat(result.jobsPerSecond()).isPositive();
        assertThat(result.ratio()).isEqualTo(result.jobsPerSecond() / 5_000);
        assertThat(Load.standard().ideal()).isEqualTo(2_000);
    }
}
