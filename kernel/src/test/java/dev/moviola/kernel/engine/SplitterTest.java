package dev.moviola.kernel.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import jdk.jshell.JShell;
import org.junit.jupiter.api.Test;

class SplitterTest {
    private static final List<String> PLAIN = List.of(
            "1 + 1",
            "int x = 1+1",
            "int x = 5;",
            "int a = 1, b = 2;\nint c = a + b;\nc",
            "String s = \"a;b}c\"; s.length()",
            "// first; a comment }\nint x = 1; // after\n/* ; */ x",
            "String t = \"\"\"\n  a; \"b\" }\n  \"\"\";\nt",
            "char c = ';'; c",
            "for (int i = 0; i < 3; i++) { System.out.println(i); }\nint y = 2;",
            "for (int i = 0; i < 3; i++) System.out.println(i);\ny",
            "if (a) { b(); } else { c(); }\nd();",
            "if (a) b(); else c();\nd();",
            "try { a(); } catch (Exception e) { b(); } finally { c(); }\nd()",
            "while (true) { break; }",
            "switch (x) { case 1: break; default: }\nint z = 1;",
            "int w = switch (x) { case 1 -> 2; default -> 3; };\nw",
            "int f(int n) { return n + 1; }\nf(2)",
            "<T> T id(T t) { return t; }\nid(3)",
            "class A { int n; void m() {} }\nnew A().n",
            "record P(int x, int y) {}\nnew P(1, 2)",
            "enum E { A, B }\nE.A",
            "sealed interface S permits R {}\nrecord R() implements S {}\nnew R()",
            "@FunctionalInterface interface F { int f(); }\nF g = () -> 4;\ng.f()",
            "Runnable r = () -> { int q = 1; };\nr.run();",
            "int[] a = {1, 2, 3};\na.length",
            "var l = new ArrayList<Integer>() {{ add(1); }};\nl",
            "List<String> l = List.of(\"a\");\nl.stream().map(v -> { return v + 1; }).toList()",
            "import java.util.List;\nimport static java.lang.Math.*;\nabs(-1)",
            "synchronized (this) { x(); }\ny();",
            "throw new RuntimeException(\"a\")",
            "static int g() { return 1; }\npublic static void main(String[] args) { g(); }",
            "x = 5;\nx++;\nx == 6 ? \"a\" : \"b\"",
            "outer: for (;;) { break outer; }\n1",
            "Object o = 1; o instanceof Integer i && i > 0",
            "\n\n  int lead = 1;\n\n",
            "");

    @Test
    void plainCellsAreSplitAsTheCompilersAnalysisDoes() {
        try (JShell shell = JShell.create()) {
            for (String cell : PLAIN) {
                List<CellSource.Piece> expected = new CellSource(cell, 1).analysed(shell.sourceCodeAnalysis());
                List<CellSource.Piece> pieces = Splitter.split(cell);
                assertThat(pieces).as(cell).isNotNull();
                assertThat(pieces.stream()
                                .map(piece -> piece.offset() + piece.code().strip()))
                        .as(cell)
                        .containsExactlyElementsOf(expected.stream()
                                .map(piece -> piece.offset() + piece.code().strip())
                                .toList());
            }
        }
    }

    @Test
    void whatIsNotSureIsLeftToTheCompilersAnalysis() {
        for (String cell : List.of(
                "do { a(); } while (b);",
                "int x = (1",
                "}",
                "int[] a = {1}\nint b",
                "String s = \"open",
                "/* open",
                ";",
                "{ a(); }\n(b).c();",
                "char c = '\\u0041';")) {
            assertThat(Splitter.split(cell)).as(cell).isNull();
        }
    }
}
