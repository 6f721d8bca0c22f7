package dev.moviola.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moviola.kernel.protocol.Message;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelTest {
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

    private static ObjectNode code(String code) {
        return Message.object().put("code", code);
    }

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
    void loopsAndSleepsAreStopped() {
        client.execute("int lives = 7;");
        for (String endless : List.of(
                "System.out.println(\"begun\"); while (true) {}",
                "System.out.println(\"begun\"); while (true) try { Thread.sleep(5); } catch (Throwable t) {}",
                "System.out.println(\"begun\"); Thread.sleep(600_000);",
                "System.out.println(\"begun\"); Thread spin = new Thread(() -> { while (true) {} }); spin.start(); spin.join();")) {
            Message request = client.submit(endless);
            while (!client.broadcast().type().equals("stream")) {
                continue;
            }
            assertThat(client.askControl("interrupt_request", Message.object())
                            .path("status")
                            .asText())
                    .isEqualTo("ok");
            assertThat(client.await(request).reply().path("ename").asText()).isEqualTo("Interrupted");
        }
        assertThat(client.execute("lives").result()).isEqualTo("7");
        assertThat(client.execute("""
                                Thread.getAllStackTraces().entrySet().stream()
                                    .filter(e -> e.getKey().getThreadGroup() != null
                                        && e.getKey() != Thread.currentThread()
                                        && e.getKey().getThreadGroup().getName().startsWith("cell"))
                                    .map(e -> e.getKey() + Arrays.toString(e.getValue())).toList()
                                """).result()).isEqualTo("[]");
    }

    @Test
    void noLineIsLost() {
        KernelClient.Executed printed =
                client.execute("for (int i = 0; i < 200_000; i++) System.out.println(\"line \" + i + \" ü\");");
        List<String> lines = printed.printed("stdout").lines().toList();
        assertThat(lines).hasSize(200_000).endsWith("line 199999 ü");
        assertThat(printed.shown()).hasSizeLessThan(2_000);
    }

    @Test
    void charactersSurviveSplitWritesAndStreamsKeepTheirOrder() {
        KernelClient.Executed printed = client.execute("""
                byte[] face = "\uD83D\uDE00".getBytes("UTF-8");
                for (byte b : face) { System.out.write(b); System.out.flush(); Thread.sleep(30); }
                System.err.print("!");
                System.out.print("end");
                """);
        assertThat(printed.printed("stdout")).isEqualTo("\uD83D\uDE00end");
        assertThat(printed.printed("stderr")).isEqualTo("!");
    }

    @Test
    void aThreadThatOutlivesItsCellPrintsIntoIt() {
        Message request = client.submit("""
                var go = new java.util.concurrent.CountDownLatch(1);
                new Thread(() -> { try { go.await(); } catch (InterruptedException e) {} System.out.println("late"); }).start();
                """);
        assertThat(client.await(request).status()).isEqualTo("ok");
        client.submit("go.countDown();");
        Message late = client.broadcast();
        while (!late.type().equals("stream")) {
            late = client.broadcast();
        }
        client.shellReply();
        assertThat(late.parent().path("msg_id").asText()).isEqualTo(request.id());
    }

    @Test
    void aSilentCellIsQuietAndNotCounted() {
        int before = client.execute("1").reply().path("execution_count").asInt();
        KernelClient.Executed silent =
                client.execute(code("System.out.println(\"x\"); 5").put("silent", true));
        assertThat(silent.shown()).isEmpty();
        assertThat(silent.reply().path("execution_count").asInt()).isEqualTo(before);
        client.execute(code("6").put("store_history", false));
        assertThat(client.execute("1").reply().path("execution_count").asInt()).isEqualTo(before + 1);
    }

    @Test
    void userExpressionsAreEvaluated() {
        ObjectNode content = code("int u = 6;");
        content.putObject("user_expressions").put("good", "u * 7").put("bad", "nowhere");
        ObjectNode reply = client.execute(content).reply();
        assertThat(reply.at("/user_expressions/good/data/text~1plain").asText()).isEqualTo("42");
        assertThat(reply.at("/user_expressions/bad/status").asText()).isEqualTo("error");
    }

    @Test
    void cellsQueuedBehindAFailureAreAborted() {
        client.submit("Thread.sleep(300); throw new Exception(\"first\");");
        Message second = client.submit("2");
        assertThat(client.shellReply().content().path("status").asText()).isEqualTo("error");
        assertThat(client.await(second).status()).isEqualTo("aborted");
    }

    @Test
    void messagesThatCannotBeTrustedAreIgnored() {
        Message wrong = client.request("execute_request", code("9"));
        List<byte[]> frames = new java.util.ArrayList<>(client.frames(wrong));
        frames.set(1, "0".repeat(64).getBytes(StandardCharsets.US_ASCII));
        client.sendFrames(frames);
        frames.set(1, new byte[0]);
        client.sendFrames(frames);
        client.sendFrames(List.of("rubbish".getBytes(StandardCharsets.US_ASCII)));
        List<byte[]> good = client.frames(client.request("kernel_info_request", Message.object()));
        client.sendFrames(good);
        client.sendFrames(good);

        assertThat(client.shellReply().type()).isEqualTo("kernel_info_reply");
        assertThat(client.execute("8").result()).isEqualTo("8");
        assertThat(client.execute(Message.object().put("code", 5)).status()).isEqualTo("error");
    }

    @Test
    void theKernelDescribesItselfOnShellAndControlAlsoWhileBusy() {
        Message busy = client.submit("System.out.println(\"busy\"); new Scanner(System.in).nextLine()");
        Message question = client.question();
        assertThat(client.askControl("kernel_info_request", Message.object())
                        .path("status")
                        .asText())
                .isEqualTo("ok");
        assertThat(client.ask("kernel_info_request", Message.object())
                        .at("/language_info/name")
                        .asText())
                .isEqualTo("java");
        assertThat(client.ask("complete_request", code("\"abc\".len").put("cursor_pos", 9))
                        .path("matches")
                        .toString())
                .contains("length()");
        client.answer(question, "grüße");
        assertThat(client.await(busy).result()).isEqualTo("grüße");
    }

    @Test
    void passwordsAreAskedForAndOutputIsCleared() {
        Message request = client.submit(
                "dev.moviola.kernel.Notebook.clearOutput(true); dev.moviola.kernel.Notebook.password(\"key: \").length()");
        Message question = client.question();
        assertThat(question.content().path("password").asBoolean()).isTrue();
        assertThat(question.content().path("prompt").asText()).isEqualTo("key: ");
        client.answer(question, "secret");
        KernelClient.Executed executed = client.await(request);
        assertThat(executed.result()).isEqualTo("6");
        assertThat(executed.types()).contains("clear_output");
        assertThat(client.execute(code("new Scanner(System.in).nextLine()").put("allow_stdin", false))
                        .status())
                .isEqualTo("error");
    }

    @Test
    void aSubshellRunsBesideALongCell() {
        String id = client.askControl("create_subshell_request", Message.object())
                .path("subshell_id")
                .asText();
        assertThat(client.askControl("list_subshell_request", Message.object())
                        .path("subshell_id")
                        .toString())
                .contains(id);
        Message busy = client.submit("new Scanner(System.in).nextLine()");
        Message question = client.question();
        Message beside = client.request("execute_request", code("1 + 2"));
        beside.header().put("subshell_id", id);
        client.sendShell(beside);
        assertThat(client.await(beside).result()).isEqualTo("3");
        client.answer(question, "done");
        assertThat(client.await(busy).result()).isEqualTo("done");
        ObjectNode which = Message.object().put("subshell_id", id);
        assertThat(client.askControl("delete_subshell_request", which)
                        .path("status")
                        .asText())
                .isEqualTo("ok");
        assertThat(client.askControl("delete_subshell_request", which.deepCopy())
                        .path("status")
                        .asText())
                .isEqualTo("error");
    }

    @Test
    void completionCountsCodePoints() {
        ObjectNode reply =
                client.ask("complete_request", code("\"\uD83D\uDE00\".len").put("cursor_pos", 7));
        assertThat(reply.path("matches").toString()).contains("length()");
        assertThat(reply.path("cursor_start").asInt()).isEqualTo(4);
        assertThat(reply.path("cursor_end").asInt()).isEqualTo(7);
    }

    @Test
    void inspectionFindsSignatures() {
        for (int cursor : new int[] {13, 18, 19}) {
            assertThat(client.ask(
                                    "inspect_request",
                                    code("Math.max(1, Math.abs(2)").put("cursor_pos", cursor))
                            .path("status")
                            .asText())
                    .isEqualTo("ok");
        }
        assertThat(client.ask("inspect_request", code("\"a\".length").put("cursor_pos", 10))
                        .path("data")
                        .toString())
                .contains("int String.length()");
        assertThat(client.ask("inspect_request", code("nowhere").put("cursor_pos", 7))
                        .path("found")
                        .asBoolean(true))
                .isFalse();
    }

    @Test
    void cellsAreCompleteIncompleteOrInvalid() {
        assertThat(client.ask("is_complete_request", code("int i = 5;"))).hasToString("{\"status\":\"complete\"}");
        assertThat(client.ask("is_complete_request", code("for (;;) {"))
                        .path("status")
                        .asText())
                .isEqualTo("incomplete");
        assertThat(client.ask("is_complete_request", code("int = 5;"))
                        .path("status")
                        .asText())
                .isEqualTo("invalid");
    }

    @Test
    void theHistoryIsKept() {
        client.execute("int remembered = 1;");
        ObjectNode search = Message.object()
                .put("hist_access_type", "search")
                .put("pattern", "int rem*ed = ?;")
                .put("output", false);
        assertThat(client.ask("history_request", search).path("history").size()).isEqualTo(1);
        ObjectNode tail =
                Message.object().put("hist_access_type", "tail").put("n", 1).put("output", true);
        assertThat(client.ask("history_request", tail).path("history").toString())
                .contains("[\"");
        ObjectNode range = Message.object()
                .put("hist_access_type", "range")
                .put("session", 0)
                .put("start", 1)
                .put("stop", 2);
        assertThat(client.ask("history_request", range).path("history").size()).isEqualTo(1);
        assertThat(folder.resolve("history.jsonl")).isNotEmptyFile();
    }

    @Test
    void aCommToNowhereIsClosedAndTheHeartBeats() {
        Message open =
                client.request("comm_open", Message.object().put("comm_id", "c").put("target_name", "none"));
        client.sendShell(open);
        Message message = client.broadcast();
        while (!message.type().equals("comm_close")) {
            message = client.broadcast();
        }
        assertThat(message.content().path("comm_id").asText()).isEqualTo("c");
        assertThat(client.ask("comm_info_request", Message.object())
                        .path("comms")
                        .isObject())
                .isTrue();
        assertThat(client.heartbeat(new byte[] {1, 2})).containsExactly(1, 2);
    }

    @Test
    void valuesAreDisplayedAndUpdated() {
        KernelClient.Executed shown = client.execute(
                "dev.moviola.display.Display.show(\"d\", new int[] {1, 2}); dev.moviola.display.Display.update(\"d\", 3);");
        assertThat(shown.types()).contains("display_data", "update_display_data");
        assertThat(shown.shown().get(1).content().at("/transient/display_id").asText())
                .isEqualTo("d");
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

    @Test
    void aShutdownIsAnsweredAlsoInALoop() throws InterruptedException {
        try (KernelClient other = new KernelClient(folder.resolve("other"))) {
            other.submit("while (true) {}");
            assertThat(other.askControl("shutdown_request", Message.object().put("restart", true))
                            .path("restart")
                            .asBoolean())
                    .isTrue();
            other.session().await();
        }
    }

    private Message next(String type) {
        Message message = client.broadcast();
        while (!message.type().equals(type)) {
            message = client.broadcast();
        }
        return message;
    }

    @Test
    void codeInCellsTalksToTheFrontEnd() {
        client.execute("""
                Notebook.comms().register("doubler", (comm, data) -> {
                    System.out.println("opened with " + data);
                    comm.onMessage(m -> comm.send(Map.of("twice", 2 * (Integer) m.get("n"))));
                });
                Notebook.comms().register("broken", (comm, data) -> { throw new IllegalStateException("not today"); });
                """);
        ObjectNode open = Message.object().put("comm_id", "one").put("target_name", "doubler");
        open.putObject("data").put("a", 1);
        client.sendShell(client.request("comm_open", open));
        assertThat(next("stream").content().path("text").asText()).isEqualTo("opened with {a=1}\n");
        ObjectNode tell = Message.object().put("comm_id", "one");
        tell.putObject("data").put("n", 21);
        Message told = client.request("comm_msg", tell);
        client.sendShell(told);
        Message answer = next("comm_msg");
        assertThat(answer.content().at("/data/twice").asInt()).isEqualTo(42);
        assertThat(answer.parent().path("msg_id").asText()).isEqualTo(told.id());
        ObjectNode which = Message.object().put("target_name", "doubler");
        assertThat(client.ask("comm_info_request", which).path("comms").has("one"))
                .isTrue();
        client.sendShell(client.request("comm_close", Message.object().put("comm_id", "one")));
        client.sendShell(client.request(
                "comm_open", Message.object().put("comm_id", "two").put("target_name", "broken")));
        assertThat(next("comm_close").content().path("comm_id").asText()).isEqualTo("two");
        assertThat(next("stream").content().path("text").asText()).contains("not today");
        assertThat(client.execute("Notebook.comms().open(\"front\", Map.of()).close();")
                        .types())
                .contains("comm_open", "comm_close");
        assertThat(client.ask("comm_info_request", Message.object())
                        .path("comms")
                        .size())
                .isZero();
    }

    @Test
    void thePageOfATableIsTurnedAlsoWhileACellRuns() {
        String table = "Table.create(LongColumn.create(\"n\", LongStream.range(0, 1000).toArray()))";
        assertThat(htmlOf(table)).doesNotContain("\"line\"");
        client.session().knownAs("k-1");
        String html = htmlOf(table);
        assertThat(html).contains("\"kernel\":\"k-1\"");
        String id = html.replaceFirst("(?s).*\"line\":\\{[^}]*\"id\":\"([^\"]+)\".*", "$1");

        Message busy = client.submit("System.out.println(\"begun\"); Thread.sleep(600_000);");
        next("stream");
        ObjectNode open = Message.object().put("comm_id", "p").put("target_name", "dev.moviola.display");
        open.putObject("data").put("id", id);
        client.sendShell(client.request("comm_open", open));
        ObjectNode tell = Message.object().put("comm_id", "p");
        tell.putObject("data").putObject("question").put("from", 998).put("count", 5);
        client.sendShell(client.request("comm_msg", tell));
        assertThat(next("comm_msg").content().at("/data/answer/rows"))
                .hasToString("[[[\"998\",998.0]],[[\"999\",999.0]]]");
        tell.putObject("data").putObject("question").put("sort", 9);
        client.sendShell(client.request("comm_msg", tell));
        assertThat(next("comm_msg").content().at("/data/refused").asText()).contains("a page must begin");
        open.put("comm_id", "q").putObject("data").put("id", "unknown");
        client.sendShell(client.request("comm_open", open));
        assertThat(next("comm_close").content().path("comm_id").asText()).isEqualTo("q");
        client.sendShell(client.request("comm_close", Message.object().put("comm_id", "p")));
        client.session().interrupt();
        assertThat(client.await(busy).status()).isEqualTo("error");
    }

    private String htmlOf(String expression) {
        return client.execute(expression).shown().stream()
                .map(message -> message.content().at("/data/text~1html").asText())
                .collect(java.util.stream.Collectors.joining());
    }

    private ObjectNode complete(String code) {
        return client.ask("complete_request", code(code).put("cursor_pos", code.length()));
    }

    @Test
    void completionsSayWhatTheyAreAndOfferTypesThatAreNotImported() {
        ObjectNode reply = complete("int q = \"abc\".len");
        assertThat(reply.at("/metadata/_jupyter_types_experimental/0/type").asText())
                .isEqualTo("function");
        assertThat(complete("new XYChartB").path("matches").toString()).contains("XYChartBuilder");
        assertThat(complete("AtomicInteger").path("matches").toString())
                .contains("java.util.concurrent.atomic.AtomicInteger");
        assertThat(complete("Math.ma").path("matches").toString()).contains("max(");
    }

    @Test
    void magicsAndTheirFilesAreCompleted() throws Exception {
        java.nio.file.Files.createDirectories(folder.resolve("data"));
        java.nio.file.Files.writeString(folder.resolve("data-file.csv"), "a");
        assertThat(complete("%teste").path("matches").toString()).isEqualTo("[\"testecho\",\"testeval\"]");
        ObjectNode files = complete("int i = 0;\n%testecho " + folder + "/dat");
        assertThat(files.path("matches").toString()).contains("data-file.csv", "data/");
        assertThat(complete("!cat " + folder.resolve("nowhere") + "/")
                        .path("matches")
                        .size())
                .isZero();
        assertThat(complete("int r = 7 % tes").path("matches").toString()).doesNotContain("testecho");
    }

    @Test
    void inspectionIsAlsoRichAndHarmless() {
        String html = client.ask("inspect_request", code("Math.max(").put("cursor_pos", 9))
                .at("/data/text~1html")
                .asText();
        assertThat(html).contains("<code>").contains("Math.max(").doesNotContain("<script");
    }

    @Test
    void tablesChartsAndPicturesAreShownAsWhatTheyAre() {
        assertThat(shown("Table.create(\"t\", DoubleColumn.create(\"x\", 1, 2))")
                        .fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("text/plain", "text/html");
        assertThat(shown("new java.awt.image.BufferedImage(2, 2, 1)").has("image/png"))
                .isTrue();
        assertThat(shown("QuickChart.getChart(\"c\", \"x\", \"y\", \"s\", new double[] {1, 2}, new double[] {1, 2})")
                        .has("image/png"))
                .isTrue();
        assertThat(shown("new int[100_000]").path("text/plain").asText()).contains("100000 items");
    }

    private ObjectNode shown(String code) {
        return client.execute(code).shown().stream()
                .filter(message -> message.type().equals("execute_result"))
                .map(message -> (ObjectNode) message.content().path("data"))
                .findFirst()
                .orElseGet(Message::object);
    }
}
