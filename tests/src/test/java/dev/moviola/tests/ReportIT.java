package dev.moviola.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.moviola.report.ReportPage;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportIT {
    @TempDir
    Path folder;

    @Test
    void aReaderSortsFiltersAndPlaysInABrowserAndTenThousandRowsStayQuick() throws Exception {
        PythonEnvironment python = PythonEnvironment.ready();
        String chromium = PythonEnvironment.chromium();
        byte[] clip;
        try (InputStream in = ReportIT.class.getResourceAsStream("/clip.mp4")) {
            clip = in.readAllBytes();
        }
        Path small = ReportPage.write(SampleRun.make(folder.resolve("small"), 60, 60, clip, 1));
        Path large = ReportPage.write(SampleRun.make(folder.resolve("large"), 10_000, 220, clip, 1));

        String printed = python.run(
                "report_page.py",
                List.of(
                        chromium,
                        small.toString(),
                        large.toString(),
                        Path.of("target", "screenshots").toAbsolutePath().toString()),
                300);

        JsonNode measures = new ObjectMapper().readTree(printed);
        assertThat(measures.get("rows").asInt()).isEqualTo(10_000);
        assertThat(measures.get("elements").asInt()).isLessThan(6_000);
        assertThat(Path.of("target", "screenshots", "report-1400-light.png")).isNotEmptyFile();
    }
}
