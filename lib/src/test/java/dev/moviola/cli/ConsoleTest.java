package dev.moviola.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.moviola.cli.internal.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsoleTest {
    private static final Terminal SCREEN = new Terminal(true, true, true, 30, true, true);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void inAPipeThereAreNoControlCharactersWhateverIsPrinted() {
        Console console = console(Terminal.none(), "");
        console.heading("a \u001B[31mheading\u0007");
        console.print("text \u0000\u009B \u202E\r\n\tindented");
        console.progress("10 \u001B[2J of 20");
        console.progress("11 of 20");
        console.note("note \u001B]0;title\u0007");
        console.clearProgress();
        console.flush();

        assertThat(text(out) + text(err)).doesNotContainPattern("[\\p{Cntrl}&&[^\n\t]]");
        assertThat(text(out)).isEqualTo("a \uFFFD[31mheading\uFFFD\ntext \uFFFD\uFFFD \uFFFD \n\tindented\n");
        assertThat(text(err)).isEqualTo("10 \uFFFD[2J of 20\nnote \uFFFD]0;title\uFFFD\n");
    }

    @Test
    void onATerminalProgressRewritesItsLineAndMakesRoomForOthers() {
        Console console = console(SCREEN, "");
        console.progress("1 of 2, and a text that is longer than the line");
        console.note("by the way");
        console.progress("2 of 2");
        console.clearProgress();

        assertThat(text(err))
                .isEqualTo("\r1 of 2, and a text that is l…\u001B[K\r\u001B[Kby the way\n\r2 of 2\u001B[K\r\u001B[K");
    }

    @Test
    void aDumbTerminalGetsPlainLines() {
        Console console = console(new Terminal(true, true, true, 80, false, false), "");
        console.progress("1 of 2");
        console.heading("heading");

        assertThat(text(err) + text(out)).isEqualTo("1 of 2\nheading\n");
    }

    @Test
    void withJsonStandardOutputHoldsTheDocumentAlone() {
        Console console = console(Terminal.none(), "");
        console.onlyJson(true);
        console.print("a table");
        console.heading("a heading");
        console.json(Map.of("seconds", 3));

        assertThat(text(out)).isEqualToIgnoringWhitespace("{\"seconds\": 3}");
        assertThat(text(err)).isEqualTo("a table\na heading\n");
    }

    @Test
    void aStreamedDocumentLeavesTheConsoleOpen() throws IOException {
        Console console = console(Terminal.none(), "");
        try (JsonGenerator json = console.jsonStream()) {
            json.writeStartArray();
            json.writeEndArray();
        }
        console.print("after");
        console.flush();

        assertThat(text(out)).isEqualToIgnoringWhitespace("[ ]after");
    }

    @Test
    void aTableIsAsWideAsTheTerminalAndUncutInAPipe() {
        TextTable table = new TextTable("what", ">n").row("a very long text that needs to be cut here", 7);
        console(SCREEN, "").print(table);
        assertThat(text(out)).contains("\u001B[1mwhat").contains("a very long text that need…  7\n");

        out.reset();
        Console pipe = console(Terminal.none(), "");
        pipe.print(table);
        pipe.flush();
        assertThat(text(out)).contains("a very long text that needs to be cut here  7\n");
    }

    @Test
    void consentIsAskedForOnATerminalOnly() {
        assertThat(console(SCREEN, "y\n").confirm("Spend $3?", false)).isTrue();
        assertThat(console(SCREEN, "YES\n").confirm("Spend $3?", false)).isTrue();
        assertThat(console(SCREEN, "\n").confirm("Spend $3?", false)).isFalse();
        assertThat(console(SCREEN, "").confirm("Spend $3?", false)).isFalse();
        assertThat(text(err)).startsWith("Spend $3? [y/N] ");
        assertThat(console(Terminal.none(), "").confirm("Spend $3?", true)).isTrue();
        assertThatThrownBy(() -> console(Terminal.none(), "y\n").confirm("Spend $3?", false))
                .isInstanceOf(UsageException.class)
                .hasMessage("Spend $3? Nobody can answer here; add --yes to go ahead.");
        assertThat(console(Terminal.none(), "").canAsk()).isFalse();
    }

    @Test
    void itIsKnownWhenTheReaderHasGone() {
        Console console = new Console(
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("Broken pipe");
                    }
                },
                err,
                new ByteArrayInputStream(new byte[0]),
                Terminal.none());
        for (int i = 0; i < 600; i++) {
            console.print("line");
        }

        assertThat(console.outGone()).isTrue();
    }

    @Test
    void whatIsNotFitForJsonIsAFault() {
        Console console = console(Terminal.none(), "");

        assertThatThrownBy(() -> console.json(new Object())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void widthsFollowTheCellsOfATerminal() {
        assertThat(TextWidth.of("abc")).isEqualTo(3);
        assertThat(TextWidth.of("サムライ")).isEqualTo(8);
        assertThat(TextWidth.of("e\u0301")).isEqualTo(1);
        assertThat(TextWidth.of("\uD83D\uDC69\u200D\uD83D\uDCBB")).isEqualTo(2);
        assertThat(TextWidth.fit("サムライ", 5)).isEqualTo("サム…");
        assertThat(TextWidth.fit("abc", 0)).isEmpty();
        assertThat(TextWidth.oneLine("a\tb\u2028c\u0085")).isEqualTo("a b c ");
        assertThat(new TextTable("名", ">n").row("サムライ", 1).row("ab", 22).lines(80))
                .isEqualTo(List.of("名         n", "サムライ   1", "ab        22"));
    }

    @Test
    void aTableKeepsItsShape() {
        TextTable table = new TextTable("a", "b");
        assertThatThrownBy(() -> table.row("only one")).hasMessage("a row needs 2 cells, but got 1");
        assertThat(table.row("abcdefghij", "klmnopqrst").lines(3)).contains("abcde…  klmno…");
        assertThat(table.size()).isEqualTo(1);
    }

    private Console console(Terminal terminal, String input) {
        return new Console(out, err, new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), terminal);
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
