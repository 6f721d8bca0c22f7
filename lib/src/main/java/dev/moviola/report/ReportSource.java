package dev.moviola.report;

import dev.moviola.MoviolaException;
import dev.moviola.defect.DefectReport;
import dev.moviola.frame.FailureGroup;
import dev.moviola.frame.Failures;
import dev.moviola.frame.JobRow;
import dev.moviola.frame.JobRows;
import dev.moviola.ledger.Artefact;
import dev.moviola.ledger.Ledger;
import dev.moviola.ledger.Parameters;
import dev.moviola.ledger.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a report is made of.
 *
 * @param folder the run folder: clips lie in it, the report is written to it
 * @param title heading of the page
 * @param rows the jobs, in order of sequence
 * @param failures the failures by category
 * @param scorer the scorer of the scores, empty when nothing is scored
 * @param facts what the reader should know of the run, name and value, in order: seed, backend, versions
 * @param sweep the sweep that the run holds, null when it holds none
 */
public record ReportSource(
        Path folder,
        String title,
        List<JobRow> rows,
        List<FailureGroup> failures,
        String scorer,
        List<Fact> facts,
        @Nullable SweepFindings sweep) {
    private static final long LARGEST_REPORT = 16L << 20;

    /** Copies the lists. */
    public ReportSource {
        rows = List.copyOf(rows);
        failures = List.copyOf(failures);
        facts = List.copyOf(facts);
    }

    /** The source of a run without a sweep. */
    public ReportSource(
            Path folder,
            String title,
            List<JobRow> rows,
            List<FailureGroup> failures,
            String scorer,
            List<Fact> facts) {
        this(folder, title, rows, failures, scorer, facts, null);
    }

    /**
     * A name and a value.
     *
     * @param name what it is
     * @param value any text
     */
    public record Fact(String name, String value) {}

    /** What a run holds now; what it froze at its start are the facts. */
    public static ReportSource of(Run run) {
        return of(run.folder(), run.title(), run.ledger(), run.frozen());
    }

    /** What a ledger holds now, with the plain values of {@code spec} as facts. */
    public static ReportSource of(Path folder, String title, Ledger ledger, Parameters spec) {
        List<Fact> facts = new ArrayList<>();
        flatten("", spec.asMap(), facts);
        return new ReportSource(
                folder,
                title,
                JobRows.of(ledger),
                Failures.of(ledger),
                JobRows.mainScorer(ledger).orElse(""),
                facts,
                SweepFindings.of(ledger).orElse(null));
    }

    /** The defect report of a row's clip, if it is in the folder and can be read. */
    public Optional<DefectReport> defects(JobRow row) {
        Artefact clip = row.clip();
        if (clip == null) {
            return Optional.empty();
        }
        Path file = folder.resolve("defects").resolve(clip.sha256() + ".json");
        try {
            return Files.isRegularFile(file) && Files.size(file) <= LARGEST_REPORT
                    ? Optional.of(DefectReport.fromJson(Files.readString(file)))
                    : Optional.empty();
        } catch (IOException | MoviolaException e) {
            return Optional.empty();
        }
    }

    /** The file of a row's clip, if it is in the folder. */
    public Optional<Path> clipFile(JobRow row) {
        Artefact clip = row.clip();
        if (clip == null) {
            return Optional.empty();
        }
        Path file = folder.resolve(clip.path()).normalize();
        return file.startsWith(folder.normalize()) && Files.isRegularFile(file) ? Optional.of(file) : Optional.empty();
    }

    private static void flatten(String prefix, Map<String, Object> values, List<Fact> facts) {
        values.forEach((name, value) -> {
            if (value instanceof Map<?, ?> nested) {
                Parameters inner = Parameters.of(Map.of("inner", nested)).object("inner");
                flatten(prefix + name + ".", inner.asMap(), facts);
            } else {
                facts.add(new Fact(prefix + name, String.valueOf(value)));
            }
        });
    }
}
