package dev.moviola.kernel.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.moviola.MoviolaException;
import dev.moviola.kernel.engine.CellError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotebookRunTest {
    @TempDir
    Path folder;

    private static NotebookCell code(String source, String... tags) {
        return NotebookCell.of(NotebookCell.Kind.CODE, source, List.of(tags));
    }

    private NotebookResult run(NotebookFile notebook, boolean keepGoing) {
        return new NotebookRun(notebook, folder.resolve("out.ipynb"), new NotebookProgress() {})
                .keepGoing(keepGoing)
                .run();
    }

    private JsonNode written() throws IOException {
        return new ObjectMapper().readTree(folder.resolve("out.ipynb").toFile());
    }

    @Test
    void parametersTakeThePlaceOfTheDefaultsAndTheOutputsAreInTheFile() throws IOException {
        NotebookFile notebook = NotebookFile.of(List.of(
                NotebookCell.of(NotebookCell.Kind.MARKDOWN, "# A title", List.of()),
                code("String prompt = \"none\";\nint variants = 2;", "parameters"),
                code("System.out.println(prompt);\nvariants * 2")));

        NotebookParameters.inject(notebook, Map.of("prompt", "a \"quoted\" \\ 🦖", "variants", "50"));
        NotebookResult result = run(notebook, false);

        assertThat(result.ok()).isTrue();
        JsonNode cells = written().path("cells");
        assertThat(cells.findValuesAsText("cell_type")).containsExactly("markdown", "code", "code", "code");
        assertThat(cells.path(2).at("/metadata/tags/0").asText()).isEqualTo("injected-parameters");
        assertThat(cells.path(3).at("/outputs/0/text").asText()).isEqualTo("a \"quoted\" \\ 🦖\n");
        assertThat(cells.path(3).at("/outputs/1/data/text~1plain").asText()).isEqualTo("100");
        assertThat(cells.path(3).path("execution_count").asInt()).isEqualTo(3);
        assertThat(cells.findValuesAsText("id")).doesNotHaveDuplicates().doesNotContain("");
    }

    @Test
    void itStopsAtTheFirstErrorUnlessToldToGoOn() throws IOException {
        List<String> said = Collections.synchronizedList(new ArrayList<>());
        NotebookFile notebook = NotebookFile.of(List.of(code("int x = 1 / 0;"), code("1 + 1"), code("")));

        NotebookResult stopped = run(notebook, false);
        assertThat(stopped.run()).isEqualTo(1);
        assertThat(stopped.failures())
                .extracting(failed -> failed.error().name())
                .containsExactly("java.lang.ArithmeticException");
        assertThat(written().at("/cells/0/outputs/0/output_type").asText()).isEqualTo("error");
        assertThat(written().at("/cells/1/outputs")).isEmpty();

        NotebookResult all = new NotebookRun(notebook, folder.resolve("out.ipynb"), new NotebookProgress() {
                    @Override
                    public void ended(NotebookCell cell, int position, int total, CellError error) {
                        said.add(position + "/" + total + " " + (error == null));
                    }
                })
                .keepGoing(true)
                .run();
        assertThat(all.run()).isEqualTo(2);
        assertThat(all.ok()).isFalse();
        assertThat(said).containsExactly("1/2 false", "2/2 true");
    }

    @Test
    void aCellThatMayFailStopsNothing() {
        NotebookFile notebook =
                NotebookFile.of(List.of(code("throw new RuntimeException();", "raises-exception"), code("1 + 1")));
        assertThat(run(notebook, false).ok()).isTrue();
    }

    @Test
    void anInterruptEndsTheCellAndTheRun() {
        NotebookFile notebook = NotebookFile.of(List.of(
                code("System.out.println(\"begun\"); while (true) {}"), code("System.out.println(\"never\");")));
        NotebookRun[] run = new NotebookRun[1];
        run[0] = new NotebookRun(notebook, folder.resolve("out.ipynb"), new NotebookProgress() {
            @Override
            public void printed(String text, boolean toError) {
                run[0].interrupt();
            }
        });

        NotebookResult result = run[0].run();

        assertThat(result.interrupted()).isTrue();
        assertThat(result.run()).isEqualTo(1);
        assertThat(notebook.cells().get(1).outputs()).isEmpty();
    }

    @Test
    void aNotebookKeepsWhatOthersPutIntoItAndGetsIds() throws IOException {
        Path old = Files.writeString(folder.resolve("old.ipynb"), """
                {"nbformat": 4, "nbformat_minor": 2, "metadata": {"kernelspec": {"name": "java", "language": "java",
                 "display_name": "Java"}, "mine": 7}, "cells": [
                 {"cell_type": "code", "metadata": {"mine": 8}, "source": ["int x = 1;\\n", "x"]},
                 {"cell_type": "raw", "metadata": {}, "source": "as it is"}]}""");

        NotebookFile notebook = NotebookFile.read(old);
        notebook.write(folder.resolve("out.ipynb"));

        assertThat(notebook.language()).isEqualTo("java");
        assertThat(notebook.cells().get(0).source()).isEqualTo("int x = 1;\nx");
        JsonNode json = written();
        assertThat(json.path("nbformat_minor").asInt()).isEqualTo(5);
        assertThat(json.at("/metadata/mine").asInt()).isEqualTo(7);
        assertThat(json.at("/metadata/kernelspec/name").asText()).isEqualTo("java");
        assertThat(json.at("/cells/0/metadata/mine").asInt()).isEqualTo(8);
        assertThat(json.at("/cells/0/source")).hasSize(2);
        assertThat(json.at("/cells/1/id").asText()).isNotEmpty();
    }

    @Test
    void aFileThatIsNoNotebookIsRefusedByName() throws IOException {
        Path text = Files.writeString(folder.resolve("a.ipynb"), "hello");
        Path old = Files.writeString(folder.resolve("b.ipynb"), "{\"nbformat\": 3, \"worksheets\": []}");

        assertThatThrownBy(() -> NotebookFile.read(text))
                .isInstanceOf(MoviolaException.class)
                .hasMessageContaining("a.ipynb");
        assertThatThrownBy(() -> NotebookFile.read(old)).hasMessageContaining("format 3");
        assertThatThrownBy(() -> NotebookFile.read(folder.resolve("c.ipynb"))).hasMessageContaining("there is no");
    }
}
