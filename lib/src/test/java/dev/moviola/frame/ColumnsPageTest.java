package dev.moviola.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moviola.defect.Metric;
import dev.moviola.defect.Metrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** docs/columns.md says what the code says. Run with -Dmoviola.regenerate=true to write it anew. */
class ColumnsPageTest {
    private static final Path PAGE = Path.of("..", "docs", "columns.md");

    @Test
    void thePageSaysWhatTheColumnsMean() throws IOException {
        String page = page();
        if (Boolean.getBoolean("moviola.regenerate")) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).hasContent(page);
    }

    private static String page() {
        StringBuilder page = new StringBuilder("""
                # Columns

                The table of a run has a row for each job. It is the same everywhere: `RunTable.of(run)` in Java, `scores.csv`
                in the run folder, the table of `report.html`, and `./jbang score --json`. Columns of measures that no clip
                of the run has may be missing.

                | Column | Type | Unit or range | Meaning |
                |---|---|---|---|
                """);
        for (Column column : Columns.all()) {
            page.append(String.format(
                    "| `%s` | %s | %s | %s |%n",
                    column.name(), column.type(), escape(column.unit()), escape(column.meaning())));
        }
        page.append("""

                ## Measures

                What else was measured follows in columns of these names.

                | Measure | Range | Better | Meaning | Source |
                |---|---|---|---|---|
                """);
        for (Metric metric : Metrics.all()) {
            page.append(String.format(
                    "| `%s` | %s | %s | %s | %s |%n",
                    metric.id(),
                    escape(metric.range()),
                    metric.higherIsBetter() ? "higher" : "lower",
                    escape(metric.meaning()),
                    escape(metric.source())));
        }
        page.append("""

                ## The ledger

                `ledger.db` is an SQLite file that any program can read, while the run goes on as well. Times are UTC as text,
                parameters and notes are JSON as text; columns that end in `_ticks` are ten-billionths of a US dollar, those
                that end in `_dollars` are dollars.

                | Table | A row for each |
                |---|---|
                | `job` | clip that is wanted: its content key, state, parameters and metadata |
                | `dependency` | job that another one needs |
                | `submission` | call to a backend: external id, state, price, charge, times, failure |
                | `submission_job` | job that a submission serves |
                | `artefact` | file that came: its hash, length and path in the run folder |
                | `score` | measure of an artefact by a scorer of a version |
                | `note` | anything else that was written down: trials of sweeps, plans |
                | `counter` | number that the tally keeps |

                Which submissions are open, and what they may cost:

                ```sql
                select id, external_id, state, price_dollars from submission where state in ('INTENDED', 'ACCEPTED', 'UNKNOWN')
                ```
                """);
        return page.toString();
    }

    private static String escape(String text) {
        return text.replace("|", "\\|");
    }
}
