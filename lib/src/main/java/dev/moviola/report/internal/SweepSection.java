package dev.moviola.report.internal;

import dev.moviola.frame.SweepCharts;
import dev.moviola.frame.TrialTable;
import dev.moviola.ledger.Artefact;
import dev.moviola.report.SweepFindings;
import dev.moviola.sweep.Direction;
import dev.moviola.sweep.Goal;
import dev.moviola.sweep.Importance;
import dev.moviola.sweep.StudySnapshot;
import dev.moviola.sweep.TrialRecord;
import dev.moviola.sweep.TrialState;
import dev.moviola.sweep.TrialTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.NumberColumn;
import tech.tablesaw.api.Table;

/** What the page tells of a sweep: the best settings, the charts, every trial. */
final class SweepSection {
    private static final int MOST_PARAMETERS = 24;
    private static final int MOST_IN_HALF = 5;
    private static final int PERIODS = 8;
    private static final int LONGEST_WHY = 300;
    private static final int DIGITS = 6;

    private SweepSection() {}

    /** The charts as HTML. */
    static String charts(StudySnapshot study) {
        StringBuilder figures = new StringBuilder();
        SweepCharts charts = SweepCharts.of(study);
        StringBuilder wide = new StringBuilder();
        if (!study.trials().isEmpty()) {
            for (Goal goal : study.goals()) {
                figures.append(Figures.of(
                        theme -> charts.theme(theme).goal(goal.metric()).history()));
            }
        }
        if (!study.complete().isEmpty()) {
            figures.append(Figures.of(theme -> charts.theme(theme).importance()));
            if (study.goals().size() > 1) {
                figures.append(Figures.of(theme -> charts.theme(theme).front()));
            }
            if (TrialTable.parameters(study).size() > 1) {
                figures.append(Figures.of(theme -> charts.theme(theme).contour()));
            }
            StringBuilder large = TrialTable.parameters(study).size() > MOST_IN_HALF ? wide : figures;
            large.append(Figures.of(theme -> charts.theme(theme).parallel()));
            large.append(Figures.of(theme -> charts.theme(theme).slice()));
        }
        return "<div class=\"flow\">" + figures + "</div><div class=\"stack\">" + wide + "</div>";
    }

    /** The data that the page's script draws. */
    static Map<String, Object> data(SweepFindings sweep, Map<String, Integer> rowOfClip, Optional<SheetFiles> sheet) {
        StudySnapshot study = sweep.study();
        Map<String, Object> data = new LinkedHashMap<>();
        data.put(
                "goals",
                study.goals().stream()
                        .map(goal -> Map.of("metric", goal.metric(), "up", goal.direction() == Direction.MAXIMIZE))
                        .toList());
        List<TrialRecord> best = study.goals().size() > 1
                ? study.front()
                : study.best().map(List::of).orElse(List.of());
        data.put(
                "best",
                best.stream().map(trial -> study.trials().indexOf(trial)).toList());
        data.put("trials", trials(sweep, rowOfClip));
        List<String> parameters = TrialTable.parameters(study);
        data.put("params", parameters);
        List<Object> by = new ArrayList<>();
        for (String parameter : parameters.subList(0, Math.min(MOST_PARAMETERS, parameters.size()))) {
            by.add(table(TrialTable.by(study, parameter)));
        }
        data.put("by", by);
        String first = Importance.of(study.space(), study.trials(), 0).keySet().stream()
                .findFirst()
                .orElse("");
        data.put("first", Math.max(0, parameters.indexOf(first) < by.size() ? parameters.indexOf(first) : 0));
        data.put("time", table(TrialTable.byTime(study, PERIODS)));
        sheet.ifPresent(files -> data.put(
                "xy",
                Map.of(
                        "picture", files.picture(),
                        "clip", files.clip(),
                        "x", files.sheet().x(),
                        "y", files.sheet().y())));
        return data;
    }

