package dev.moviola.tests;

import static dev.moviola.tests.CommandLine.jbang;
import static dev.moviola.tests.CommandLineAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prompts and modifiers that would like to be more than text. */
class HostilePromptIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MARKUP =
            "</script><script>window.owned=1;document.title='owned'</script><img src=x onerror=\"alert('owned')\">";

    @TempDir
    private Path folder;

    @Test
    void theyStayTextInTheTableThePageAndTheCharts() throws Exception {
        PythonEnvironment python = PythonEnvironment.ready();
        String chromium = PythonEnvironment.chromium();
        Generator.in(folder);
        List<String> prompts = List.of(
                MARKUP,
                "=cmd|' /C calc'!A0",
                "@SUM(1+1)*cmd|' /C calc'!A0",
                "a \"quoted\", comma; 'single' \\ back {out} {{x}} %s ${HOME} $(id) `id`",
                "two\nlines\r\nthree\ttabs",
                "right \u202Eto left\u202C and \u001B[31mred\u0007");
        String large = "<b>samurai</b> ".repeat(1 << 16) + "end";
        Files.writeString(folder.resolve("prompts.txt"), large + "\n");
        Map<String, Object> pools =
                Map.of("pools", Map.of("evil", List.of(MARKUP, "+1+cmd|' /C calc'!A0", "x".repeat(2_000), "a\nb\"c")));
        JSON.writeValue(folder.resolve("evil.json").toFile(), pools);

        List<String> words = new ArrayList<>(List.of("campaign", "--json", "--control", "--variants", "2"));
        words.addAll(List.of("--pool", "evil.json", "--pools", "evil", "--strategy", "random", "--modifiers", "1"));
        words.addAll(List.of("--prompts", "prompts.txt"));
        prompts.forEach(prompt -> words.addAll(List.of("--prompt", prompt)));
        words.addAll(List.of("--command", "sh generate.sh {seed} {out} none"));
        CommandLineResult campaign = jbang(folder, words);

        assertThat(campaign).exitedWith(0).hasNoControlCharacters();
        Path run = Path.of(assertThat(campaign).json().get("run").asText());
        for (String verb : List.of("report", "status", "roast")) {
            assertThat(jbang(folder, verb)).exitedWith(0).hasNoControlCharacters();
        }
        try (var charts = Files.list(run.resolve("charts"))) {
            assertThat(charts).isNotEmpty().allSatisfy(chart -> {
                assertThat(ImageIO.read(chart.toFile()).getWidth()).isBetween(300, 2_000);
                assertThat(ImageIO.read(chart.toFile()).getHeight()).isBetween(200, 2_000);
            });
        }
        List<String> all = new ArrayList<>(prompts);
        all.add(large);
        Path expected = folder.resolve("expected.json");
        JSON.writeValue(expected.toFile(), all);
        python.run("hostile_run.py", List.of(chromium, run.toString(), expected.toString()), 120);
    }
}
