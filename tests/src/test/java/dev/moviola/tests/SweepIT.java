package dev.moviola.tests;

import static dev.moviola.tests.CommandLine.ROOT;
import static dev.moviola.tests.CommandLine.jbang;
import static dev.moviola.tests.CommandLineAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a sweep leaves when it is killed, how it goes on, and what it says to what makes no sense. */
class SweepIT {
    private static final int CELLS = 12;

    @TempDir
    private Path folder;

    @Test
    void aSweepThatWasKilledAndPausedRunsEveryCellToOneResultAndCanBeGoneOnWith() throws IOException {
        Files.writeString(
                folder.resolve("space.yaml"), "parameters:\n  x: {integer: [1, 6]}\n  mode: {choice: [a, b]}\n");
        String program = "sh -c 'echo {x}{mode} >> began; sleep 0.2; echo {x}'";
        try (RunningCommand running = start(List.of(
                "sweep", "--space", "space.yaml", "--sampler", "grid", "--parallel", "2", "--command", program))) {
            running.await("three programs", () -> began().size() >= 3);
            running.signalGroup("KILL");
            running.result();
        }
        Path run = CampaignIT.onlyRun(folder);
        String resume = "sweep --parallel 2 --resume runs/" + run.getFileName();
        try (RunningCommand running = start(List.of(resume.split(" ")))) {
            int before = began().size();
            running.await("two more programs", () -> began().size() >= before + 2);
            running.signalGroup("INT");
            CommandLineResult paused = running.result();
            assertThat(paused).exitedWith(130).errContains("go on with ./jbang sweep --resume");
        }
        CommandLineResult done = jbang(folder, resume + " --json");

        assertThat(done).exitedWith(0);
        JsonNode trials = assertThat(done).json().at("/trials");
        Set<String> cells = new HashSet<>();
        trials.forEach(trial -> {
            assertThat(trial.at("/state").asText()).isEqualTo("complete");
            cells.add(trial.at("/settings").toString());
        });
        assertThat(trials).hasSize(CELLS);
        assertThat(cells).hasSize(CELLS);
        // The kill cut off what ran then, two at a time.
        assertThat(began().size()).isBetween(CELLS, CELLS + 2);

        Files.writeString(folder.resolve("other.yaml"), "parameters:\n  x: {integer: [1, 7]}\n");
        assertThat(jbang(folder, resume + " --space other.yaml"))
                .exitedWith(2)
                .outIsEmpty()
                .errContains("a sweep must keep its space when it is resumed: it was")
                .errContains("leave out --space to go on");
    }

    @Test
    void whatMakesNoSenseIsSaidInOneLineBeforeAnythingRuns() throws IOException {
        Files.writeString(folder.resolve("upside-down.yaml"), "parameters:\n  lr: {real: [1, 0.1]}\n");
        Files.writeString(folder.resolve("space.yaml"), "parameters:\n  lr: {real: [0.1, 1]}\n");

        refused(List.of("--space", "upside-down.yaml", "--command", "echo {lr}"), "upside-down.yaml", "lr", "0.1");
        refused(List.of("--space", "space.yaml", "--command", "echo {rate}"), "{rate} is none", "lr");
        refused(List.of("--metric", "beauty"), "a metric must be one of", "but was beauty");
        refused(List.of("--minimize", "melt", "--maximize", "melt"), "melt must be minimized or maximized");
        refused(List.of("--space", "space.yaml", "--command", "no-such-program {lr}"), "was not found");
        refused(List.of("--budget-hours", "-1"), "--budget-hours must be above 0", "but was -1.0");
        assertThat(folder.resolve("runs")).doesNotExist();

        CommandLineResult failed = jbang(
                folder,
                List.of("sweep", "--space", "space.yaml", "--trials", "2", "--command", "sh -c 'echo oh >&2; exit 1'"));
        assertThat(failed).exitedWith(3).errContains("trial 0: the program ended with exit code 1: oh");
    }

    @Test
    void aBudgetIsPlannedKeptAndRaised() throws IOException {
        Files.writeString(folder.resolve("space.yaml"), "parameters:\n  lr: {real: [0.1, 1]}\n");
        List<String> sweep = List.of(
                "sweep",
                "--space",
                "space.yaml",
                "--maximize",
                "accuracy",
                "--in-order",
                "--parallel",
                "2",
                "--budget-hours",
                "0.0005",
                "--command",
                "sh -c 'sleep 0.3; echo {lr}'");
        List<String> planned = new ArrayList<>(sweep);
        planned.add("--plan");
        assertThat(jbang(folder, planned))
                .exitedWith(0)
                .outContains("as many as the time allows")
                .outContains("how long one takes is not known beforehand");
        assertThat(folder.resolve("runs")).doesNotExist();

        assertThat(jbang(folder, sweep)).exitedWith(0).errContains("its time is over");
        Path run = CampaignIT.onlyRun(folder);
        CommandLineResult left =
                jbang(folder, "sweep --plan --json --budget-hours 1 --resume runs/" + run.getFileName());
        assertThat(left).exitedWith(0);
        JsonNode plan = assertThat(left).json();
        assertThat(plan.at("/ended").asInt()).isPositive();
        assertThat(plan.at("/budget/trials_for_hours").asInt()).isGreaterThan(100);
        assertThat(plan.at("/budget/seconds_each_from").asText()).contains("that have ended");
    }

    private void refused(List<String> words, String... parts) {
        List<String> command = new ArrayList<>(List.of("sweep"));
        command.addAll(words);
        CommandLineResult result = jbang(folder, command);
        assertThat(result).exitedWith(2).outIsEmpty();
        assertThat(result.err()
                        .lines()
                        .filter(line -> !line.startsWith("[jbang]"))
                        // While other tests run.
                        .filter(line -> !line.startsWith("moviola: another ./jbang is setting up")))
                .hasSize(1);
        for (String part : parts) {
            assertThat(result).errContains(part);
        }
    }

    private List<String> began() {
        try {
            Path file = folder.resolve("began");
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RunningCommand start(List<String> words) {
        List<String> command =
                new ArrayList<>(List.of("setsid", ROOT.resolve("jbang").toString()));
        command.addAll(words);
        return RunningCommand.start(command, folder, Map.of());
    }
}
