package dev.moviola.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moviola.MoviolaException;
import dev.moviola.display.Answerer;
import dev.moviola.display.Display;
import dev.moviola.display.DisplayTarget;
import dev.moviola.display.MimeBundle;
import dev.moviola.display.PageLine;
import dev.moviola.rehearsal.RehearsalRenderer;
import dev.moviola.rehearsal.Take;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class TableViewTest {
    private final List<Answerer> answerers = new ArrayList<>();

    private String shown(Object value) {
        DisplayTarget kernel = new DisplayTarget() {
            @Override
            public void show(String id, MimeBundle bundle) {}

            @Override
            public void update(String id, MimeBundle bundle) {}

            @Override
            public Optional<PageLine> answering(Answerer answerer) {
                answerers.add(answerer);
                return Optional.of(new PageLine("k", "t", "i" + answerers.size()));
            }
        };
        try (Display.Redirect redirect = Display.redirect(kernel)) {
            return Display.bundle(value).textForm(MimeBundle.HTML).orElseThrow();
        }
    }

    private static Table thousand() {
        DoubleColumn value = DoubleColumn.create("value");
        StringColumn word = StringColumn.create("word");
        for (int i = 0; i < 1_000; i++) {
            if (i % 100 == 7) {
                value.appendMissing();
            } else {
                value.append(i * 37 % 1_000);
            }
            word.append("w" + i % 10);
        }
        return Table.create(
                "thousand",
                LongColumn.create("n", IntStream.range(0, 1_000).asLongStream().toArray()),
                value,
                word);
    }

    private List<List<Object>> rows(Map<String, ?> question) {
        @SuppressWarnings("unchecked")
        List<List<Object>> rows =
                (List<List<Object>>) answerers.get(0).answer(question).get("rows");
        return rows;
    }

    private List<Object> first(Map<String, ?> question) {
        return rows(question).stream()
                .map(row -> ((List<?>) row.get(0)).get(0))
                .map(Object.class::cast)
                .toList();
    }

    @Test
    void whatIsSavedHoldsTheFirstRowsAndWhereToAskForTheOthers() {
        String html = shown(thousand());
        assertThat(html)
                .contains(
                        "\"total\":1000",
                        "\"line\":{",
                        "\"kernel\":\"k\"",
                        "rows 1 to 20 of 1,000 rows",
                        "[\"199\",199.0]")
                .doesNotContain("[\"200\",200.0]");
    }

    @Test
    void aPageIsAnsweredInTheOrderThatWasAskedFor() {
        shown(thousand());
        assertThat(first(Map.of("from", 20, "count", 3))).containsExactly("20", "21", "22");
        List<Object> descending = first(Map.of("from", 0, "count", 3, "sort", 1, "descending", true));
        assertThat(descending).containsExactly("27", "54", "81");
        assertThat(first(Map.of("from", 990, "count", 20, "sort", 1)))
                .as("missing values come last, in their order")
                .containsExactly("7", "107", "207", "307", "407", "507", "607", "707", "807", "907");
        assertThat(first(Map.of("from", 0, "count", 3, "sort", 2)))
                .as("equal values stay in order")
                .containsExactly("0", "10", "20");
        assertThat(first(Map.of("from", 5_000, "count", 5))).containsExactly("999");
        assertThat(rows(Map.of("count", 1_000_000))).as("a page has its limit").hasSize(200);
    }

    @Test
    void aQuestionThatMakesNoSenseIsRefused() {
        shown(thousand());
        for (Map<String, ?> question : List.<Map<String, ?>>of(
                Map.of("sort", 3), Map.of("from", -1), Map.of("count", 0), Map.of("from", Integer.MIN_VALUE))) {
            assertThatThrownBy(() -> rows(question))
                    .isInstanceOf(MoviolaException.class)
                    .hasMessageContaining("a page must begin at 0 or later");
        }
        assertThat(first(Map.of("sort", "by name", "count", List.of()))).containsExactly("0");
    }

    @Test
    void aTableThatWasCutSaysThatTheCellIsToBeRunAgain() {
        Table table = thousand();
        shown(table);
        table.clear();
        assertThatThrownBy(() -> rows(Map.of("from", 500)))
                .isInstanceOf(MoviolaException.class)
                .hasMessageContaining("run the cell again");
    }

    @Test
    void aTableOfOnePageAsksNobody() {
        String html = shown(Table.create(
                LongColumn.create("n", 3, 1, 2),
                DateColumn.create("day", java.time.LocalDate.of(2026, 1, 2), null, java.time.LocalDate.MIN)));
        assertThat(html).contains("2026-01-02").contains("\"total\":3");
    }

    @Test
    void eachClipHasItsPictureInFront(@TempDir Path folder) throws Exception {
        Files.createDirectories(folder.resolve("run/clips"));
        RehearsalRenderer.render(new Take("samurai vs T-rex", 1, 0.5, 160, 90, 8), folder.resolve("run/clips/a.mp4"));
        Files.copy(folder.resolve("run/clips/a.mp4"), folder.resolve("outside.mp4"));
        Table table = Table.create(StringColumn.create("clip", "clips/a.mp4", "", "../outside.mp4", "none\0.mp4"));
        String html = shown(TableView.of(table).withPosters(folder.resolve("run")));
        assertThat(html.split("<img alt=\"\" src=\"data:image/jpeg;base64,", -1))
                .hasSize(2);
        assertThat(html).contains("\"picture\":true", ">poster <small>");
        assertThatThrownBy(() -> TableView.of(thousand()).withPosters(folder))
                .hasMessageContaining("must have a column clip, but has only [n, value, word]");
    }

    @Test
    void aPageHasAsManyRowsAsWanted() {
        assertThat(shown(TableView.of(thousand()).withRows(50))).contains("rows 1 to 50 of 1,000 rows");
        assertThatThrownBy(() -> TableView.of(thousand()).withRows(201)).hasMessageContaining("must be in 1..200");
    }
}
