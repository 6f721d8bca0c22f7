package dev.moviola.frame;

import dev.moviola.defect.Defect;
import dev.moviola.defect.Metric;
import dev.moviola.defect.Metrics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The columns of the table of a run, documented once; scores.csv has the same.
 *
 * <p>After the fixed columns come the scores (overall, the defects, the other summary scores), the overall score and the
 * defect scores relative to the siblings, with the suffix {@link #RELATIVE}, and last the raw measures that were taken.
 */
public final class Columns {
    /** Ends the name of a column that holds a value minus the median over the clips of the same base prompt. */
    public static final String RELATIVE = "_vs_siblings";

    private static final List<Column> FIXED = List.of(
            new Column("rank", "integer", "1..", "Place by overall score, 1 is the best; empty when not scored."),
            new Column("sequence", "integer", "1..", "The job's place in the run."),
            new Column("job", "text", "", "The job's content key, 64 hex digits."),
            new Column("variant", "integer", "0..", "Index of the variant; empty when the job was not made from one."),
            new Column("prompt", "text", "", "What was asked for."),
            new Column("base_prompt", "text", "", "The prompt before it was modified."),
            new Column("strategy", "text", "", "How the variant was found."),
            new Column("modifiers", "text", "", "What was put into the prompt, as pool: text, separated by |."),
            new Column("state", "text", "", "READY, IN_FLIGHT, UNKNOWN, DONE, FAILED or CANCELLED."),
            new Column("attempts", "integer", "0..", "How often the job was submitted."),
            new Column("failure", "text", "", "Category of the last failure; empty when there was none."),
            new Column("failure_message", "text", "", "What the last failure said."),
            new Column("backend", "text", "", "Who was asked last."),
            new Column("device", "text", "", "Which device served the last submission."),
            new Column("external_id", "text", "", "The backend's id of the last submission."),
            new Column("price", "number", "US dollars", "Listed price of all submissions of the job."),
            new Column(
                    "charged", "number", "US dollars", "What the backend said it charged; empty when it did not say."),
            new Column("latency", "number", "seconds", "From intent to end of the last submission."),
            new Column("clip", "text", "", "The clip, relative to the run folder; empty when there is none."),
            new Column("clip_bytes", "integer", "bytes", "Length of the clip's file."));

    private static final List<String> SUMMARY = List.of("physics", "sharpness", "naturalness", "motion");

    private Columns() {}

    /** The columns that every table has, in order. */
    public static List<Column> all() {
        List<Column> all = new ArrayList<>(FIXED);
        scoreIds().forEach(id -> all.add(ofMetric(id)));
        relativeIds()
                .forEach(id -> all.add(new Column(
                        id + RELATIVE,
                        "number",
                        "",
                        id + " minus its median over the clips of the same base prompt; empty without siblings.")));
        return List.copyOf(all);
    }

    /** The columns of a table whose rows hold these metrics: {@link #all()}, then the raw measures by name. */
    public static List<Column> with(Collection<String> metricIds) {
        List<Column> columns = new ArrayList<>(all());
        TreeSet<String> raw = new TreeSet<>(metricIds);
        scoreIds().forEach(raw::remove);
        raw.forEach(id -> columns.add(ofMetric(id)));
        return List.copyOf(columns);
    }

    /** The column of that name, if it is one of {@link #all()} or a metric. */
    public static Optional<Column> find(String name) {
        return all().stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .or(() -> Metrics.find(name).map(metric -> ofMetric(name)));
    }

    /** Metric ids of the score columns, in order. */
    public static List<String> scoreIds() {
        List<String> ids = new ArrayList<>(List.of("overall"));
        ids.addAll(defectIds());
        ids.addAll(SUMMARY);
        return ids;
    }

    /** Metric ids that are also given relative to the siblings. */
    public static List<String> relativeIds() {
        List<String> ids = new ArrayList<>(List.of("overall"));
        ids.addAll(defectIds());
        return ids;
    }

    /** Ids of the defects, in order. */
    public static List<String> defectIds() {
        return Arrays.stream(Defect.values()).map(Defect::id).toList();
    }

    private static Column ofMetric(String id) {
        Optional<Metric> metric = Metrics.find(id);
        return new Column(
                id,
                "number",
                metric.map(Metric::range).orElse(""),
                metric.map(Metric::meaning).orElse("A measure of the scorer that this version does not know."));
    }
}
