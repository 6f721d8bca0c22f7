package dev.moviola.kernel.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptExportTest {
    @TempDir
    Path folder;

    private static NotebookCell code(String source, String... tags) {
        return NotebookCell.of(NotebookCell.Kind.CODE, source, List.of(tags));
    }

    private static NotebookCell markdown(String source) {
        return NotebookCell.of(NotebookCell.Kind.MARKDOWN, source, List.of());
    }

    private static NotebookFile notebook(NotebookCell... cells) {
        return NotebookFile.of(List.of(cells));
    }

    /** What the notebook prints and shows when its cells run, as lines. */
    private String shown(NotebookFile notebook) {
        NotebookResult result = new NotebookRun(notebook, folder.resolve("out.ipynb"), new NotebookProgress() {})
                .keepGoing(true)
                .run();
        assertThat(result.failures()).isEmpty();
        StringBuilder text = new StringBuilder();
        for (NotebookCell cell : notebook.cells()) {
            cell.outputs().forEach(output -> text.append(NotebookCell.text(
                            output.has("text") ? output.path("text") : output.at("/data/text~1plain")))
                    .append(output.has("text") ? "" : "\n"));
        }
        return text.toString();
    }

    /** What the script prints: compiled and run as a program of its own. */
    private String printed(ScriptExport script, String... arguments) throws IOException, InterruptedException {
        Path source = Files.writeString(folder.resolve("Script.java"), script.text());
        ByteArrayOutputStream problems = new ByteArrayOutputStream();
        int status = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        problems,
                        problems,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-d",
                        folder.toString(),
                        source.toString());
        assertThat(status).as(problems + script.text()).isZero();
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                folder + java.io.File.pathSeparator + System.getProperty("java.class.path"),
                "Script"));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("printed");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(out);
    }

    private static ScriptExport export(NotebookFile notebook) throws InterruptedException {
        return ScriptExport.of(notebook, "Script");
    }

    private static final String TEXT_BLOCK = "\"\"\"\n    one\n      two \\u0041\n    \"\"\"";

    private static NotebookFile tour() {
        return notebook(
                markdown("# A title\n\nWith \\usepackage and C:\\\\users"),
                code("int rows = 3; // how many\nString title = \"none\";", "parameters"),
                code("import java.time.LocalDate;\nrecord Point(int x, int y) { int sum() { return x + y; } }"),
                code(
                        "int twice(int n) { return n * factor; }\nint factor = 2;\n// a note\nvar day = LocalDate.of(2026, 1, rows);"),
                code(
                        "int[] sizes = {1, 2, 3}, others = {4};\nfor (int size : sizes) {\n    System.out.println(twice(size));\n}"),
                code("String block = " + TEXT_BLOCK + ";\nblock"),
                code(
                        "List<Point> points = new ArrayList<>();\npoints.add(new Point(1, 2));\npoints.get(0).sum() + rows"),
                code("Runnable later = () -> System.out.println(title + rows);\nlater.run();"),
                code("System.out.println(day)"),
                code("sealed interface Shape permits Circle, Square {}\nrecord Circle(double r) implements Shape {}\n"
                        + "record Square(double a) implements Shape {}\nShape shape = new Circle(2);\nshape"),
                code("1 + 1;\nint seven() { return 7; }\nseven();\nseven() + 1;\n"));
    }

    @Test
    void theScriptPrintsWhatTheNotebookShows() throws Exception {
        assertThat(printed(export(tour()))).isEqualTo(shown(tour()));
    }

    @Test
    void theWayBackGivesANotebookThatShowsTheSame() throws Exception {
        String script = export(tour()).text();
        NotebookFile back = ScriptImport.of("Script.java", script).notebook();

        assertThat(shown(back)).isEqualTo(shown(tour()));
        assertThat(back.cells().stream().filter(cell -> cell.kind() == NotebookCell.Kind.MARKDOWN))
                .singleElement()
                .extracting(NotebookCell::source)
                .isEqualTo("# A title\n\nWith \\usepackage and C:\\\\users");
        assertThat(back.cells().stream().filter(cell -> cell.tags().contains("parameters")))
                .singleElement()
                .extracting(NotebookCell::source)
                .asString()
                .contains("int rows = 3;", "String title = \"none\";");
        assertThat(export(back).text()).isEqualTo(script);
    }

    @Test
    void theCommandLineSetsTheParameters() throws Exception {
        ScriptExport script = export(tour());

        assertThat(printed(script, "rows=9", "title=a = b")).contains("a = b9", "2026-01-09");
        assertThat(printed(script, "columns=9")).contains("one of the names rows, title, but was columns=9");
    }

    @Test
    void whatIsDeclaredAnewWithAnotherTypeIsTheNewOneFromThereOn() throws Exception {
        NotebookFile notebook = notebook(
                code("int x = 1;\nclass A { int n() { return 1; } }"),
                code("x + new A().n()"),
                code("int x = 5;\nx"),
                code("String x = \"five\";\nclass A { String n() { return x; } }"),
                code("x + new A().n()"));
        ScriptExport script = export(notebook);

        assertThat(printed(script)).isEqualTo("2\n5\nfivefive\n");
        assertThat(script.notes()).singleElement().asString().startsWith("cell 4 declares anew");
    }

    @Test
    void magicsWithoutAMeaningStayAsCommentsAndAreSaid() throws Exception {
        NotebookFile notebook =
                notebook(code("%%html\n<b>\\u</b>"), code("int a = 1;\n!ls -l\n%env\na"), code("%time int b = a;\nb"));
        ScriptExport script = export(notebook);

        assertThat(printed(script)).isEqualTo("1\n1\n");
        assertThat(script.notes())
                .containsExactly(
                        "cell 1: %%html has no meaning in a script; it is kept as a comment",
                        "cell 2: ! has no meaning in a script; it is kept as a comment",
                        "cell 2: %env has no meaning in a script; it is kept as a comment",
                        "cell 3 is not timed in the script");
        assertThat(ScriptImport.of("Script.java", script.text()).notebook().cells().stream()
                        .map(NotebookCell::source)
                        .collect(Collectors.toList()))
                .startsWith("%%html\n<b>\\u</b>", "int a = 1;\n!ls -l\n%env\na");
    }

    @Test
    void aCellThatDoesNotCompileStaysAsACommentAndOneThatMayFailDoesNotEndTheScript() throws Exception {
        NotebookFile notebook = notebook(
                code("System.out.println(\"never\");\nint broken = \"text\";"),
                code("throw new IllegalStateException(\"meant\");", "raises-exception"),
                code("\"on\""));
        ScriptExport script = export(notebook);

        assertThat(printed(script)).isEqualTo("java.lang.IllegalStateException: meant\non\n");
        assertThat(script.notes()).singleElement().asString().startsWith("cell 1 does not compile");
    }

    @Test
    void tablesAndTheFunctionsOfTheNotebookWorkInTheScript() throws Exception {
        NotebookFile notebook = notebook(
                code("Table table = Table.create(\"t\").addColumns(IntColumn.create(\"n\", 1, 2));\ntable"),
                code("display(\"shown\");"));
        ScriptExport script = export(notebook);

        assertThat(script.text())
                .contains(
                        "//REPOS mavenlocal,mavencentral",
                        "//DEPS dev.moviola:moviola-kernel:",
                        "import tech.tablesaw.api.Table;");
        assertThat(printed(script)).contains("shown").contains("n");
    }

    @Test
    void anyScriptBecomesANotebook() {
        ScriptImport read = ScriptImport.of("Hi.java", """
                ///usr/bin/env jbang "$0" "$@" ; exit $?
                //JAVA 17+
                //DEPS com.google.guava:guava:33.0.0-jre
                //SOURCES Other.java
                package a.b;

                import java.util.*;
                import com.google.common.base.Joiner;

                /** Says it. */
                class Hi {
                    public static void main(String[] args) {
                        System.out.println("hi");
                    }
                }
                """);

        assertThat(read.notes()).containsExactly("//SOURCES Other.java has no meaning in a notebook");
        assertThat(read.notebook().cells().stream().map(NotebookCell::source).toList())
                .containsExactly(
                        "//DEPS com.google.guava:guava:33.0.0-jre\nimport com.google.common.base.Joiner;",
                        "/** Says it. */\nclass Hi {\n    public static void main(String[] args) {\n"
                                + "        System.out.println(\"hi\");\n    }\n}",
                        "Hi.main(new String[0]);");
    }

    @Test
    void aFileThatIsNotJavaIsRefusedWithItsLine() {
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> ScriptImport.of("Hi.java", "class Hi {\n  int = 5;\n}"))
                .hasMessageStartingWith("Hi.java is not Java: line 2: ");
    }
}
