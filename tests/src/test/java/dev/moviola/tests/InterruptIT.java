package dev.moviola.tests;

import static dev.moviola.tests.CommandLine.ROOT;
import static dev.moviola.tests.CommandLine.jbang;
import static dev.moviola.tests.CommandLineAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moviola.rehearsal.AcceptedRequest;
import dev.moviola.rehearsal.ClipSource;
import dev.moviola.rehearsal.RehearsalRenderer;
import dev.moviola.rehearsal.Take;
import dev.moviola.rehearsal.XaiStandIn;
import dev.moviola.rehearsal.XaiStandInOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Ctrl+C, kill and a second process do to a campaign, and how it goes on. */
class InterruptIT {
    @TempDir
    private Path folder;

    private Generator generator;

    @BeforeEach
    void putGenerator() {
        generator = Generator.waitingIn(folder);
    }

    @Test
    void ctrlCWaitsForWhatIsInFlightAndResumeDoesTheRest() {
        CommandLineResult campaign;
        try (RunningCommand running = start(Generator.words("campaign --total 5 --in-flight 2 --json"))) {
            running.await("two clips in flight", () -> generator.begun().size() == 2);
            running.signalGroup("INT");
            running.await("the drain", () -> running.err().contains("waiting for what is in flight"));
            generator.go();
            campaign = running.result();
        }

        Path run = CampaignIT.onlyRun(folder);
        assertThat(campaign)
                .exitedWith(130)
                .hasNoControlCharacters()
                .errContains("go on with ./jbang resume runs/" + run.getFileName());
        assertThat(generator.begun()).hasSize(2);
        assertThat(generator.ended()).hasSameElementsAs(generator.begun());
        assertThat(done(campaign)).isEqualTo(2);

        CommandLineResult resumed = jbang(folder, "resume --json runs/" + run.getFileName());
        assertThat(resumed).exitedWith(0);
        assertThat(done(resumed)).isEqualTo(5);
        assertThat(generator.begun()).hasSize(5).doesNotHaveDuplicates();
        assertThat(run.resolve("report.html")).isNotEmptyFile();
    }

    @Test
    void aSecondCtrlCStopsAtOnceAndTheRunCanStillBeResumed() {
        assertThat(jbang(folder, Generator.words("mutate --run --total 4 --in-flight 2")))
                .exitedWith(0);
        try (RunningCommand dispatch = start(List.of("dispatch"))) {
            dispatch.await("two clips in flight", () -> generator.begun().size() == 2);
            dispatch.signalGroup("INT");
            dispatch.await("the drain", () -> dispatch.err().contains("press Ctrl+C again"));
            dispatch.signalGroup("INT");

            assertThat(dispatch.result()).exitedWith(130).errContains("go on with ./jbang resume");
        }
        assertThat(generator.ended()).isEmpty();

        generator.go();
        CommandLineResult resumed = jbang(folder, "resume --json");
        assertThat(resumed).exitedWith(0);
        assertThat(done(resumed)).isEqualTo(4);
        assertThat(generator.ended()).hasSize(4).doesNotHaveDuplicates();
    }

    @Test
    void ctrlCWhileScoringFinishesTheClipsInHandAndScoreDoesTheRest() throws IOException {
        int clips = moreThanAreScoredAtATime();
        Path videos = Files.createDirectory(folder.resolve("videos"));
        byte[] clip = Files.readAllBytes(longClip());
        for (int i = 0; i < clips; i++) {
            byte[] tail = ByteBuffer.allocate(12)
                    .putInt(12)
                    .put("free".getBytes(StandardCharsets.US_ASCII))
                    .putInt(i)
                    .array();
            Files.write(videos.resolve(i + ".mp4"), clip);
            Files.write(videos.resolve(i + ".mp4"), tail, StandardOpenOption.APPEND);
        }
        CommandLineResult score;
        try (RunningCommand running = start(List.of("score", "--json", "videos"))) {
            running.await("the first score", () -> reports() > 0);
            running.signalGroup("INT");
            running.await("the answer", () -> running.err().contains("finishing the clips in hand"));
            score = running.result();
        }

        Path run = CampaignIT.onlyRun(folder);
        assertThat(score).exitedWith(130).errContains("go on with ./jbang score runs/" + run.getFileName());
        assertThat(assertThat(score).json().at("/report").isNull()).isTrue();
        assertThat(reports()).isBetween(1, clips - 1);
        int scored = reports();

        CommandLineResult rest = jbang(folder, "score runs/" + run.getFileName());
        assertThat(rest).exitedWith(0).errContains("scored " + (clips - scored) + " clips");
        assertThat(run.resolve("report.html")).isNotEmptyFile();
    }

