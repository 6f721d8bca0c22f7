package dev.moviola.kernel.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moviola.kernel.Notebook;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jshell.ImportSnippet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartUpTest {
    @Test
    void theFunctionsOfTheNotebookAreKnown() {
        Set<String> functions = Stream.of(Notebook.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .map(Method::getName)
                .collect(Collectors.toSet());

        assertThat(StartUp.FUNCTIONS).isEqualTo(functions);
        assertThat(Notebook.class.getFields()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1 + 1", "int x = 1+1;", "System.out.println(\"a\")", "String s = null;", "for (;;) break;"})
    void aCellThatNamesNothingOfTheDefaultImportsNeedNotWaitForThem(String cell) {
        assertThat(StartUp.mayMatter(cell)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "List.of(1)",
                "new File(\".\")",
                "display(1)",
                "$1",
                "Äpfel x;",
                "\\u004cist.of(1)",
                "var b = BigInteger.ONE"
            })
    void aCellThatMayNeedOneGetsThemAll(String cell) {
        assertThat(StartUp.mayMatter(cell)).isTrue();
    }

    @Test
    void theImportsAreThereForWhoeverLooksHoweverFewCellsRan() {
        try (Engine engine = new Engine()) {
            assertThat(engine.run(new Cell(1, new Unheard()), "1 + 1").value()).isEqualTo(2);
            assertThat(engine.run(new Cell(2, new Unheard()), "List.of(1, 2).size()")
                            .value())
                    .isEqualTo(2);
            assertThat(engine.<Long>look(shell ->
                            shell.imports().map(ImportSnippet::fullname).count()))
                    .isEqualTo(StartUp.LINES.size());
            assertThat(engine.getReady()).isFalse();
        }
    }

    static final class Unheard implements CellOutput {
        @Override
        public void write(boolean error, byte[] bytes, int offset, int length) {
            throw new AssertionError("nothing is printed");
        }

        @Override
        public void flush() {
            // nothing is held back
        }

        @Override
        public String input(String prompt, boolean password) {
            throw new AssertionError("nobody asks");
        }

        @Override
        public void clear(boolean wait) {
            throw new AssertionError("nothing is to be cleared");
        }
    }
}
