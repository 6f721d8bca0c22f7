package dev.moviola.tests;

import static dev.moviola.tests.CommandLine.jbang;
import static dev.moviola.tests.CommandLineAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A notebook as a script that JBang runs, and the way back. */
class NotebookScriptIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private void cell(ArrayNode cells, String source, String... tags) {
        ObjectNode cell = cells.addObject().put("cell_type", "code").put("id", "c" + cells.size());
        List.of(tags).forEach(cell.putObject("metadata").putArray("tags")::add);
        cell.put("source", source).putNull("execution_count").putArray("outputs");
    }

    private Path notebook() throws IOException {
        ObjectNode notebook = JSON.createObjectNode().put("nbformat", 4).put("nbformat_minor", 5);
        notebook.putObject("metadata");
        ArrayNode cells = notebook.putArray("cells");
        cell(cells, "int count = 2;", "parameters");
        cell(
                cells,
                "%maven org.apache.commons:commons-math3:3.6.1\nimport org.apache.commons.math3.util.CombinatoricsUtils;");
        cell(cells, "%env\nvar factorial = CombinatoricsUtils.factorial(count);");
        cell(cells, "Table table = Table.create(\"t\").addColumns(DoubleColumn.create(\"n\", factorial));\ntable");
        cell(cells, "\"factorial \" + factorial");
        Path file = folder.resolve("in.ipynb");
        JSON.writeValue(file.toFile(), notebook);
        return file;
    }

    @Test
    void theExportedScriptRunsWithJBangAndTakesParametersAndComesBackAsANotebook() throws IOException {
        notebook();

        assertThat(jbang(folder, List.of("notebook", "export", "in.ipynb", "-o", "Script.java")))
                .exitedWith(0)
                .outContains("written to Script.java")
                .errContains("cell 3: %env has no meaning in a script; it is kept as a comment");
        assertThat(folder.resolve("Script.java"))
                .content()
                .contains("//DEPS org.apache.commons:commons-math3:3.6.1", "static long factorial;");

        assertThat(jbang(folder, List.of("Script.java", "count=5")))
                .exitedWith(0)
                .outContains("factorial 120")
                .outContains("120");

        assertThat(jbang(folder, List.of("notebook", "import", "Script.java", "-o", "back.ipynb", "--json")))
                .exitedWith(0)
                .outIsOneJsonDocument();
        assertThat(jbang(folder, List.of("notebook", "run", "back.ipynb", "-o", "ran.ipynb", "-p", "count=4")))
                .exitedWith(0);
        JsonNode ran = JSON.readTree(folder.resolve("ran.ipynb").toFile());
        assertThat(ran.toString()).contains("factorial 24", "text/html");
    }

    @Test
    void whatCannotBeExportedIsSaidInOneLine() throws IOException {
        Files.writeString(folder.resolve("Broken.java"), "class Broken {\n  int = 5;\n}\n");

        assertThat(jbang(folder, List.of("notebook", "import", "Broken.java")))
                .errContains("Broken.java is not Java: line 2")
                .exitedWith(3);
        assertThat(jbang(folder, List.of("notebook", "export", "absent.ipynb"))).errContains("absent.ipynb");
    }
}
