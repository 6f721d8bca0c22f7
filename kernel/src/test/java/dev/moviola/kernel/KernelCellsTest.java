package dev.moviola.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What cells give and how they fail. */
class KernelCellsTest extends KernelFixture {
    @Test
    void theLastExpressionIsTheResultOfACell() {
        assertThat(client.execute("int a = 20;\na + 22").result()).isEqualTo("42");
    }

    @Test
    void aCellThatDoesNotCompileRunsNothing() {
        KernelClient.Executed failed = client.execute("System.out.println(\"ran\");\nint b = nowhere;");

        assertThat(failed.status()).isEqualTo("error");
        assertThat(failed.printed("stdout")).isEmpty();
        assertThat(failed.traceback())
                .contains("line 2, column 9: cannot find symbol")
                .contains("    int b = nowhere;\n            ^~~~~~~");
        assertThat(client.execute("b").status()).isEqualTo("error");
    }

    @Test
    void columnsAreCodePoints() {
        assertThat(client.execute("\"\uD83D\uDE00\" + nowhere").traceback()).contains("line 1, column 7");
    }

    @Test
    void anExceptionIsShownWithItsLinesAndItsCauses() {
        KernelClient.Executed failed = client.execute(
                "int c = 1;\nthrow new IllegalStateException(\"outer\", new RuntimeException(\"inner\"));");

        assertThat(failed.reply().path("ename").asText()).isEqualTo("java.lang.IllegalStateException");
        assertThat(failed.reply().path("evalue").asText()).isEqualTo("outer");
        assertThat(failed.traceback())
                .contains(", line 2    --> throw new")
                .contains("Caused by: java.lang.RuntimeException: inner")
                .doesNotContain("dev.moviola");
    }

    @Test
    void anOverflowOfTheStackIsFoldedAndHarmsNothing() {
        KernelClient.Executed failed = client.execute("int deep(int n) { return deep(n + 1); }\ndeep(0)");

        assertThat(failed.reply().path("ename").asText()).isEqualTo("java.lang.StackOverflowError");
        assertThat(failed.traceback()).contains("times more").hasSizeLessThan(1_000);
        assertThat(client.execute("class Deep { public String toString() { return toString(); } }\nnew Deep()")
                        .types())
                .isNotEmpty();
        assertThat(client.execute("1 + 1").result()).isEqualTo("2");
    }

    @Test
    void anExitEndsOnlyTheCell() {
        KernelClient.Executed exited = client.execute("System.exit(3)");
        assertThat(exited.reply().path("ename").asText()).isEqualTo("SystemExit");
        assertThat(client.execute("Runtime.getRuntime().halt(3)")
                        .reply()
                        .path("ename")
                        .asText())
                .isEqualTo("SystemExit");
        assertThat(client.execute("40 + 2").result()).isEqualTo("42");
    }

    @Test
    void redefiningATypeSaysWhatBecameOfItsVariables() {
        client.execute("record Point(int x) {}\nPoint point = new Point(1);");
        assertThat(client.execute("record Point(int x) { int twice() { return 2 * x; } }")
                        .printed("stderr"))
                .contains("variable point was cleared");
        assertThat(client.execute("point == null").result()).isEqualTo("true");
    }

    @Test
    void aVariableKeepsItsValueWhenWhatItsDeclarationUsesIsRedefined() {
        client.execute("int base() { return 1; }");
        client.execute("String held = \"x\" + base();");
        client.execute("held = \"kept\";");
        client.execute("String base() { return \"s\"; }");
        assertThat(client.execute("held + base()").result()).isEqualTo("kepts");

        client.execute("held = \"again\";\nlong base() { return 2; }\nint other = 5;");
        assertThat(client.execute("held + base() + other").result()).isEqualTo("again25");

        client.execute("String held;");
        assertThat(client.execute("held == null").result()).isEqualTo("true");
    }

    @Test
    void declarationsMayReferForward() {
        assertThat(client.execute("String early() { return late(); }").printed("stderr"))
                .contains("early can be used once these are defined: method late()");
        assertThat(client.execute("early()").reply().path("ename").asText()).isEqualTo("UnresolvedReference");
        assertThat(client.execute("String late() { return \"now\"; }\nearly()").result())
                .isEqualTo("now");
        KernelClient.Executed sealed = client.execute("""
                sealed interface Shape permits Round, Square {}
                record Round() implements Shape {}
                record Square() implements Shape {}
                new Round()
                """);
        assertThat(sealed.result()).contains("Round[]");
        assertThat(sealed.printed("stderr")).isEmpty();
    }

    @Test
    void resultsAreNotKeptForEver() {
        client.execute("var dropped = new java.util.ArrayList<java.lang.ref.WeakReference<Object>>();"
                + " Object watched() { Object o = new byte[1_000_000];"
                + " dropped.add(new java.lang.ref.WeakReference<>(o)); return o; }");
        for (int i = 0; i < 14; i++) {
            client.execute("watched()");
        }
        client.execute("System.gc();");
        assertThat(client.execute("dropped.get(0).get() == null").result()).isEqualTo("true");
    }

    @Test
    void magicsStandAmongJava() {
        assertThat(client.execute("%testecho one two\nint m = 4;\n%testeval m * 2")
                        .result())
                .isEqualTo("8");
        assertThat(client.execute("%%testecho over\nthe cell").printed("stdout"))
                .isEqualTo("over|the cell\n");
        assertThat(client.execute("%testeval nowhere").reply().path("ename").asText())
                .isEqualTo("CompilationError");
        assertThat(client.execute("%nosuch").traceback()).contains("there is no magic %nosuch");
    }
}
