package dev.moviola.tests;

import static dev.moviola.tests.CommandLine.jbang;
import static dev.moviola.tests.CommandLineAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The main job and its steps, as a user types them. */
class CampaignIT {
    @TempDir
    private static Path shared;

    private static CommandLineResult campaign;

    @TempDir
    private Path folder;

    @BeforeAll
    static void runCampaign() {
        campaign = jbang(shared, "campaign --json --total 3 --duration 1");
    }

    @Test
    void aCampaignPrintsOneJsonDocumentThatIsTrue() {
        JsonNode json =
                assertThat(campaign).exitedWith(0).hasNoControlCharacters().json();

        assertThat(total(json)).isEqualTo(3);
        assertThat(json.at("/counts/done").asInt()).isEqualTo(3);
        assertThat(json.get("paid").asInt()).isEqualTo(3);
        assertThat(json.at("/spend/dollars").asDouble(-1)).isZero();
        assertThat(json.get("seconds").asDouble()).isPositive();
        Path run = Path.of(json.get("run").asText());
        assertThat(run).isDirectory().isEqualTo(onlyRun(shared));
        assertThat(Path.of(json.get("report").asText())).isNotEmptyFile().isEqualTo(run.resolve("report.html"));
        assertThat(Path.of(json.get("table").asText())).isNotEmptyFile().isEqualTo(run.resolve("scores.csv"));
        assertThat(json.get("best")).hasSize(3);
        assertThat(json.at("/best/0/overall").asDouble())
                .isGreaterThanOrEqualTo(json.at("/best/2/overall").asDouble());
    }

    @Test
    void itSaysOnStandardErrorWhatItDoes() {
        assertThat(campaign)
                .errContains("plan: 3 submissions, free")
                .errContains("dispatched 3 done")
                .errContains("scored 3 clips");
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "score", "report", "roast", "resume"})
    void everyVerbOnAFinishedRunFindsNothingMoreToDo(String verb) {
        JsonNode json = assertThat(jbang(shared, verb + " --json"))
                .exitedWith(0)
                .hasNoControlCharacters()
                .json();

        assertThat(json.get("run").asText()).isEqualTo(onlyRun(shared).toString());
        if (verb.equals("roast")) {
            assertThat(json.get("roasts"))
                    .hasSize(3)
                    .allSatisfy(roast ->
                            assertThat(roast.get("roast").asText()).isNotBlank().hasSizeLessThanOrEqualTo(280));
        } else {
            assertThat(json.at("/counts/done").asInt()).isEqualTo(3);
            assertThat(json.at("/submissions/SUCCEEDED").asInt()).isEqualTo(3);
        }
    }

    @Test
    void aResearcherStopsAndLooksBetweenSteps() {
        Generator.in(folder);

        assertThat(counts(Generator.words("mutate --run --total 5 --json"))).isEqualTo("ready 5");
        assertThat(counts(List.of("dispatch", "--only", "2", "--json"))).isEqualTo("ready 3, done 2");
        assertThat(counts(List.of("status", "--json"))).isEqualTo("ready 3, done 2");
        assertThat(counts(List.of("dispatch", "--json"))).isEqualTo("done 5");
        assertThat(jbang(folder, "roast")).exitedWith(3).errContains("no clip is scored yet; score the run first");
        assertThat(counts(List.of("score", "--json"))).isEqualTo("done 5");
        assertThat(jbang(folder, "roast --worst 1"))
                .exitedWith(0)
                .outContains("• ")
                .hasNoControlCharacters();
        assertThat(onlyRun(folder).resolve("report.html")).isNotEmptyFile();
    }

    private String counts(List<String> words) {
        JsonNode json = assertThat(jbang(folder, words))
                .exitedWith(0)
                .hasNoControlCharacters()
                .json();
        List<String> counts = new ArrayList<>();
        json.get("counts").properties().forEach(count -> {
            if (count.getValue().asInt() != 0) {
                counts.add(count.getKey() + " " + count.getValue());
            }
        });
        assertThat(Path.of(json.get("run").asText())).isEqualTo(onlyRun(folder));
        return String.join(", ", counts);
    }

    private static int total(JsonNode json) {
        return StreamSupport.stream(json.get("counts").spliterator(), false)
                .mapToInt(JsonNode::asInt)
                .sum();
    }

    /** The one run below {@code folder}, as a path without links. */
    static Path onlyRun(Path folder) {
        try (var runs = Files.list(folder.toRealPath().resolve("runs"))) {
            List<Path> all = runs.toList();
            assertThat(all).hasSize(1);
            return all.get(0);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
