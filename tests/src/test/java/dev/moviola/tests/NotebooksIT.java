package dev.moviola.tests;

import static dev.moviola.tests.CommandLine.ROOT;
import static dev.moviola.tests.CommandLine.jbang;
import static dev.moviola.tests.CommandLineAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The notebooks of the project, run as a user runs them and looked at as a user looks at them. */
class NotebooksIT {
    private static final Path FOLDER = ROOT.resolve("notebooks");

    @TempDir
    private static Path prefix;

    @TempDir
    private Path folder;

    @BeforeAll
    static void install() {
        assertThat(jbang(ROOT, List.of("install-kernel", "--prefix", prefix.toString())))
                .exitedWith(0);
    }

    static List<Path> notebooks() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".ipynb"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void theTourRunsHeadlessWithoutJupyter() throws IOException {
        headless("00-tour.ipynb", folder.resolve("elsewhere"));

        assertThat(runs(folder.resolve("elsewhere"))).isNotEmpty();
    }

    @Test
    void theTortureChamberLeavesARunFolderLikeThatOfTheVerb() throws IOException {
        Path byNotebook = folder.resolve("notebook");
        Path byVerb = folder.resolve("verb");
        headless("01-torture-chamber.ipynb", byNotebook, "-p", "variants=4");
        assertThat(jbang(folder, List.of("campaign", "--variants", "4", "--runs", byVerb.toString())))
                .exitedWith(0);

        assertThat(names(runs(byNotebook).get(0))).isEqualTo(names(runs(byVerb).get(0)));
    }

    @Test
    void theSweepOfTheNotebookLeavesARunFolderLikeThatOfTheVerb() throws IOException {
        Path byNotebook = folder.resolve("notebook");
        Path byVerb = folder.resolve("verb");
        headless("02-sweep.ipynb", byNotebook, "-p", "trials=6");
        assertThat(jbang(
                        folder, List.of("sweep", "--space", "rehearsal", "--trials", "6", "--runs", byVerb.toString())))
                .exitedWith(0);

        assertThat(names(runs(byNotebook).get(0))).isEqualTo(names(runs(byVerb).get(0)));
    }

    @Test
    void theNotebooksAreCompleteRunUnderNbclientAndTheirPythonLinesReadTheSameResults() throws IOException {
        List<String> arguments = new ArrayList<>(List.of(prefix.toString(), folder.toString()));
        notebooks().forEach(notebook -> arguments.add(notebook.toString()));

        JsonNode result = python("notebooks_run.py", arguments, 900);

        JsonNode tour = result.get("00-tour.ipynb").get("python");
        assertThat(tour).hasSize(1);
        assertThat(tour.get(0).asText())
                .as("the table of scores and the count of submissions, as pandas prints them")
                .contains("rank", "overall", "samurai vs T-rex", "SUCCEEDED            4");
        System.out.println("notebooks under nbclient: " + result);
    }

    @Test
    void theNotebooksLookRightInJupyterLab() throws IOException {
        Path shots = Path.of("target", "screenshots").toAbsolutePath();
        List<String> arguments = new ArrayList<>(
                List.of(prefix.toString(), folder.toString(), PythonEnvironment.chromium(), shots.toString()));
        notebooks().forEach(notebook -> arguments.add(notebook.toString()));

        JsonNode seen = python("notebooks_lab.py", arguments, 900);

        assertThat(seen).hasSize(4 * notebooks().size());
        assertThat(seen)
                .allSatisfy(view -> assertThat(view.get("pictures").asInt()).isPositive());
        assertThat(seen.get("00-tour, dark, 800").get("films")).isNotEmpty();
        System.out.println("notebooks in JupyterLab: " + seen);
    }

    /** Runs a notebook of the project without Jupyter; its runs go to {@code runs}. */
    private void headless(String notebook, Path runs, String... more) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                "notebook",
                "run",
                FOLDER.resolve(notebook).toString(),
                "-o",
                folder.resolve("out.ipynb").toString(),
                "-p",
                "runs=" + runs,
                "--json"));
        words.addAll(List.of(more));
        JsonNode result = assertThat(jbang(folder, words)).exitedWith(0).json();
        assertThat(result.get("run")).isEqualTo(result.get("cells"));
    }

    private static JsonNode python(String script, List<String> arguments, int seconds) throws JsonProcessingException {
        String printed = PythonEnvironment.ready().run(script, arguments, seconds);
        return new ObjectMapper().readTree(printed.substring(printed.lastIndexOf("\n{") + 1));
    }

    private static List<Path> runs(Path root) throws IOException {
        try (Stream<Path> files = Files.list(root)) {
            return files.filter(file -> Files.isRegularFile(file.resolve("run.json")))
                    .toList();
        }
    }

    /** The names of what is in a run folder, those of clips and of what belongs to one left out. */
    private static TreeSet<String> names(Path run) throws IOException {
        TreeSet<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.walk(run)) {
            files.filter(Files::isRegularFile)
                    .map(file -> run.relativize(file).toString().replace('\\', '/'))
                    .map(name -> name.replaceAll("[0-9a-f]{64}", "<sha256>").replaceAll("clips/[0-9a-f]{2}/", "clips/"))
                    .map(name -> name.replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "<request>"))
                    .forEach(names::add);
        }
        return names;
    }
}
