package dev.moviola.defect;

import dev.moviola.MoviolaException;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Scores of clips relative to their siblings, the clips made from the same base prompt.
 *
 * <p>What a scene is like (leaves in the wind, water) moves the scores of all its clips alike; the difference from the
 * siblings' median says what a variant added. It ranks the variants of one prompt; across prompts use the scores
 * themselves.
 */
public final class Siblings {
    private Siblings() {}

    /**
     * Each metric minus its median over all these siblings, the clip itself included.
     *
     * @param siblings key of the clip to its report; all from the same base prompt and the same scorer
     * @return key of the clip to metric id to difference; metrics that a clip lacks are absent
     * @throws MoviolaException when the reports come from different scorers
     */
    public static Map<String, Map<String, Double>> relative(Map<String, DefectReport> siblings) {
        long scorers =
                siblings.values().stream().map(DefectReport::scorer).distinct().count();
        if (scorers > 1) {
            throw new MoviolaException("siblings must be scored by one scorer, but there were "
                    + siblings.values().stream()
                            .map(DefectReport::scorer)
                            .distinct()
                            .toList()
                    + "; score the older clips again");
        }
        Map<String, Double> medians = medians(siblings.values());
        Map<String, Map<String, Double>> result = new LinkedHashMap<>();
        siblings.forEach((key, report) -> {
            Map<String, Double> differences = new TreeMap<>();
            report.metrics().forEach((id, value) -> differences.put(id, value - medians.getOrDefault(id, value)));
            result.put(key, differences);
        });
        return result;
    }

    /** The median of each metric over the reports that have it. */
    public static Map<String, Double> medians(Collection<DefectReport> reports) {
        Map<String, Double> medians = new TreeMap<>();
        for (DefectReport report : reports) {
            for (String id : report.metrics().keySet()) {
                medians.computeIfAbsent(id, metric -> {
                    double[] values = reports.stream()
                            .filter(each -> each.metrics().containsKey(metric))
                            .mapToDouble(each -> each.metric(metric))
                            .toArray();
                    Arrays.sort(values);
                    int half = values.length / 2;
                    return values.length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
                });
            }
        }
        return medians;
    }
}
