package dev.moviola.campaign;

import dev.moviola.MoviolaException;
import dev.moviola.ledger.Parameters;
import dev.moviola.sweep.Goal;
import dev.moviola.sweep.TrialRecord;
import dev.moviola.sweep.TrialState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The trials of a study as CSV and JSON. */
public final class SweepTable {
    private SweepTable() {}

    /**
     * Writes a CSV with number, state, a column for each parameter and each goal, and the reason of a failure. A sweep
     * can be warm-started from it.
     */
    public static Path csv(List<TrialRecord> trials, List<Goal> goals, Path file) {
        Set<String> names = new LinkedHashSet<>();
        trials.forEach(
                trial -> names.addAll(Sweep.flat(trial.settings()).asMap().keySet()));
        StringBuilder text = new StringBuilder();
        List<String> header = new ArrayList<>(List.of("trial", "state"));
        header.addAll(names);
        goals.forEach(goal -> header.add(goal.metric()));
        header.add("failure");
        row(text, header);
        for (TrialRecord trial : trials) {
            Parameters settings = Sweep.flat(trial.settings());
            List<String> cells = new ArrayList<>(List.of(String.valueOf(trial.number()), state(trial.state())));
            names.forEach(
                    name -> cells.add(settings.find(name).map(Object::toString).orElse("")));
            for (int i = 0; i < goals.size(); i++) {
                cells.add(
                        trial.values().isEmpty()
                                ? ""
                                : String.valueOf(trial.values().get(i)));
            }
            String failure = trial.failure();
            cells.add(failure == null ? "" : failure.replaceAll("\\s+", " "));
            row(text, cells);
        }
        return write(file, text.toString());
    }

    /** Writes a JSON object with the goals and the trials. */
    public static Path json(List<TrialRecord> trials, List<Goal> goals, Path file) {
        Parameters document = Parameters.of(
                "goals",
                goals.stream()
                        .map(goal -> Parameters.of("metric", goal.metric(), "direction", goal.direction()))
                        .toList(),
                "trials",
                trials.stream()
                        .map(trial -> Parameters.of(
                                        "trial",
                                        trial.number(),
                                        "state",
                                        state(trial.state()),
                                        "settings",
                                        trial.settings())
                                .with("values", trial.values().isEmpty() ? null : trial.values())
                                .with("failure", trial.failure()))
                        .toList());
        return write(file, document.json() + "\n");
    }

    private static String state(TrialState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static void row(StringBuilder text, List<String> cells) {
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            boolean quote = cell.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
            text.append(i == 0 ? "" : ",").append(quote ? '"' + cell.replace("\"", "\"\"") + '"' : cell);
        }
        text.append('\n');
    }

    private static Path write(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new MoviolaException("the table cannot be written to " + file + ": " + e.getMessage(), e);
        }
    }
}
