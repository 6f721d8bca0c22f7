package dev.moviola.kernel.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What remains of a cell of several snippets that does not compile, or fails while it runs. */
class StagedCellTest {
    private final Engine engine = new Engine();
    private final StringBuilder said = new StringBuilder();
    private int count;

    @AfterEach
    void close() {
        engine.close();
    }

    private CellOutcome run(String code) {
        return engine.run(new Cell(++count, new Said()), code);
    }

    private Object value(String code) {
        CellOutcome outcome = run(code);
        assertThat(outcome.error()).as(code).isNull();
        return outcome.value();
    }

    private String failure(String code) {
        CellError error = run(code).error();
        assertThat(error).as(code).isNotNull();
        return error.name();
    }

    @Test
    void variablesThatWereDeclaredAgainKeepTypeAndValueWhenTheCellDoesNotCompile() {
        run("int a = 1;\nString name = \"kept\";\nint readA() { return a; }");
        value("a = 7;");

        assertThat(failure("String a = \"other\";\nvar name = 3;\nint b = nowhere;"))
                .isEqualTo("CompilationError");

        assertThat(value("a + 1")).isEqualTo(8);
        assertThat(value("name.length()")).isEqualTo(4);
        assertThat(value("a = 9;\nreadA()")).isEqualTo(9);
    }

    @Test
    void methodsAndImportsOfACellThatDoesNotCompileAreGone() {
        run("int twice(int x) { return 2 * x; }\nint four() { return twice(2); }");

        failure("import java.util.zip.CRC32;\nint twice(int x) { return 5 * x; }\nint more() { return 1; }\nnowhere;");

        assertThat(value("four()")).isEqualTo(4);
        assertThat(failure("more()")).isEqualTo("CompilationError");
        assertThat(failure("new CRC32()")).isEqualTo("CompilationError");
    }

    @Test
    void whatComesAfterTheStatementThatFailsIsAsBefore() {
        run("int a = 1;\nclass Seen {}");

        assertThat(failure("int before = 2;\nint failed = 1 / 0;\nint a = 3;\nint after = 4;\nclass After {}"))
                .isEqualTo("java.lang.ArithmeticException");

        assertThat(value("before + a")).isEqualTo(3);
        assertThat(failure("after")).isEqualTo("CompilationError");
        assertThat(failure("new After()")).isEqualTo("CompilationError");
        assertThat(value("failed")).isEqualTo(0);
    }

    @Test
    void objectsOfAClassSurviveACellThatRedeclaresItAndDoesNotCompile() {
        run("int base = 10;\nclass Point { int x = base; }\nPoint p = new Point();\np.x = 5;");

        failure("class Point { int y; }\nint q = nowhere;");
        assertThat(value("p.x")).isEqualTo(5);

        failure("String base = \"\";\nint q = nowhere;");
        assertThat(value("p.x")).isEqualTo(5);
        assertThat(said).isEmpty();
    }

    @Test
    void aNameThatACellDeclaresTwiceIsTakenBackWhole() {
        run("int x = 1;");

        failure("int x = 2;\nString x = \"three\";\nnowhere;");
        assertThat(value("x")).isEqualTo(1);

        assertThat(failure("int x = 2;\nint gone = 1 / 0;\nString x = \"three\";"))
                .isEqualTo("java.lang.ArithmeticException");
        assertThat(value("x")).isEqualTo(2);
    }

    @Test
    void aFailureShowsTheLineWithinTheCell() {
        CellError error = run("int one = 1;\nint fail(int x) {\n    return x / 0;\n}\nint two = fail(one);")
                .error();

        assertThat(error).isNotNull();
        assertThat(error.traceback())
                .containsSubsequence(
                        "    Cell [1], line 3, in fail    --> return x / 0;",
                        "    Cell [1], line 5    --> int two = fail(one);");
    }

    @Test
    void callingWhatIsNotDefinedYetFailsOnlyWhereItIsCalled() {
        assertThat(failure("int early() { return late(); }\nint now = 1;\nearly()"))
                .isEqualTo("UnresolvedReference");
        assertThat(value("now")).isEqualTo(1);
        assertThat(value("int late() { return 6; }\nearly()")).isEqualTo(6);
    }

    @Test
    void declarationsOfACellSeeEachOther() {
        run("""
                int one = 1;
                // counts down with odd, which comes later
                boolean even(int n) { return n == 0 || odd(n - 1); }
                boolean odd(int n) { return n != 0 && even(n - 1); }
                record Pair(int a, int b) { int sum() { return Helper.add(a, b); } }
                class Helper { static int add(int a, int b) { return a + b; } }
                List<String> names = List.of("x", "y");
                int[] numbers = {1, 2, 3};
                int two = one + 1, three = two + 1;
                """);

        assertThat(value("even(10)")).isEqualTo(true);
        assertThat(value("new Pair(two, three).sum()")).isEqualTo(5);
        assertThat(value("names.size() + numbers.length")).isEqualTo(5);
    }

    @Test
    void aVariableDoesNotSeeTheOneThatIsDeclaredAfterIt() {
        CellError error =
                run("int zero = 0;\nint early = late + 1;\nint late = 5;").error();

        assertThat(error).isNotNull();
        assertThat(error.name()).isEqualTo("CompilationError");
        assertThat(String.join("\n", error.traceback())).contains("line 2").contains("late");
        assertThat(failure("zero")).isEqualTo("CompilationError");
    }

    @Test
    void eachErrorOfDeclarationsThatAreCompiledTogetherIsShownAtItsLine() {
        CellError error = run("int fine = 1;\nint wrong = \"text\";\nint f() { return \"text\"; }\nint last = 2;")
                .error();

        assertThat(error).isNotNull();
        assertThat(String.join("\n", error.traceback()))
                .contains("line 2", "line 3")
                .doesNotContain("line 1", "line 4");
        assertThat(failure("fine + last")).isEqualTo("CompilationError");
    }

    @Test
    void manyDeclarationsAreCompiledTogether() {
        StringBuilder cell = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            cell.append("int v" + i + " = " + i + ";\nint f" + i + "(int x) { return x + " + i + "; }\n");
        }
        assertThat(run(cell.toString()).error()).isNull();

        assertThat(value("f59(v58) + f1(v2)")).isEqualTo(120);
    }

    @Test
    void aCellThatIsStoppedLeavesOutWhatItDidNotReach() throws Exception {
        run("int x = 1;");
        Cell cell = new Cell(++count, new Said());
        Thread stopper = new Thread(() -> {
            while (!Boolean.TRUE.equals(System.getProperties().get("moviola.test.begun"))) {
                Thread.onSpinWait();
            }
            cell.stop();
        });
        stopper.start();
        CellOutcome outcome = engine.run(
                cell, "System.getProperties().put(\"moviola.test.begun\", true);\nwhile (true) {}\nint x = 2;");
        stopper.join();
        System.getProperties().remove("moviola.test.begun");

        assertThat(outcome.error()).isNotNull().extracting(CellError::name).isEqualTo("Interrupted");
        assertThat(value("x")).isEqualTo(1);
    }

    private final class Said implements CellOutput {
        @Override
        public void write(boolean toError, byte[] bytes, int offset, int length) {
            said.append(new String(bytes, offset, length, StandardCharsets.UTF_8));
        }

        @Override
        public void flush() {
            // nothing is held back
        }

        @Override
        public void clear(boolean wait) {
            said.setLength(0);
        }

        @Override
        public String input(String prompt, boolean password) {
            throw new UnsupportedOperationException("nobody answers");
        }
    }
}
