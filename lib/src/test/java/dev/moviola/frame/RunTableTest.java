package dev.moviola.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moviola.MoviolaException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;
import tech.tablesaw.io.csv.CsvReadOptions;

class RunTableTest {
    @TempDir
    Path folder;

    @Test
    void everyColumnIsDocumentedOnceAndInOrder() {
        Table table = RunTable.of("run", Samples.campaign(20, 2));
        List<String> names =
                Columns.with(List.of("warp_err")).stream().map(Column::name).toList();
        assertThat(table.columnNames()).isEqualTo(names).doesNotHaveDuplicates();
        assertThat(Columns.all())
                .allSatisfy(column -> assertThat(column.meaning()).isNotBlank());
        assertThat(Columns.find("warp_err").orElseThrow().meaning()).contains("flow");
        assertThat(Columns.find("no such")).isEmpty();
    }

    @Test
    void aFailedJobHasNoScoresButSaysWhy() {
        JobRow failed = Samples.row(4, "base", List.of(), true, Map.of());
        Table table = RunTable.of("run", List.of(failed));
        assertThat(table.longColumn("rank").isMissing(0)).isTrue();
        assertThat(table.doubleColumn("overall").isMissing(0)).isTrue();
        assertThat(table.stringColumn("failure").get(0)).isEqualTo("MODERATION");
        assertThat(table.stringColumn("clip").get(0)).isEmpty();
        assertThat(table.doubleColumn("latency").get(0)).isEqualTo(3.504);
    }

    @Test
    void anEmptyRunIsATableWithoutRows() {
        assertThat(RunTable.of("run", List.of()).rowCount()).isZero();
    }

    @Test
    void theCsvIsReadBackAsItWasWritten() {
        JobRow nasty = Samples.row(
                1,
                "quotes \" and, commas\nand lines",
                List.of(new ModifierName("p", "ümlaut")),
                false,
                Map.of("overall", 12.5));
        JobRow failed = Samples.row(2, "b", List.of(), true, Map.of());
        Path csv = folder.resolve("scores.csv");
        RunTable.writeCsv(RunTable.of("run", Samples.ranked(List.of(nasty, failed))), csv);
        Table read =
                Table.read().usingOptions(CsvReadOptions.builder(csv.toFile()).maxCharsPerColumn(100_000));
        assertThat(read.rowCount()).isEqualTo(2);
        assertThat(read.column("prompt").get(0)).isEqualTo(nasty.prompt());
        assertThat(read.column("modifiers").get(0)).isEqualTo("p: ümlaut");
        assertThat(read.numberColumn("overall").getDouble(0)).isEqualTo(12.5);
        assertThat(read.column("overall").isMissing(1)).isTrue();
        assertThat(folder.resolve("scores.csv.part")).doesNotExist();
    }

    @Test
    void aNumberThatIsMissingIsEmptyInTheCsv() throws Exception {
        Path csv = folder.resolve("scores.csv");
        RunTable.writeCsv(RunTable.of("run", List.of(Samples.row(2, "b", List.of(), true, Map.of()))), csv);
        assertThat(Files.readString(csv))
                .doesNotContain("NaN")
                .doesNotContain("null")
                .contains(",,,,");
    }

    @Test
    void aFolderThatCannotBeWrittenToIsNamed() {
        Path csv = folder.resolve("missing").resolve("scores.csv");
        assertThatThrownBy(() -> RunTable.writeCsv(RunTable.of("run", List.of()), csv))
                .isInstanceOf(MoviolaException.class)
                .hasMessageContaining(csv.toString());
    }
}
