package dev.moviola.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaSessionTest {
    @TempDir
    Path folder;

    private JavaSession session;

    @BeforeEach
    void open() {
        session = JavaSession.open();
    }

    @AfterEach
    void close() {
        session.close();
    }

    private ArrayNode run(String code) {
        NotebookOutputs outputs = new NotebookOutputs();
        session.execute(code, outputs);
        return outputs.outputs();
    }

    private String result(String code) {
        return run(code).path(0).path("data").path("text/plain").asText();
    }

    @Test
    void whatACellShowsIsGatheredAsInANotebookFile() {
        NotebookOutputs first = new NotebookOutputs();
        assertThat(session.execute(
                                "for (int i = 0; i < 9_000; i++) System.out.println(i);\nDisplay.show(\"d\", \"old\");\n6 * 7",
                                first)
                        .ok())
                .isTrue();
        NotebookOutputs second = first.another();
        JavaSession.Executed failed =
                session.execute("Display.update(\"d\", \"new\"); throw new RuntimeException(\"no\");", second);

        assertThat(first.outputs().findValuesAsText("output_type"))
                .containsExactly("stream", "display_data", "execute_result");
        assertThat(first.outputs().path(0).path("text").asText().lines()).hasSize(9_000);
        assertThat(first.outputs().path(1).at("/data/text~1plain").asText()).isEqualTo("new");
        assertThat(first.outputs().path(1).has("transient")).isFalse();
        assertThat(first.outputs().path(2).path("execution_count").asInt()).isEqualTo(1);
        assertThat(failed.error()).isNotNull();
        assertThat(second.outputs().path(0).path("ename").asText()).isEqualTo("java.lang.RuntimeException");
    }

    @Test
    void whatWasClearedIsNotInTheFile() {
        ArrayNode outputs = run("System.out.println(\"a\"); Notebook.clearOutput(true); System.out.println(\"b\");");
        assertThat(outputs.findValuesAsText("text")).containsExactly("b\n");
        assertThat(run("Notebook.input(\"name? \")").toString()).contains("nobody is there to answer");
    }

    @Test
    void typesOfTheLibrariesNeedNoImport() {
        assertThat(result("Table t = Table.create(\"t\", DoubleColumn.create(\"x\", 1, 2));\nt.rowCount()"))
                .isEqualTo("2");
        assertThat(result("new XYChartBuilder().width(300).height(200).title(\"c\").build().getTitle()"))
                .isEqualTo("c");
        assertThat(result("MimeBundle.text(\"plain\")")).isEqualTo("plain");
        assertThat(result("t.columnCount()")).isEqualTo("1");
    }

    @Test
    void whatTheUserDeclaresOrImportsWinsOverATypeThatNeedsNoImport() {
        assertThat(result("Frame.class.getName()")).isEqualTo("dev.moviola.video.Frame");
        assertThat(result("import java.awt.*;\nFrame.class.getName()")).isEqualTo("java.awt.Frame");
        assertThat(result("record Frame(int n) {}\nnew Frame(3).n()")).isEqualTo("3");
        assertThat(result("import tech.tablesaw.api.Table;\nTable.create(\"again\").name()"))
                .isEqualTo("again");
        assertThat(result("Clip.class.getName()")).isEqualTo("dev.moviola.video.Clip");
        assertThat(result("class Clip {}\nnew Clip().getClass().getSimpleName()"))
                .isEqualTo("Clip");
    }

    @Test
    void aJarOfTheNotebookTakesThePlaceOfTheLibrarysOwn() throws IOException {
        Path jar = jar(Map.of(
                "com.fasterxml.jackson.databind.ObjectMapper",
                "package com.fasterxml.jackson.databind; public class ObjectMapper { public String which() { return \"notebook\"; } }",
                "org.zeromq.ZContext",
                "package org.zeromq; public class ZContext { public int own() { return 1; } }"));
        session.addToClassPath(List.of(jar));

        assertThat(result("new com.fasterxml.jackson.databind.ObjectMapper().which()"))
                .isEqualTo("notebook");
        assertThat(result("new org.zeromq.ZContext().own()")).isEqualTo("1");
        assertThat(run("com.fasterxml.jackson.databind.JsonNode n = null; n.size()")
                        .toString())
                .contains("NoClassDefFoundError");
        assertThat(result("Parameters.of(\"a\", 1).toString()")).contains("a");
    }

    @Test
    void whatTheKernelRunsOnIsNotSeenByCells() {
        assertThat(run("org.objectweb.asm.ClassReader r = null;").toString()).contains("does not exist");
        assertThat(run("Class.forName(\"org.objectweb.asm.ClassReader\")").toString())
                .contains("ClassNotFoundException");
    }

    @Test
    void servicesOfTheNotebooksCopyComeFromTheNotebookAlone() throws IOException {
        Path jar = jar(Map.of(
                "org.slf4j.spi.SLF4JServiceProvider",
                "package org.slf4j.spi; public interface SLF4JServiceProvider {}"));
        session.addToClassPath(List.of(jar));
        assertThat(result("ServiceLoader.load(org.slf4j.spi.SLF4JServiceProvider.class).stream().count()"))
                .isEqualTo("0");
    }

    private Path jar(Map<String, String> sources) throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = folder.resolve("src/" + source.getKey().replace('.', '/') + ".java");
            Files.createDirectories(file.getParent());
            Files.writeString(file, source.getValue());
            ToolProvider.getSystemJavaCompiler()
                    .run(null, null, null, "-cp", "", "-d", classes.toString(), file.toString());
        }
        Path jar = folder.resolve("own.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> walk = Files.walk(classes)) {
            for (Path each : walk.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(
                        new JarEntry(classes.relativize(each).toString().replace('\\', '/')));
                Files.copy(each, out);
            }
        }
        return jar;
    }
}
