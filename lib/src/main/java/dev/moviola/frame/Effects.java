package dev.moviola.frame;

import dev.moviola.frame.internal.SharedEffects;
import dev.moviola.frame.internal.StratifiedWelch;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Which modifiers cause which defects.
 *
 * <p>For each modifier and metric the clips with the modifier are compared with those without it. Clips of different
 * base prompts are never compared with each other: the difference is the mean of the differences within each base prompt
 * (weights n1 n0 / (n1 + n0)). The interval and p are Welch's, with the variance of each side pooled over base prompts;
 * q is after Benjamini and Hochberg (1995) over all effects of the call.
 *
 * <p>That comparison cannot tell apart modifiers that came together, and says little of one that came once. The estimate
 * of each effect therefore comes from one model of all modifiers, in which effects are random (see
 * {@link SharedEffects}); above {@value SharedEffects#MOST_FACTORS} modifiers it is left out.
 */
public final class Effects {
    private static final double[] UNKNOWN = {Double.NaN, Double.NaN, Double.NaN};

    private Effects() {}

    /** The effects on the overall score and on every defect, strongest evidence first. */
    public static List<Effect> of(Collection<JobRow> rows) {
        return of(rows, Columns.relativeIds());
    }

    /** The effects on {@code metrics}, those with the strongest evidence for the estimate first; then by p. */
    public static List<Effect> of(Collection<JobRow> rows, Collection<String> metrics) {
        List<JobRow> scored =
                rows.stream().filter(row -> !row.metrics().isEmpty()).toList();
        TreeSet<ModifierName> modifiers = new TreeSet<>();
        List<Set<ModifierName>> used = new ArrayList<>();
        for (JobRow row : scored) {
            modifiers.addAll(row.modifiers());
            used.add(Set.copyOf(row.modifiers()));
        }
        Map<String, Integer> strata = new TreeMap<>();
        scored.forEach(row -> strata.putIfAbsent(row.basePrompt(), strata.size()));
        List<Effect> effects = new ArrayList<>();
        Estimates estimates = new Estimates(scored, used, List.copyOf(modifiers), strata);
        for (String metric : metrics) {
            Map<ModifierName, double[]> estimated = estimates.on(metric);
            for (ModifierName modifier : modifiers) {
                StratifiedWelch test = new StratifiedWelch(strata.size());
                for (int i = 0; i < scored.size(); i++) {
                    JobRow row = scored.get(i);
                    double value = row.metric(metric);
                    if (!Double.isNaN(value)) {
                        test.add(
                                strata.getOrDefault(row.basePrompt(), 0),
                                used.get(i).contains(modifier),
                                value);
                    }
                }
                test.result()
                        .ifPresent(result -> effects.add(
                                effect(modifier, metric, result, estimated.getOrDefault(modifier, UNKNOWN))));
            }
        }
        return correct(effects);
    }

    /** The effects as a table with the columns of {@link Effect}. */
    public static Table table(Collection<Effect> effects) {
        StringColumn pool = StringColumn.create("pool");
        StringColumn modifier = StringColumn.create("modifier");
        StringColumn metric = StringColumn.create("metric");
        IntColumn with = IntColumn.create("with");
        IntColumn without = IntColumn.create("without");
        Map<String, DoubleColumn> numbers = new LinkedHashMap<>();
        for (String name : List.of(
                "mean_with",
                "mean_without",
                "difference",
                "low",
                "high",
                "p",
                "q",
                "estimate",
                "estimate_low",
                "estimate_high")) {
            numbers.put(name, DoubleColumn.create(name));
        }
        for (Effect effect : effects) {
            pool.append(effect.modifier().pool());
            modifier.append(effect.modifier().text());
            metric.append(effect.metric());
            with.append(effect.with());
            without.append(effect.without());
            double[] values = {
                effect.meanWith(),
                effect.meanWithout(),
                effect.difference(),
                effect.low(),
                effect.high(),
                effect.p(),
                effect.q(),
                effect.estimate(),
                effect.estimateLow(),
                effect.estimateHigh()
            };
            int next = 0;
            for (DoubleColumn column : numbers.values()) {
                double value = values[next++];
                if (Double.isNaN(value)) {
                    column.appendMissing();
                } else {
                    column.append(value);
                }
            }
        }
        Table table = Table.create("effects", pool, modifier, metric, with, without);
        numbers.values().forEach(table::addColumns);
        return table;
    }

    private static Effect effect(
            ModifierName modifier, String metric, StratifiedWelch.Result result, double[] estimate) {
        return new Effect(
                modifier,
                metric,
                result.with(),
                result.without(),
                result.meanWith(),
                result.meanWithout(),
                result.difference(),
                result.low(),
                result.high(),
                result.p(),
                Double.NaN,
                estimate[0],
                estimate[1],
                estimate[2]);
    }

    private static List<Effect> correct(List<Effect> effects) {
        effects.sort(Comparator.comparingDouble((Effect effect) -> Double.isNaN(effect.p()) ? 2 : effect.p())
                .thenComparing(effect -> -Math.abs(effect.difference())));
        int tests = (int)
                effects.stream().filter(effect -> !Double.isNaN(effect.p())).count();
        List<Effect> corrected = new ArrayList<>(effects);
        double least = 1;
        for (int i = tests - 1; i >= 0; i--) {
            least = Math.min(least, effects.get(i).p() * tests / (i + 1));
            corrected.set(i, effects.get(i).corrected(least));
        }
        corrected.sort(Comparator.comparingDouble(Effect::evidence).reversed());
        return List.copyOf(corrected);
    }

    /** The model of all modifiers, made once for each set of rows that metrics are known of. */
    private static final class Estimates {
        private final List<JobRow> rows;
        private final List<Set<ModifierName>> used;
        private final List<ModifierName> modifiers;
        private final Map<String, Integer> strata;
        private final Map<BitSet, SharedEffects> models = new HashMap<>();

        Estimates(
                List<JobRow> rows,
                List<Set<ModifierName>> used,
                List<ModifierName> modifiers,
                Map<String, Integer> strata) {
            this.rows = rows;
            this.used = used;
            this.modifiers = modifiers;
            this.strata = strata;
        }

        Map<ModifierName, double[]> on(String metric) {
            if (modifiers.isEmpty() || modifiers.size() > SharedEffects.MOST_FACTORS) {
                return Map.of();
            }
            BitSet known = new BitSet();
            for (int row = 0; row < rows.size(); row++) {
                known.set(row, !Double.isNaN(rows.get(row).metric(metric)));
            }
            double[] values = known.stream()
                    .mapToDouble(row -> rows.get(row).metric(metric))
                    .toArray();
            Map<ModifierName, double[]> estimated = new HashMap<>();
            models.computeIfAbsent(known, this::model).on(values).ifPresent(found -> IntStream.range(
                            0, modifiers.size())
                    .forEach(i -> estimated.put(
                            modifiers.get(i), new double[] {found.effect()[i], found.low()[i], found.high()[i]})));
            return estimated;
        }

        private SharedEffects model(BitSet known) {
            Map<ModifierName, Integer> places = new HashMap<>();
            modifiers.forEach(modifier -> places.put(modifier, places.size()));
            List<int[]> factors = known.stream()
                    .mapToObj(row -> used.get(row).stream()
                            .mapToInt(name -> places.getOrDefault(name, 0))
                            .sorted()
                            .toArray())
                    .toList();
            int[] stratum = known.stream()
                    .map(row -> strata.getOrDefault(rows.get(row).basePrompt(), 0))
                    .toArray();
            return new SharedEffects(modifiers.size(), factors, stratum);
        }
    }
}
