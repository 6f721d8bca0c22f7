package dev.moviola.sweep;

import dev.moviola.MoviolaException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A linear rule that settings must keep, such as {@code "blur + 2 * noise <= 1.5"}. A weight of a simplex is named
 * {@code controls.edge}. Parameters that are not active count as 0.
 *
 * @param text the rule as it was written
 * @param factors name and factor of each parameter, all brought to the left side
 * @param limit the number on the right side
 * @param strict whether the limit itself breaks the rule
 */
public record Constraint(String text, Map<String, Double> factors, double limit, boolean strict) {
    private static final Pattern TERM = Pattern.compile(
            "([+-]?)(?:(\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?)(?:\\*([A-Za-z_][\\w.]*))?|([A-Za-z_][\\w.]*))");
    private static final Pattern COMPARISON = Pattern.compile("([^<>=]{1,1000})(<=|>=|<|>)([^<>=]{1,1000})");

    /** Copies the factors. */
    public Constraint {
        factors = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(factors));
    }

    /** Reads a rule of sums and one of {@code < <= > >=}. */
    public static Constraint parse(String text) {
        Matcher comparison = COMPARISON.matcher(text.replaceAll("\\s+", ""));
        if (!comparison.matches()) {
            throw broken(text);
        }
        String operator = comparison.group(2);
        double sign = operator.startsWith("<") ? 1 : -1;
        Map<String, Double> sum = new LinkedHashMap<>();
        add(sum, comparison.group(1), sign, text);
        add(sum, comparison.group(3), -sign, text);
        Double number = sum.remove("");
        if (sum.isEmpty()) {
            throw broken(text);
        }
        return new Constraint(text, sum, number == null ? 0 : -number, !operator.endsWith("="));
    }

    /** Whether {@code settings} keep the rule. */
    public boolean holds(Map<String, ?> settings) {
        double sum = 0;
        for (Map.Entry<String, Double> factor : factors.entrySet()) {
            sum += factor.getValue() * value(settings, factor.getKey());
        }
        double tolerance = 1e-12 * Math.max(1, Math.abs(limit));
        return strict ? sum < limit : sum <= limit + tolerance;
    }

    private static double value(Map<String, ?> settings, String name) {
        Object value = settings.get(name);
        int dot = name.indexOf('.');
        if (value == null && dot > 0 && settings.get(name.substring(0, dot)) instanceof Map<?, ?> weights) {
            value = weights.get(name.substring(dot + 1));
        }
        return value instanceof Number number ? number.doubleValue() : 0;
    }

    private static void add(Map<String, Double> sum, String side, double sign, String text) {
        Matcher term = TERM.matcher(side);
        int end = 0;
        while (end < side.length()) {
            boolean first = end == 0;
            if (!term.find(end)
                    || term.start() != end
                    || (!first && String.valueOf(term.group(1)).isEmpty())) {
                throw broken(text);
            }
            double factor = (term.group(1).equals("-") ? -sign : sign)
                    * (term.group(2) == null ? 1 : Double.parseDouble(term.group(2)));
            String name = term.group(3) != null ? term.group(3) : term.group(4);
            sum.merge(name == null ? "" : name, factor, Double::sum);
            end = term.end();
        }
    }

    private static MoviolaException broken(String text) {
        return new MoviolaException(
                "a constraint must compare sums of parameters, such as \"2 * a + b <= 1\", but was \"" + text + "\"");
    }
}