    /** The numbers at the top of the page, value and name. */
    static List<List<String>> tiles(StudySnapshot study) {
        List<List<String>> tiles = new ArrayList<>();
        long complete = study.complete().size();
        tiles.add(List.of(complete + " / " + study.trials().size(), "trials with a value"));
        for (TrialState state : List.of(TrialState.FAILED, TrialState.PRUNED)) {
            long count = study.trials().stream()
                    .filter(trial -> trial.state() == state)
                    .count();
            if (count > 0) {
                String word = state.name().toLowerCase(Locale.ROOT);
                tiles.add(List.of(String.valueOf(count), (count == 1 ? "trial " : "trials ") + word));
            }
        }
        if (study.goals().size() > 1) {
            tiles.add(List.of(String.valueOf(study.front().size()), "best compromises"));
        } else {
            study.best()
                    .ifPresent(trial -> tiles.add(List.of(
                            String.format(Locale.ROOT, "%.4g", trial.values().get(0)),
                            "best " + study.goals().get(0).metric())));
        }
        return tiles;
    }

    private static Map<String, Object> trials(SweepFindings sweep, Map<String, Integer> rowOfClip) {
        StudySnapshot study = sweep.study();
        List<Object> numbers = new ArrayList<>();
        List<Object> states = new ArrayList<>();
        List<@Nullable Object> seconds = new ArrayList<>();
        List<@Nullable Object> why = new ArrayList<>();
        List<@Nullable Object> rows = new ArrayList<>();
        for (TrialRecord trial : study.trials()) {
            numbers.add(trial.number());
            states.add(trial.state().name().toLowerCase(Locale.ROOT));
            TrialTime time = study.times().get(trial.number());
            seconds.add(
                    time == null
                            ? null
                            : time.took().map(took -> took.toMillis() / 1e3).orElse(null));
            String failure = trial.failure();
            why.add(failure == null ? null : PageData.cut(failure, LONGEST_WHY));
            Artefact clip = sweep.clips().get(trial.number());
            rows.add(clip == null ? null : rowOfClip.get(clip.sha256()));
        }
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < study.goals().size(); i++) {
            List<@Nullable Object> column = new ArrayList<>();
            for (TrialRecord trial : study.trials()) {
                column.add(
                        trial.values().isEmpty() ? null : shorter(trial.values().get(i)));
            }
            values.add(column);
        }
        // After the number and the state come the parameters.
        Table table = TrialTable.of(study);
        List<Object> settings = new ArrayList<>();
        for (int p = 0; p < TrialTable.parameters(study).size(); p++) {
            settings.add(column(table, 2 + p));
        }
        Map<String, Object> trials = new LinkedHashMap<>();
        trials.put("number", numbers);
        trials.put("state", states);
        trials.put("values", values);
        trials.put("settings", settings);
        trials.put("seconds", seconds);
        trials.put("why", why);
        trials.put("row", rows);
        return trials;
    }

    private static Map<String, Object> table(Table table) {
        List<Object> rows = new ArrayList<>();
        for (int r = 0; r < table.rowCount(); r++) {
            List<@Nullable Object> row = new ArrayList<>();
            for (int c = 0; c < table.columnCount(); c++) {
                row.add(cell(table, r, c));
            }
            rows.add(row);
        }
        return Map.of("head", table.columnNames(), "rows", rows);
    }

    private static List<@Nullable Object> column(Table table, int c) {
        List<@Nullable Object> cells = new ArrayList<>();
        for (int r = 0; r < table.rowCount(); r++) {
            cells.add(cell(table, r, c));
        }
        return cells;
    }

    private static @Nullable Object cell(Table table, int r, int c) {
        if (table.column(c).isMissing(r)) {
            return null;
        }
        return table.column(c) instanceof NumberColumn<?, ?> numbers
                ? shorter(numbers.getDouble(r))
                : shorter(table.column(c).getString(r));
    }

    private static @Nullable Object shorter(@Nullable Object value) {
        if (value instanceof Double number && Double.isFinite(number)) {
            return new java.math.BigDecimal(number)
                    .round(new java.math.MathContext(DIGITS))
                    .doubleValue();
        }
        return value instanceof String text ? PageData.cut(text, LONGEST_WHY) : value;
    }
}
