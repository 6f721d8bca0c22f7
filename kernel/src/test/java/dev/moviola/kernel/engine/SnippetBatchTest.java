package dev.moviola.kernel.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.execution.LocalExecutionControl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnippetBatchTest {
    @Test
    void asManyAsCanGoTogetherAreDeclared() {
        try (JShell shell = JShell.builder().executionEngine("local").build()) {
            SnippetBatch batch = SnippetBatch.of(shell, new LocalExecutionControl());
            assertThat((Object) batch).isNotNull();

            List<SnippetBatch.Declared> declared = batch.declare(
                    List.of(
                            "int f() { return g(); }",
                            "int g() { return new X(7).x(); }",
                            "record X(int x) {}",
                            "record X(int y) {}"),
                    List.of());

            assertThat(declared).hasSize(3);
            assertThat(declared).allSatisfy(each -> assertThat(each.events())
                    .singleElement()
                    .extracting(SnippetEvent::status)
                    .isEqualTo(Snippet.Status.VALID));
            assertThat(shell.eval("f()").get(0).value()).isEqualTo("7");
            assertThat(batch.declare(List.of("class X {}", "class Y {}"), List.of()))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "int x = 1 + 1;",
                "int x;",
                "final List<Map<String, int[]>> x = new ArrayList<>();",
                "int[] numbers = {1, 2};",
                "java.util.List<? extends Number> x = List.of(1);",
                "int f(int a) { return a; }",
                "public static <T extends Comparable<T>> T most(List<T> of) throws Exception { return of.get(0); }",
                "void nothing() { if (true) { return; } }",
                "class A { int x; }",
                "public abstract class A { abstract int x(); }",
                "sealed interface S permits A, B {}",
                "record Point(int x, int y) {}",
                "enum Side { LEFT, RIGHT }",
                "// what it is\n/* and\n why */ int x = 1;"
            })
    void whatSaysItsTypeCanGoWithOthers(String code) {
        assertThat(SnippetBatch.possible(code)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "var x = 1;",
                "x + 1",
                "x = 1;",
                "foo(1);",
                "return x;",
                "new Thread(() -> {}).start();",
                "throw new X();",
                "if (a) { b(); }",
                "for (int i = 0; i < 3; i++) { f(i); }",
                "while (true) {}",
                "do { f(); } while (true);",
                "try { f(); } finally { g(); }",
                "synchronized (x) { f(); }",
                "switch (x) { default -> f(); }",
                "import java.util.List;",
                "abstract int f();",
                "x.y = 1;",
                "a < b;",
                "@Deprecated int x = 1;",
                "// int x = 1;",
                "/* int x",
                "{ int x = 1; }",
                ";"
            })
    void whateverElseGoesAlone(String code) {
        assertThat(SnippetBatch.possible(code)).isFalse();
    }
}
