package dev.moviola.frame.internal;

import dev.moviola.frame.Column;
import dev.moviola.frame.Columns;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import tech.tablesaw.api.NumberColumn;

/**
 * What a column of a shown table looks like.
 *
 * @param name its name
 * @param kind its type and unit
 * @param meaning what it holds
 * @param number whether it holds numbers
 * @param decimals digits after the point; negative for numbers that are shown as they are
 * @param full the value at which a bar is full, 0 for no bars
 */
record ColumnLook(String name, String kind, String meaning, boolean number, int decimals, double full) {
    /** Below this so many noughts would have to be counted that the exponent reads better. */
    private static final double TINY = 5e-5;

    private static final int SAMPLE = 200;
    private static final int LONGEST_NAME = 320;

    /**
     * The look of a column.
     *
     * @param known whether it belongs to a table of a run, so that its name says what it means
     */
    static ColumnLook of(tech.tablesaw.columns.Column<?> column, boolean known) {
        Optional<Column> documented = known ? Columns.find(column.name()) : Optional.empty();
        String type = column.type().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        String unit = documented
                .map(Column::unit)
                .filter(found -> !found.contains(".."))
                .orElse("");
        return new ColumnLook(
                column.name(),
                unit.isEmpty() ? type : type + ", " + unit,
                documented.map(Column::meaning).orElseGet(() -> cut(ChartStyle.drawable(column.name()), LONGEST_NAME)),
                column instanceof NumberColumn<?, ?>,
                column instanceof NumberColumn<?, ?> numbers ? decimals(numbers) : -1,
                known ? full(column.name()) : 0);
    }

    private static double full(String name) {
        if (name.equals("overall")) {
            return 100;
        }
        return Columns.defectIds().contains(name) ? 1 : 0;
    }

    // All of a column get as many digits as its largest needs, so that their points stand below each other.
    private static int decimals(NumberColumn<?, ?> column) {
        String type = column.type().name();
        if (!type.equals("DOUBLE") && !type.equals("FLOAT")) {
            return -1;
        }
        double[] sample = IntStream.range(0, Math.min(SAMPLE, column.size()))
                .filter(row -> !column.isMissing(row))
                .mapToDouble(column::getDouble)
                .filter(Double::isFinite)
                .map(Math::abs)
                .toArray();
        double largest = 0;
        boolean whole = true;
        for (double value : sample) {
            largest = Math.max(largest, value);
            whole &= value == Math.rint(value);
        }
        if (whole && sample.length == column.size()) {
            return 0;
        }
        return largest >= 10_000 ? 1 : largest >= 10 ? 2 : largest > 1 ? 3 : 4;
    }

    /** The value of a cell as text without line breaks; empty when it is missing. */
    String text(tech.tablesaw.columns.Column<?> column, int row, int longest) {
        if (column.isMissing(row)) {
            return "";
        }
        if (decimals >= 0) {
            return number(((NumberColumn<?, ?>) column).getDouble(row));
        }
        // What is cut off anyway need not be looked at.
        String text = cut(column.getString(row), 4 * longest);
        return cut(ChartStyle.drawable(text), longest);
    }

    private String number(double value) {
        double size = Math.abs(value);
        if (Double.isInfinite(value)) {
            return value > 0 ? "∞" : "-∞";
        }
        if (size >= 1e12 || size != 0 && size < TINY) {
            return String.format(Locale.ROOT, "%.3e", value);
        }
        int digits = decimals;
        while (size != 0 && size < 0.5 * Math.pow(10, -digits)) {
            digits++;
        }
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    /** The value of a cell as a number; NaN when it is missing. */
    double value(tech.tablesaw.columns.Column<?> column, int row) {
        return column.isMissing(row) ? Double.NaN : ((NumberColumn<?, ?>) column).getDouble(row);
    }

    static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(longest - 2)) ? longest - 2 : longest - 1;
        return text.substring(0, end) + "…";
    }
}
