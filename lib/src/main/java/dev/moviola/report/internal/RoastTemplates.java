package dev.moviola.report.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The sentences of the roasts, by what they are about. */
public final class RoastTemplates {
    private static final Pattern PLACE = Pattern.compile("\\{([a-z0-9]+)}");
    private static final Map<String, List<String>> SECTIONS = read();

    private RoastTemplates() {}

    /** Whether there are sentences about {@code section}. */
    public static boolean has(String section) {
        return SECTIONS.containsKey(section);
    }

    /** The templates of a section as they are written. */
    public static List<String> of(String section) {
        return SECTIONS.getOrDefault(section, List.of());
    }

    /** A sentence of the section for which all values are there; empty when there is none. */
    public static String pick(String section, Map<String, String> values, SplittableRandom random) {
        List<String> usable = of(section).stream()
                .filter(template ->
                        PLACE.matcher(template).results().allMatch(place -> values.containsKey(place.group(1))))
                .toList();
        return usable.isEmpty() ? "" : fill(usable.get(random.nextInt(usable.size())), values);
    }

    private static String fill(String template, Map<String, String> values) {
        Matcher places = PLACE.matcher(template);
        StringBuilder text = new StringBuilder();
        while (places.find()) {
            places.appendReplacement(text, "");
            text.append(values.getOrDefault(places.group(1), ""));
        }
        return places.appendTail(text).toString();
    }

    private static Map<String, List<String>> read() {
        Map<String, List<String>> sections = new LinkedHashMap<>();
        List<String> current = new ArrayList<>();
        for (String line : PageTemplate.resource("roasts.txt").split("\n", -1)) {
            String text = line.strip();
            if (text.startsWith("[")) {
                current = new ArrayList<>();
                sections.put(text.substring(1, text.length() - 1), current);
            } else if (!text.isEmpty() && !text.startsWith("#")) {
                current.add(text);
            }
        }
        return sections;
    }
}
