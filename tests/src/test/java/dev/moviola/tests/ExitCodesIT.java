package dev.moviola.tests;

import static dev.moviola.tests.CommandLine.jbang;
import static dev.moviola.tests.CommandLineAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The exit codes that the README promises: 0 done, 1 some failed, 2 bad arguments, 3 nothing usable. */
class ExitCodesIT {
    @TempDir
    private Path folder;

    @Test
    void someJobsFailedIsOneAndTheirReasonIsTold() {
        Generator generator = Generator.in(folder);
        generator.breakFor("gravity");

        CommandLineResult campaign = campaign();
        assertThat(campaign).exitedWith(1).hasNoControlCharacters();
        var counts = assertThat(campaign).json().get("counts");
        assertThat(counts.get("failed").asInt()).isPositive();
        assertThat(counts.get("done").asInt()).isPositive();
        assertThat(jbang(folder, "status")).exitedWith(0).outContains("this prompt breaks me");

        generator.breakFor("");
        assertThat(jbang(folder, "resume --retry-failed"))
                .exitedWith(0)
                .errContains(counts.get("failed").asText() + " failed jobs are tried again");
    }

    @Test
    void whenEveryJobFailedNothingUsableCameOfIt() {
        Generator.in(folder).breakFor("samurai");

        assertThat(campaign()).exitedWith(3).outIsOneJsonDocument();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "campaign --colour red             | Unknown option: '--colour'",
                "campaign --in-flight 1001         | --in-flight must be in 1..1000, but was 1001",
                "campaign --spend-cap -1           | --spend-cap must be 0 or more, but was -1",
                "campaign --jitter fast            | jitter must be seconds or a range of seconds such as 1-5, but was",
                "campaign --backend sora           | backend must be one of command, rehearsal, xai, but was \"sora\"",
                "campaign --backend command        | the command backend needs a program",
                "campaign --duration 16            | duration must be in 1..15",
                "campaign --only 0                 | must be at least 1, but was 0",
                "campaign --command no-such-program | a command must say where the file goes with {out}",
                "dispatch --assign fair --devices 0 | --assign must be round-robin, random or least-loaded, but was fair",
                "roast --worst 0                   | --worst must be 1 or more, but was 0",
                "score no-such-file.mp4            | there is no file or folder no-such-file.mp4",
                "bench everything                  | everything"
            })
    void badArgumentsAreTwoAndNothingIsLeftBehind(String line, String message) {
        assertThat(jbang(folder, line)).exitedWith(2).errContains(message).outIsEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "dispatch", "resume", "report", "roast", "score", "score .", "status runs/none"})
    void aRunOrVideoThatIsNotThereIsThree(String line) {
        assertThat(jbang(folder, line)).exitedWith(3).errContains("error: ").outIsEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFileThatIsNoVideoIsTold() throws IOException {
        Files.writeString(folder.resolve("novel.mp4"), "It was a dark and stormy night.");

        assertThat(jbang(folder, "score novel.mp4")).exitedWith(3);
        assertThat(jbang(folder, "status")).exitedWith(0).outContains("novel.mp4");
    }

    private CommandLineResult campaign() {
        return jbang(folder, Generator.words("campaign --total 4 --json"));
    }
}
