package dev.moviola.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moviola.kernel.protocol.Message;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What cells print and show. */
class KernelOutputTest extends KernelFixture {
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
    void valuesAreDisplayedAndUpdated() {
        KernelClient.Executed shown = client.execute(
                "dev.moviola.display.Display.show(\"d\", new int[] {1, 2}); dev.moviola.display.Display.update(\"d\", 3);");
        assertThat(shown.types()).contains("display_data", "update_display_data");
        assertThat(shown.shown().get(1).content().at("/transient/display_id").asText())
                .isEqualTo("d");
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

    private Message next(String type) {
        Message message = client.broadcast();
        while (!message.type().equals(type)) {
            message = client.broadcast();
        }
        return message;
    }
}
