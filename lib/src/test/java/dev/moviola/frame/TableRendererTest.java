package dev.moviola.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moviola.display.Display;
import dev.moviola.display.MimeBundle;
import dev.moviola.display.RenderLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class TableRendererTest {
    private static final Path GOLDEN = Path.of("src", "test", "resources", "dev", "moviola", "frame", "table.html");

    @Test
    void aTableLooksAsItDid() throws Exception {
        Table table = Table.create(
                "clips",
                StringColumn.create("prompt", "a <b>cat</b>", "two\nlines", ""),
                LongColumn.create("rank", 1, 2, 3),
                DoubleColumn.create("warp", 0.125, 1, Double.NaN),
                DoubleColumn.create("overall", 98.76, 25, Double.NaN),
                DoubleColumn.create("price", 0.4, 1_250_000.5, 0.00002));
        MimeBundle bundle = Display.bundle(table);
        String html = bundle.textForm(MimeBundle.HTML).orElseThrow() + "\n";
        if (Boolean.getBoolean("moviola.regenerate")) {
            Files.createDirectories(GOLDEN.getParent());
            Files.writeString(GOLDEN, html);
        }
        assertThat(html).isEqualTo(Files.readString(GOLDEN));
        assertThat(bundle.plain()).isEqualTo("""
                        prompt        rank    warp  overall      price
                        a <b>cat</b>     1  0.1250    98.76        0.4
                        two lines        2  1.0000    25.00  1250000.5
                                         3                   2.000e-05
                        clips: 3 rows, 5 columns""");
    }

    @Test
    void noTextOfATableBecomesMarkupOrCode() {
        String evil = "</script><img src=x onerror=alert(1)>\u2028'\"&<!--";
        Table table = Table.create(evil, StringColumn.create(evil, evil, "harmless"));
        String html = Display.bundle(table).textForm(MimeBundle.HTML).orElseThrow();
        assertThat(html).doesNotContain("<img", "<!--", "\u2028").contains("&lt;/script&gt;&lt;img src=x");
        assertThat(html.split("</script>", -1)).hasSize(2);
    }

    @Test
    void aNameMeansWhatItMeansInARunOnlyBesideOthersOfARun() {
        DoubleColumn motion = DoubleColumn.create("warp", 0.5, 0.25);
        Table foreign = Table.create(motion, DoubleColumn.create("x", 1, 2), DoubleColumn.create("y", 1, 2));
        assertThat(Display.bundle(foreign).textForm(MimeBundle.HTML).orElseThrow())
                .doesNotContain("<i style");
    }

    @Test
    void aTableMayBeEmptyOrHaveNoColumns() {
        assertThat(Display.bundle(Table.create("none")).plain()).isEqualTo("\nnone: 0 rows, 0 columns");
        assertThat(Display.bundle(Table.create(LongColumn.create("n")))
                        .textForm(MimeBundle.HTML)
                        .orElseThrow())
                .contains("0 rows, 1 column");
    }

    @Test
    void onlyThePageOfALongTableIsRendered() {
        LongColumn numbers = LongColumn.create("n");
        for (int i = 0; i < 1_000_000; i++) {
            numbers.append(i);
        }
        MimeBundle bundle = Display.bundle(
                Table.create("many", numbers), RenderLimits.standard().withRows(10));
        assertThat(bundle.textForm(MimeBundle.HTML).orElseThrow()).hasSizeLessThan(20_000);
        assertThat(bundle.plain())
                .endsWith("many: rows 1 to 10 of 1,000,000 rows, 1 column")
                .contains("\n9\n");
    }
}
