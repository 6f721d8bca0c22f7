package dev.moviola.campaign;

import dev.moviola.MoviolaException;
import dev.moviola.ledger.Parameters;
import dev.moviola.sweep.Dimension;
import dev.moviola.sweep.Domain;
import dev.moviola.sweep.Goal;
import dev.moviola.sweep.Space;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Settings of a space as users write them. A weight of a simplex is named {@code controls.edge}. */
public final class SettingsText {
    private static final long MOST_BYTES = 16 << 20;
    private static final int MOST_ROWS = 10_000;

    private SettingsText() {}

    /** Reads {@code "guidance=5,num_steps=30"}. */
    public static Parameters pairs(Space space, String text) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : text.split(",")) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw new MoviolaException("settings must be name=value,name=value, but were \"" + text + "\"");
            }
            values.put(
                    pair.substring(0, equals).strip(),
                    pair.substring(equals + 1).strip());
        }
        return settings(space, values);
    }

    /**
     * Reads trials whose values are known from a CSV with a column for each parameter and each metric; other columns are
     * passed over, and so are rows without a value. At most 10,000 rows.
     *
     * @throws MoviolaException when a row cannot be used; the message names file and line
     */
    public static List<SweepSpec.KnownTrial> known(Space space, List<Goal> goals, Path csv) {
        List<List<String>> lines = lines(csv);
        if (lines.isEmpty()) {
            throw new MoviolaException("the file " + csv + " must begin with the names of its columns, but is empty");
        }
        List<String> header = lines.get(0);
        for (Goal goal : goals) {
            if (!header.contains(goal.metric())) {
                throw new MoviolaException(
                        "the file " + csv + " must have a column " + goal.metric() + ", but has only " + header);
            }
        }
        Set<String> names = names(space);
        List<SweepSpec.KnownTrial> known = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            Map<String, String> row = new LinkedHashMap<>();
            for (int c = 0; c < Math.min(header.size(), lines.get(i).size()); c++) {
                row.put(header.get(c), lines.get(i).get(c).strip());
            }
            List<Double> values = new ArrayList<>();
            try {
                for (Goal goal : goals) {
                    String text = row.getOrDefault(goal.metric(), "");
                    if (!text.isEmpty()) {
                        values.add(number(goal.metric(), text));
                    }
                }
                row.keySet().retainAll(names);
                row.values().removeIf(String::isEmpty);
                if (values.size() == goals.size()) {
                    known.add(new SweepSpec.KnownTrial(settings(space, row), values));
                }
            } catch (MoviolaException e) {
                throw new MoviolaException(csv + ", line " + (i + 1) + ": " + e.getMessage(), e);
            }
        }
        return known;
    }

    private static Parameters settings(Space space, Map<String, String> values) {
        Set<String> names = names(space);
        for (String name : values.keySet()) {
            if (!names.contains(name)) {
                throw new MoviolaException(
                        "settings must name parameters of the space, but " + name + " is none; there are " + names);
            }
        }
        Parameters settings = Parameters.none();
        for (Dimension dimension : space.dimensions()) {
            String name = dimension.name();
            if (dimension.domain() instanceof Domain.Simplex simplex) {
                Map<String, Double> weights = new TreeMap<>();
                for (String part : simplex.parts()) {
                    String text = values.get(name + "." + part);
                    if (text != null) {
                        weights.put(part, number(name + "." + part, text));
                    }
                }
                settings = settings.with(name, weights.isEmpty() ? null : weights);
            } else {
                String text = values.get(name);
                settings = settings.with(name, text == null ? null : value(name, dimension.domain(), text));
            }
        }
        return space.check(settings);
    }

    private static Object value(String name, Domain domain, String text) {
        if (domain instanceof Domain.Choice choice) {
            for (Object known : choice.choices()) {
                if (known.toString().equals(text)) {
                    return known;
                }
            }
            throw new MoviolaException(name + " must be one of " + choice.choices() + ", but was " + text);
        }
        double number = number(name, text);
        return domain instanceof Domain.Whole && number == Math.rint(number) ? (Object) (long) number : number;
    }

    private static double number(String name, String text) {
        try {
            double number = Double.parseDouble(text);
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new MoviolaException(name + " must be a number, but was \"" + text + "\"", e);
        }
        throw new MoviolaException(name + " must be a finite number, but was " + text);
    }

    private static Set<String> names(Space space) {
        Set<String> names = new TreeSet<>();
        for (Dimension dimension : space.dimensions()) {
            if (dimension.domain() instanceof Domain.Simplex simplex) {
                simplex.parts().forEach(part -> names.add(dimension.name() + "." + part));
            } else {
                names.add(dimension.name());
            }
        }
        return names;
    }

    private static List<List<String>> lines(Path csv) {
        try {
            if (Files.size(csv) > MOST_BYTES) {
                throw new MoviolaException(
                        "the file " + csv + " must have at most " + MOST_BYTES + " bytes, but has " + Files.size(csv));
            }
            List<List<String>> lines = new ArrayList<>();
            for (String line : Files.readAllLines(csv)) {
                if (!line.isBlank()) {
                    lines.add(cells(line));
                }
            }
            if (lines.size() > MOST_ROWS + 1) {
                throw new MoviolaException(
                        "the file " + csv + " must have at most " + MOST_ROWS + " rows, but has " + (lines.size() - 1));
            }
            return lines;
        } catch (NoSuchFileException e) {
            throw new MoviolaException("the file " + csv + " cannot be read: there is no such file", e);
        } catch (IOException e) {
            throw new MoviolaException("the file " + csv + " cannot be read: " + e, e);
        }
    }

    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                cell.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString());
        return cells;
    }
}
