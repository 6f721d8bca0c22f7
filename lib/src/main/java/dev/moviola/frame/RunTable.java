package dev.moviola.frame;

import dev.moviola.MoviolaException;
import dev.moviola.ledger.Artefact;
import dev.moviola.ledger.Failure;
import dev.moviola.ledger.Ledger;
import dev.moviola.ledger.Money;
import dev.moviola.ledger.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.io.RuntimeIOException;
import tech.tablesaw.io.csv.CsvWriteOptions;

/** A run as a Tablesaw table with one row for each job; {@link Columns} says what each column means. */
public final class RunTable {
    private RunTable() {}

    /** The table of a run, jobs in order of sequence. */
    public static Table of(Run run) {
        return of(run.name(), JobRows.of(run.ledger()));
    }

    /** The table of a ledger, jobs in order of sequence. */
    public static Table of(Ledger ledger) {
        return of("run", JobRows.of(ledger));
    }

    /** The table of these rows, in their order. */
    public static Table of(String name, Collection<JobRow> rows) {
        TreeSet<String> metrics = new TreeSet<>();
        rows.forEach(row -> metrics.addAll(row.metrics().keySet()));
        Table table = Table.create(name);
        for (Column column : Columns.with(metrics)) {
            table.addColumns(
                    switch (column.type()) {
                        case "integer" -> integers(column.name(), rows);
                        case "number" -> numbers(column.name(), rows);
                        default -> texts(column.name(), rows);
                    });
        }
        return table;
    }

    /**
     * Writes a table as CSV in UTF-8, all at once or not at all. Missing values are empty.
     *
     * @throws MoviolaException when the file cannot be written
     */
    public static void writeCsv(Table table, Path file) {
        Path unfinished = file.resolveSibling(file.getFileName() + ".part");
        try {
            table.write()
                    .usingOptions(CsvWriteOptions.builder(unfinished.toString())
                            .ignoreLeadingWhitespaces(false)
                            .ignoreTrailingWhitespaces(false)
                            .build());
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | UncheckedIOException | RuntimeIOException e) {
            throw new MoviolaException("the table cannot be written to " + file + ": " + e.getMessage(), e);
        }
    }

    private static LongColumn integers(String name, Collection<JobRow> rows) {
        LongColumn column = LongColumn.create(name);
        for (JobRow row : rows) {
            Artefact clip = row.clip();
            long value =
                    switch (name) {
                        case "rank" -> row.rank() == 0 ? -1 : row.rank();
                        case "sequence" -> row.sequence();
                        case "variant" -> row.variant();
                        case "attempts" -> row.attempts();
                        case "clip_bytes" -> clip == null ? -1 : clip.bytes();
                        default -> throw new IllegalStateException("no integer column " + name);
                    };
            if (value < 0) {
                column.appendMissing();
            } else {
                column.append(value);
            }
        }
        return column;
    }

    private static DoubleColumn numbers(String name, Collection<JobRow> rows) {
        DoubleColumn column = DoubleColumn.create(name);
        for (JobRow row : rows) {
            double value = number(name, row);
            if (Double.isNaN(value)) {
                column.appendMissing();
            } else {
                column.append(value);
            }
        }
        return column;
    }

    private static double number(String name, JobRow row) {
        LastSubmission last = row.last();
        Money charged = row.charged();
        if (name.endsWith(Columns.RELATIVE)) {
            String id = name.substring(0, name.length() - Columns.RELATIVE.length());
            return row.relative().getOrDefault(id, Double.NaN);
        }
        return switch (name) {
            case "price" -> row.price().inDollars();
            case "charged" -> charged == null ? Double.NaN : charged.inDollars();
            case "latency" -> last == null ? Double.NaN : last.seconds();
            default -> row.metric(name);
        };
    }

    private static StringColumn texts(String name, Collection<JobRow> rows) {
        StringColumn column = StringColumn.create(name);
        for (JobRow row : rows) {
            column.append(text(name, row));
        }
        return column;
    }

    private static String text(String name, JobRow row) {
        Failure failure = row.failure();
        LastSubmission last = row.last();
        Artefact clip = row.clip();
        String value =
                switch (name) {
                    case "job" -> row.key().hex();
                    case "prompt" -> row.prompt();
                    case "base_prompt" -> row.basePrompt();
                    case "strategy" -> row.strategy();
                    case "modifiers" -> modifiers(row.modifiers());
                    case "state" -> row.state().name();
                    case "failure" ->
                        failure == null ? null : failure.category().name();
                    case "failure_message" -> failure == null ? null : failure.message();
                    case "backend" -> last == null ? null : last.backend();
                    case "device" -> last == null ? null : last.device();
                    case "external_id" -> last == null ? null : last.externalId();
                    case "clip" -> clip == null ? null : clip.path();
                    default -> throw new IllegalStateException("no text column " + name);
                };
        return value == null ? "" : value;
    }

    private static String modifiers(List<ModifierName> names) {
        return names.stream().map(ModifierName::toString).collect(Collectors.joining(" | "));
    }
}
