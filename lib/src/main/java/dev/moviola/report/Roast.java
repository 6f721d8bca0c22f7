package dev.moviola.report;

import dev.moviola.defect.Defect;
import dev.moviola.defect.DefectReport;
import dev.moviola.defect.PhysicsFinding;
import dev.moviola.frame.ModifierName;
import dev.moviola.report.internal.RoastTemplates;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A joke about a clip that is true to its numbers: what was found worst, when, how strongly, with which modifier in the
 * prompt. It is about pixels, never about people. The same report, modifiers and seed give the same text.
 *
 * @param text at most {@link #LONGEST} characters (Unicode code points)
 * @param subject id of the defect, or kind of the physics finding, that it is about
 * @param seconds the worst moment of that, in seconds from the start
 * @param strength the score of the defect or the strength of the finding, 0..1
 */
public record Roast(String text, String subject, double seconds, double strength) {
    /** The longest text, in code points: what fits in a post on X. */
    public static final int LONGEST = 280;

    /** From this score on a defect is certain enough for strong words. */
    public static final double STRONG = 0.5;

    /** Below this score a defect is not claimed at all. */
    public static final double WEAK = 0.2;

    private static final int LONGEST_MODIFIER = 60;

    /** The roast of a clip. */
    public static Roast of(DefectReport report, List<ModifierName> modifiers, long seed) {
        List<Defect> ranking = Arrays.stream(Defect.values())
                .sorted(Comparator.comparingDouble((Defect defect) -> -score(report, defect)))
                .toList();
        Defect worst = ranking.get(0);
        Optional<PhysicsFinding> finding = report.physics().findings().stream()
                .filter(each -> RoastTemplates.has(each.kind()))
                .max(Comparator.comparingDouble(PhysicsFinding::strength))
                .filter(each -> each.strength() >= STRONG && each.strength() > score(report, worst));
        String subject = finding.map(PhysicsFinding::kind).orElse(worst.id());
        double strength = finding.map(PhysicsFinding::strength).orElse(score(report, worst));
        double when = finding.map(PhysicsFinding::seconds).orElseGet(() -> worstMoment(report, worst));

        SplittableRandom random = new SplittableRandom(mix(seed, report.sha256() + subject));
        Map<String, String> values = new HashMap<>();
        if (finding.isPresent() || report.timelines().getOrDefault(worst.id(), new double[0]).length > 0) {
            values.put("t", decimals(when, 1) + " s");
        }
        values.put("s", decimals(strength, 2));
        values.put("d", worst.id());
        double overall = report.metrics().getOrDefault("overall", Double.NaN);
        if (Double.isFinite(overall)) {
            values.put("q", String.valueOf(Math.round(overall)));
        }
        if (!modifiers.isEmpty()) {
            values.put(
                    "m", quoted(modifiers.get(random.nextInt(modifiers.size())).text()));
        }
        Defect second = ranking.get(1);
        if (score(report, second) >= STRONG) {
            values.put("d2", second.id());
            values.put("s2", decimals(score(report, second), 2));
        }

        String section = strength >= STRONG ? subject : strength >= WEAK ? "mild" : "clean";
        String body = capital(RoastTemplates.pick(values.containsKey("t") ? section : "timeless", values, random));
        List<String> tails = new ArrayList<>();
        if (strength >= STRONG) {
            tails.add("tail");
            tails.add("tail-also");
            if (!values.containsKey("m") || !body.contains(values.getOrDefault("m", ""))) {
                tails.add("tail-mod");
            }
        }
        String text = body;
        if (!tails.isEmpty()) {
            String tail = RoastTemplates.pick(tails.get(random.nextInt(tails.size())), values, random);
            String both = body + " " + capital(tail);
            text = tail.isEmpty() || length(both) > LONGEST ? body : both;
        }
        return new Roast(text, subject, when, strength);
    }

    /** The length of a report's clip: what the file says, else frames over frame rate, else 0. */
    public static double seconds(DefectReport report) {
        if (report.video().seconds() > 0) {
            return report.video().seconds();
        }
        int frames = report.timelines().values().stream()
                .mapToInt(line -> line.length)
                .max()
                .orElse(0);
        return report.video().fps() > 0 ? frames / report.video().fps() : 0;
    }

    /** When a defect is at its strongest, in seconds; 0 when the report has no timeline of it. */
    public static double worstMoment(DefectReport report, Defect defect) {
        double[] line = report.timelines().getOrDefault(defect.id(), new double[0]);
        int peak = 0;
        for (int i = 1; i < line.length; i++) {
            peak = line[i] > line[peak] ? i : peak;
        }
        if (line.length == 0) {
            return 0;
        }
        double fps = report.video().fps();
        return fps > 0 ? peak / fps : seconds(report) * peak / line.length;
    }

    private static double score(DefectReport report, Defect defect) {
        return report.metrics().getOrDefault(defect.id(), 0.0);
    }

    private static String quoted(String text) {
        String flat = text.replaceAll("[\\p{Cntrl}\\p{Zs}\\p{Zl}\\p{Zp}]+", " ").strip();
        if (length(flat) > LONGEST_MODIFIER) {
            flat = flat.substring(0, flat.offsetByCodePoints(0, LONGEST_MODIFIER - 1))
                            .strip() + "…";
        }
        return "“" + flat + "”";
    }

    private static String capital(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static String decimals(double value, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    private static long mix(long seed, String text) {
        long hash = seed ^ 0x9E3779B97F4A7C15L;
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ each) * 0x100000001B3L;
            hash ^= hash >>> 29;
        }
        return hash;
    }
}
