package dev.moviola.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

/** What an editor asks about a cell. */
class KernelAssistTest extends KernelFixture {
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
    void completionsSayWhatTheyAreAndOfferTypesThatAreNotImported() {
        ObjectNode reply = complete("int q = \"abc\".len");
        assertThat(reply.at("/metadata/_jupyter_types_experimental/0/type").asText())
                .isEqualTo("function");
        assertThat(complete("new XYChartB").path("matches").toString()).contains("XYChartBuilder");
        // JShell reads the names of all types in the background; until it is done it offers none.
        String offered = "[]";
        while (offered.equals("[]")) {
            offered = complete("AtomicInteger").path("matches").toString();
        }
        assertThat(offered).contains("java.util.concurrent.atomic.AtomicInteger");
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

    private ObjectNode complete(String code) {
        return client.ask("complete_request", code(code).put("cursor_pos", code.length()));
    }
}
