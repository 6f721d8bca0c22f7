package dev.moviola.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.moviola.campaign.Sweep;
import dev.moviola.campaign.SweepSpec;
import dev.moviola.sweep.Space;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepReportIT {
    @TempDir
    Path runs;

    @Test
    void aReaderSeesWhatASweepFoundPlaysItsSheetAndSortsItsTrials() throws Exception {
        PythonEnvironment python = PythonEnvironment.ready();
        String chromium = PythonEnvironment.chromium();
        Space space = Space.empty()
                .integer("num_steps", 10, 50)
                .real("guidance", 1, 10)
                .choice("blur_strength", "low", "high");
        Path page;
        try (Sweep sweep = Sweep.start(
                runs, SweepSpec.of(space, "overall").withSampler("random").withTrials(14))) {
            sweep.run(2, progress -> {});
            page = sweep.report();
        }

        String printed = python.run(
                "sweep_page.py",
                List.of(
                        chromium,
                        page.toString(),
                        Path.of("target", "screenshots").toAbsolutePath().toString()),
                200);

        JsonNode measures = new ObjectMapper().readTree(printed);
        assertThat(measures.get("trials").asInt()).isEqualTo(14);
        assertThat(measures.get("charts").asInt()).isGreaterThanOrEqualTo(5);
        assertThat(Path.of("target", "screenshots", "sweep-1400-light.png")).isNotEmptyFile();
    }
}