    @Test
    void aSecondCtrlCWhileScoringStopsAtOnceAndTheCampaignCanStillBeResumed() {
        int clips = moreThanAreScoredAtATime();
        generator.copy(longClip());
        generator.go();
        try (RunningCommand running = start(Generator.words("campaign --total " + clips))) {
            running.await("all clips and the first score", () -> reports() > 0);
            running.signalGroup("INT");
            running.await("the answer", () -> running.err().contains("finishing the clips in hand"));
            running.signalGroup("INT");

            assertThat(running.result()).exitedWith(130).errContains("stopping; resume scores the rest");
        }
        int scored = reports();

        CommandLineResult resumed = jbang(folder, "resume");
        assertThat(resumed).exitedWith(0).errContains("scored " + (clips - scored) + " clips");
        assertThat(generator.begun()).hasSize(clips);
    }

    @Test
    void aSecondProcessIsToldWhoHoldsTheRunAndTheFirstIsUnharmed() {
        try (RunningCommand first = start(Generator.words("campaign --total 3 --in-flight 1 --json"))) {
            first.await("a clip in flight", () -> generator.begun().size() == 1);

            for (String verb : List.of("dispatch", "resume", "score")) {
                assertThat(jbang(folder, verb)).exitedWith(3).outIsEmpty().errContains("process " + first.pid());
            }
            assertThat(jbang(folder, "status --json")).exitedWith(0).outIsOneJsonDocument();
            generator.go();

            assertThat(first.result()).exitedWith(0);
            assertThat(done(first.result())).isEqualTo(3);
        }
        assertThat(generator.begun()).hasSize(3).doesNotHaveDuplicates();
    }

    @Test
    void afterKillNothingThatWasAcceptedIsSubmittedAgain() {
        try (XaiStandIn service = XaiStandIn.start(XaiStandInOptions.of(ClipSource.of(folder.resolve("clip.mp4")))
                .withRate(Double.POSITIVE_INFINITY, true)
                .withLatency(Duration.ofSeconds(2), Duration.ofSeconds(2)))) {
            Map<String, String> key = Map.of("XAI_API_KEY", "xai-test");
            String line = "campaign --backend xai --duration 1 --total 8 --rate 2 --poll 0.2 --yes --base-url ";
            try (RunningCommand running = start(List.of((line + service.base()).split(" ")), key)) {
                running.await("three submissions", () -> service.accepted().size() >= 3);
                running.signalGroup("KILL");
                running.result();
            }

            CommandLineResult resumed = CommandLine.run(
                    List.of(ROOT.resolve("jbang").toString(), "resume", "--yes", "--json"), folder, key);
            JsonNode json = assertThat(resumed).json();
            assertThat(service.accepted())
                    .extracting(AcceptedRequest::prompt)
                    .hasSize(8)
                    .doesNotHaveDuplicates();
            // A submission whose answer the kill cut off is UNKNOWN, and not made again.
            int unknown = json.at("/counts/unknown").asInt();
            assertThat(done(resumed) + unknown).isEqualTo(8);
            assertThat(resumed).exitedWith(unknown == 0 ? 0 : 1);
        }
    }

    /** A clip that takes a second or more to score. */
    private Path longClip() {
        Path clip = folder.resolve("long.mp4");
        RehearsalRenderer.render(new Take("a robot dances", 1, 4, 848, 480, 24), clip);
        return clip;
    }

    private static int moreThanAreScoredAtATime() {
        return 2 * Runtime.getRuntime().availableProcessors() + 2;
    }

    /** Does not look into the other folders of a run, whose temporary files may vanish while they are walked. */
    private int reports() {
        return (int) names(folder.resolve("runs")).stream()
                .flatMap(run -> names(run.resolve("defects")).stream())
                .filter(file -> file.toString().endsWith(".json"))
                .count();
    }

    private static List<Path> names(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        } catch (NoSuchFileException | NotDirectoryException notYet) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RunningCommand start(List<String> words) {
        return start(words, Map.of());
    }

    /** Starts a verb in a process group of its own, as the shell of a terminal does. */
    private RunningCommand start(List<String> words, Map<String, String> environment) {
        List<String> command =
                new ArrayList<>(List.of("setsid", ROOT.resolve("jbang").toString()));
        command.addAll(words);
        return RunningCommand.start(command, folder, environment);
    }

    private static int done(CommandLineResult result) {
        return assertThat(result).json().at("/counts/done").asInt();
    }
}
