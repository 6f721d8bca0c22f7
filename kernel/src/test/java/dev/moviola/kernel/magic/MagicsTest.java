package dev.moviola.kernel.magic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moviola.kernel.KernelClient;
import dev.moviola.kernel.KernelClient.Executed;
import dev.moviola.kernel.protocol.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MagicsTest {
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

    private static String printed(String code) {
        Executed executed = client.execute(code);
        assertThat(executed.status()).as(executed.traceback()).isEqualTo("ok");
        return executed.printed("stdout");
    }

    @Test
    void everyMagicIsListedWithWhatItDoes() {
        String list = printed("%lsmagic");

        assertThat(list.lines())
                .allSatisfy(line -> assertThat(line).matches("\\S.*\\S  +\\S.*"))
                .anySatisfy(
                        line -> assertThat(line).startsWith("%timeit, %%timeit").contains("runs"))
                .anySatisfy(line -> assertThat(line).startsWith("%load"));
    }

    @Test
    void aWrongNameGetsOneLineWithTheNearestOne() {
        assertThat(client.execute("\n%lsmagik").traceback())
                .isEqualTo("line 2: there is no magic %lsmagik; did you mean %lsmagic?; %lsmagic lists all");
        assertThat(client.execute("%%lsmagic\n").traceback())
                .contains("there is no magic %%lsmagic; there is %lsmagic");
        assertThat(client.execute("%html x").traceback()).contains("there is %%html");
    }

    @Test
    void aTimedCellKeepsItsResult() {
        Executed line = client.execute("%time 6 * 7");
        Executed cell = client.execute("%%time\nint timed = 40;\ntimed + 2");

        assertThat(line.result()).isEqualTo("42");
        assertThat(cell.result()).isEqualTo("42");
        assertThat(cell.printed("stdout")).matches("Wall time: [0-9.]+ m?s\n");
    }

    @Test
    void aRepeatedCellIsMeasuredPerLoop() {
        String pattern = "[0-9.]+ (ns|µs|ms) ± [0-9.]+ (ns|µs|ms) per loop \\(mean ± .* of 2 runs of 1,000 loops\\)\n";

        assertThat(printed("%timeit -n 1000 -r 2 Math.sin(3)")).matches(pattern);
        assertThat(printed("%%timeit -r2 -n1000\nint sum = 0;\nfor (int i = 0; i < 10; i++) sum += i;"))
                .matches(pattern);
        assertThat(printed("%timeit -r 1 new byte[10]")).contains("of 1 runs of");
        assertThat(client.execute("%timeit -r 0 1").traceback()).contains("-r must be at least 1, but was 0");
    }

    @Test
    void commandsOfTheShellPrintAndFail() {
        assertThat(printed("!echo one two")).isEqualTo("one two\n");
        assertThat(printed("%%bash\nfor i in 1 2; do echo $i; done")).isEqualTo("1\n2\n");
        Executed failed = client.execute("%%shell\necho oh >&2\nexit 3");
        assertThat(failed.printed("stderr")).isEqualTo("oh\n");
        assertThat(failed.traceback()).isEqualTo("line 1: %%shell: the commands ended with exit status 3");
        assertThat(client.execute("!exit 4").printed("stderr")).isEqualTo("exit status 4\n");
    }

    @Test
    void anInterruptEndsTheWholeTreeOfACommand() throws Exception {
        Path pid = folder.resolve("pid");
        Message request = client.submit("%%bash\nsleep 300 & echo $! > " + pid + "; echo ready; wait");
        while (!client.broadcast().content().path("text").asText().contains("ready")) {
            continue;
        }
        long child = Long.parseLong(Files.readString(pid).strip());

        client.session().interrupt();

        assertThat(client.await(request).reply().path("ename").asText()).isEqualTo("Interrupted");
        ProcessHandle.of(child).ifPresent(process -> process.onExit().join());
        assertThat(ProcessHandle.of(child).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void theEnvironmentIsShownWithoutItsSecrets() {
        String set = printed("%env MOVIOLA_TEST_KEY=hush\n%env MOVIOLA_TEST_PLAIN = loud");

        assertThat(set).contains("MOVIOLA_TEST_KEY=(hidden)").contains("MOVIOLA_TEST_PLAIN=loud");
        assertThat(printed("%env")).contains("MOVIOLA_TEST_PLAIN=loud").doesNotContain("hush");
        assertThat(printed("%env MOVIOLA_TEST_KEY")).isEqualTo("(hidden)\n");
        assertThat(printed("!echo $MOVIOLA_TEST_KEY")).isEqualTo("hush\n");
        assertThat(printed("%env MOVIOLA_TEST_URL=http://me:pass@host/\n")).contains("http://(hidden)@host/");
        assertThat(client.execute("%env MOVIOLA_NOT_THERE").traceback()).contains("there is no environment variable");
    }

    @Test
    void declarationsAreListedAndForgotten() throws Exception {
        Path other = Files.createDirectories(folder.resolve("other"));
        try (KernelClient fresh = new KernelClient(other)) {
            assertThat(fresh.execute("%who").printed("stdout")).isEqualTo("none\n");
            fresh.execute(
                    "int x = 1;\nString f(int a) { return \"\" + a; }\nrecord R(int a) {}\nimport java.awt.Color;");

            assertThat(fresh.execute("%who").printed("stdout")).isEqualTo("int x\n");
            assertThat(fresh.execute("%jshell /methods").printed("stdout")).isEqualTo("String f(int)\n");
            assertThat(fresh.execute("%jshell /types").printed("stdout")).isEqualTo("record R\n");
            assertThat(fresh.execute("%jshell /imports").printed("stdout")).contains("import java.awt.Color;");
            assertThat(fresh.execute("%jshell /list").printed("stdout")).contains("int x = 1;");
            assertThat(fresh.execute("%jshell /save x").traceback()).contains("%jshell takes one of /vars");

            fresh.execute("%reset");

            assertThat(fresh.execute("%who").printed("stdout")).isEqualTo("none\n");
            assertThat(fresh.execute("x").status()).isEqualTo("error");
            assertThat(fresh.execute("String x = \"new\";\nList.of(x)").result())
                    .contains("new");
        }
    }

    @Test
    void markupIsShownAsItself() {
        Executed html = client.execute("%%html\n<b>bold</b>");
        Executed markdown = client.execute("%%markdown\n# Title");

        assertThat(html.shown().toString()).contains("text/html").contains("<b>bold</b>");
        assertThat(markdown.shown().toString()).contains("text/markdown").contains("# Title");
    }

    @Test
    void aCellIsWrittenToAFileAndLoaded() throws IOException {
        Path file = folder.resolve("with blank.jsh");
        printed("%%writefile \"" + file + "\"\nint written = 20;");
        printed("%%writefile -a \"" + file + "\"\nwritten + 22");

        assertThat(Files.readString(file)).isEqualTo("int written = 20;\nwritten + 22\n");
        assertThat(client.execute("%load '" + file + "'").result()).isEqualTo("42");
        assertThat(client.execute("%load nothing").traceback())
                .contains("there is no file")
                .contains("nothing");
    }

    @Test
    void sourcesAndNotebooksAreLoaded() throws IOException {
        Path source = Files.writeString(
                folder.resolve("Shape.java"),
                "package some.where;\n\npublic class Shape { int sides() { return 4; } }");
        Path notebook = Files.writeString(
                folder.resolve("part.ipynb"),
                "{\"cells\": [{\"cell_type\": \"markdown\", \"source\": [\"x\"]},"
                        + "{\"cell_type\": \"code\", \"source\": [\"int part = 1;\\n\", \"!echo hello\"]},"
                        + "{\"cell_type\": \"code\", \"source\": \"part + 1\"}]}");

        assertThat(client.execute("%load " + source + "\nnew Shape().sides()").result())
                .isEqualTo("4");
        Executed loaded = client.execute("%load " + notebook.toString().replace(".ipynb", ""));
        assertThat(loaded.result()).isEqualTo("2");
        assertThat(loaded.printed("stdout")).isEqualTo("hello\n");
        Path broken = Files.writeString(folder.resolve("broken.ipynb"), "{");
        assertThat(client.execute("%load " + broken).traceback()).contains("is not a notebook");
    }

    @Test
    void theHelperFunctionsOfIJavaAreThere() {
        Executed shown = client.execute(
                "String id = display(\"<i>a</i>\", \"text/html\");\nupdateDisplay(id, \"b\");\nrender(7).plain()");

        assertThat(shown.types()).containsSubsequence("display_data", "update_display_data", "execute_result");
        assertThat(shown.shown().toString()).contains("<i>a</i>");
        assertThat(client.execute("int seven = (int) eval(\"3 + 4\");\nseven").result())
                .isEqualTo("7");
        assertThat(client.execute("lineMagic(\"time\", List.of(\"1\", \"+\", \"1\"))")
                        .result())
                .isEqualTo("2");
        assertThat(printed("cellMagic(\"bash\", List.of(), \"echo hi\");")).isEqualTo("hi\n");
        assertThat(client.execute("lineMagic(\"no\", List.of())").traceback()).contains("there is no magic %no");
    }

    @Test
    void aFunctionOfTheUserWinsOverAHelperOfThatName() {
        assertThat(client.execute("String password(String o) { return \"mine\"; }\npassword(\"\")")
                        .result())
                .isEqualTo("mine");
    }

    @Test
    void theWordsOfALineMayBeQuoted() {
        List<String> words = List.of("a", "b c", "", "d\"e", "f\\ g", "'");

        assertThat(Arguments.split(Arguments.join(words))).isEqualTo(words);
        assertThat(Stream.of("  a   'b c' d\"e f\"g ").flatMap(line -> Arguments.split(line).stream()))
                .containsExactly("a", "b c", "de fg");
    }
}
