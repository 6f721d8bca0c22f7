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
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kernel as {@code ./jbang install-kernel} installs it, under the clients that people use. */
class KernelClientsIT {
    private static final Path NOTEBOOK =
            Path.of("src", "test", "resources", "tour.ipynb").toAbsolutePath();

    @TempDir
    private static Path prefix;

    @TempDir
    private Path folder;

    @BeforeAll
    static void install() {
        assertThat(jbang(ROOT, List.of("install-kernel", "--prefix", prefix.toString())))
                .exitedWith(0)
                .outContains("Java (Moviola)");
    }

    @Test
    void itPassesJupytersConformanceTestsLosesNothingAndStops() throws Exception {
        JsonNode measures = run("kernel_clients.py", 300);

        assertThat(measures.get("tests").asInt()).isGreaterThanOrEqualTo(12);
        assertThat(measures.get("skipped")).hasSize(1);
        System.out.println("kernel under jupyter_client: " + measures);
    }

    @Test
    void nbclientNbconvertAndPapermillRunANotebookAndOursIsValid() throws Exception {
        Path written = folder.resolve("headless.ipynb");
        JsonNode result = assertThat(jbang(
                        folder,
                        List.of(
                                "notebook",
                                "run",
                                NOTEBOOK.toString(),
                                "-o",
                                written.toString(),
                                "-p",
                                "rows=7",
                                "-p",
                                "title=a = \"b\"",
                                "--json")))
                .exitedWith(0)
                .json();
        assertThat(result.get("run")).isEqualTo(result.get("cells"));

        JsonNode measures = run(
                "kernel_notebooks.py",
                300,
                NOTEBOOK.toString(),
                ROOT.resolve("docs/papermill").toString(),
                written.toString());

        assertThat(measures.get("headless.ipynb").asText()).isEqualTo("7");
        System.out.println("kernel under notebook runners: " + measures);
    }

    @Test
    void aUserOfJupyterLabRunsStopsCompletesInspectsAndRestarts() throws Exception {
        Path shots = Path.of("target", "screenshots").toAbsolutePath();
        JsonNode measures =
                run("kernel_lab.py", 300, NOTEBOOK.toString(), PythonEnvironment.chromium(), shots.toString());

        assertThat(shots.resolve("lab-clip.png")).isNotEmptyFile();
        System.out.println("kernel in JupyterLab: " + measures);
    }

    @Test
    void aTableOfAMillionRowsIsTurnedAndSortedInJupyterLab() throws Exception {
        Path shots = Path.of("target", "screenshots").toAbsolutePath();
        JsonNode measures = run("kernel_table.py", 300, PythonEnvironment.chromium(), shots.toString());

        assertThat(shots.resolve("table-posters.png")).isNotEmptyFile();
        System.out.println("tables in JupyterLab: " + measures);
    }

    @Test
    void aNotebookWhoseCellFailsEndsWithOneAndKeepsWhatWasDone() throws IOException {
        Path failing = folder.resolve("failing.ipynb");
        Files.writeString(failing, """
                {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [
                 {"cell_type": "code", "id": "a", "metadata": {}, "execution_count": null, "outputs": [],
                  "source": "System.out.println(\\"before\\");"},
                 {"cell_type": "code", "id": "b", "metadata": {}, "execution_count": null, "outputs": [],
                  "source": "int x = 1 / 0;"}]}""");

        assertThat(jbang(folder, List.of("notebook", "run", failing.toString())))
                .exitedWith(1)
                .errContains("cell 2 of 2 failed")
                .errContains("ArithmeticException")
                .outContains("2 of 2 cells run");
        assertThat(folder.resolve("failing.out.ipynb")).content().contains("before\\n", "ArithmeticException");
        assertThat(jbang(folder, List.of("notebook", "run", "absent.ipynb"))).errContains("absent.ipynb");
    }

    private JsonNode run(String script, int seconds, String... further) throws JsonProcessingException {
        List<String> arguments = new java.util.ArrayList<>(List.of(prefix.toString(), folder.toString()));
        arguments.addAll(List.of(further));
        String printed = PythonEnvironment.ready().run(script, arguments, seconds);
        // The tests of Jupyter report on standard error, which comes first.
        return new ObjectMapper().readTree(printed.substring(printed.lastIndexOf("\n{") + 1));
    }
}
