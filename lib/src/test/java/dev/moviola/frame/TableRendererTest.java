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
                        a <b>cat</b>     1  0.1250    98.76     0.4000
                        two lines        2       1       25  1.250e+06
                                         3                   2.000e-05
                        clips: 3 rows, 5 columns""");
    }

    @Test
    void onlyThePageOfALongTableIsRendered() {
        LongColumn numbers = LongColumn.create("n");
        for (int i = 0; i < 1_000_000; i++) {
            numbers.append(i);
        }
        MimeBundle bundle = Display.bundle(
                Table.create("many", numbers), RenderLimits.standard().withRows(10));
        assertThat(bundle.textForm(MimeBundle.HTML).orElseThrow()).hasSizeLessThan(3_000);
        assertThat(bundle.plain())
                .endsWith("many: rows 1 to 10 of 1,000,000 rows, 1 column")
                .contains("\n9\n");
    }
}
