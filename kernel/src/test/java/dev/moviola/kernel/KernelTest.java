package dev.moviola.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moviola.kernel.protocol.Message;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What clients ask of a kernel, and what it does with messages. */
class KernelTest extends KernelFixture {
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

    @Test
    void aVariableThatIsNullIsCalledByItsName() {
        assertThat(client.execute("String nothing = null;\nnothing.length()").traceback())
                .contains("because \"nothing\" is null");
    }

    @Test
    void theFormMayComeBeforeOrBehindWhatIsDisplayed() {
        for (String call : List.of("display(\"text/html\", \"<b>x</b>\");", "display(\"<b>x</b>\", \"text/html\");")) {
            assertThat(client.execute(call).shown().toString()).contains("\"text/html\":\"<b>x</b>\"");
        }
        client.execute("String formed = display(\"old\");");
        for (String call : List.of(
                "updateDisplay(formed, \"text/html\", \"<b>x</b>\");",
                "updateDisplay(formed, \"<b>x</b>\", \"text/html\");")) {
            assertThat(client.execute(call).shown().toString()).contains("\"text/html\":\"<b>x</b>\"");
        }
    }
}
