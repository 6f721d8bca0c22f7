package dev.moviola.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moviola.defect.Cadence;
import dev.moviola.defect.Defect;
import dev.moviola.defect.DefectReport;
import dev.moviola.defect.PhysicsFinding;
import dev.moviola.defect.PhysicsReport;
import dev.moviola.frame.ModifierName;
import dev.moviola.report.internal.RoastTemplates;
import dev.moviola.video.VideoInfo;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RoastTest {
    private static final List<ModifierName> MODIFIERS =
            List.of(new ModifierName("environment", "neon rain"), new ModifierName("camera", "dolly in"));
    private static final Pattern TIME = Pattern.compile("(\\d+\\.\\d) s\\b");
    private static final Pattern DECIMAL = Pattern.compile("(?<![\\d.])0\\.\\d\\d(?!\\d)|1\\.00");
    private static final Pattern QUOTE = Pattern.compile("“([^”]*)”");
    private static final Pattern QUALITY = Pattern.compile("(\\d+)(?: points)? of 100|Quality (\\d+)");

    @Test
    void everyClaimOfEveryRoastIsInTheReport() {
        Random random = new Random(5);
        for (int trial = 0; trial < 3_000; trial++) {
            DefectReport report = report(random, trial);
            Roast roast = Roast.of(report, trial % 3 == 0 ? List.of() : MODIFIERS, trial);
            String text = roast.text();
            assertThat(text.codePointCount(0, text.length())).as(text).isBetween(1, Roast.LONGEST);
            assertThat(text).doesNotContain("{", "}", "NaN", "null");
            Set<String> strengths = new HashSet<>();
            for (Defect defect : Defect.values()) {
                strengths.add(String.format(Locale.ROOT, "%.2f", report.score(defect)));
            }
            strengths.add(String.format(Locale.ROOT, "%.2f", roast.strength()));
            all(DECIMAL, text).forEach(number -> assertThat(strengths).as(text).contains(number));
            all(TIME, text)
                    .forEach(time ->
                            assertThat(time).as(text).isEqualTo(String.format(Locale.ROOT, "%.1f s", roast.seconds())));
            all(QUOTE, text).forEach(quote -> assertThat(MODIFIERS)
                    .as(text)
                    .anyMatch(modifier -> quote.equals("“" + modifier.text() + "”")));
            Matcher quality = QUALITY.matcher(text);
            while (quality.find()) {
                String said = quality.group(1) == null ? quality.group(2) : quality.group(1);
                assertThat(said).as(text).isEqualTo(String.valueOf(Math.round(report.overall())));
            }
            assertTheSubjectIsTheWorst(report, roast);
        }
    }

    @Test
    void theSameClipAndSeedGiveTheSameRoastAndOthersGiveOthers() {
        DefectReport report = report(new Random(1), 2);
        assertThat(Roast.of(report, MODIFIERS, 7)).isEqualTo(Roast.of(report, MODIFIERS, 7));
        Set<String> texts = new HashSet<>();
        for (int seed = 0; seed < 50; seed++) {
            texts.add(Roast.of(report, MODIFIERS, seed).text());
        }
        assertThat(texts).hasSizeGreaterThan(25);
    }

    @Test
    void thereAreDozensOfTemplatesForEachDefect() {
        for (Defect defect : Defect.values()) {
            assertThat(RoastTemplates.of(defect.id()))
                    .hasSizeGreaterThanOrEqualTo(24)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void aLongModifierIsCutAndTheRoastStaysShort() {
        DefectReport report = report(new Random(2), 2);
        for (int seed = 0; seed < 100; seed++) {
            String text = Roast.of(report, List.of(new ModifierName("", "😀".repeat(500) + "\n<b>")), seed)
                    .text();
            assertThat(text.codePointCount(0, text.length())).isLessThanOrEqualTo(Roast.LONGEST);
            assertThat(text).doesNotContain("\n");
        }
    }

    @Test
    void withoutATimelineNoMomentIsClaimed() {
        DefectReport full = report(new Random(3), 3);
        DefectReport bare = new DefectReport(
                full.scorer(),
                full.sha256(),
                full.video(),
                full.metrics(),
                Map.of(),
                List.of(),
                Cadence.none(),
                PhysicsReport.empty());
        for (int seed = 0; seed < 40; seed++) {
            assertThat(all(TIME, Roast.of(bare, MODIFIERS, seed).text())).isEmpty();
        }
    }

    private static void assertTheSubjectIsTheWorst(DefectReport report, Roast roast) {
        boolean physics = report.physics().findings().stream()
                .anyMatch(finding -> finding.kind().equals(roast.subject()));
        if (physics) {
            assertThat(roast.strength()).isGreaterThan(report.score(report.worst()));
        } else {
            assertThat(roast.subject()).isEqualTo(report.worst().id());
            assertThat(roast.strength()).isEqualTo(report.score(report.worst()));
            double[] line = report.timelines().get(roast.subject());
            int frame = (int) Math.round(roast.seconds() * report.video().fps());
            for (double value : line) {
                assertThat(line[frame]).isGreaterThanOrEqualTo(value);
            }
        }
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(result -> result.group()).toList();
    }

    private static DefectReport report(Random random, int trial) {
        Map<String, Double> metrics = new TreeMap<>();
        Map<String, double[]> lines = new TreeMap<>();
        double scale = trial % 4 == 0 ? 0.15 : trial % 4 == 1 ? 0.45 : 1;
        double overall = 100;
        for (Defect defect : Defect.values()) {
            double score = scale * random.nextDouble();
            metrics.put(defect.id(), score);
            overall *= 1 - 0.75 * score * score;
            double[] line = new double[72];
            for (int i = 0; i < line.length; i++) {
                line[i] = random.nextDouble();
            }
            lines.put(defect.id(), line);
        }
        metrics.put("overall", overall);
        List<PhysicsFinding> findings = trial % 5 == 0
                ? List.of(new PhysicsFinding("fell_up", 1.23, 0.5, 0.5, random.nextDouble(), "It falls up."))
                : List.of();
        return new DefectReport(
                "t/1",
                "hash" + trial,
                new VideoInfo(64, 36, 72, 3, 24, "h264", "yuv420p", 1),
                metrics,
                lines,
                List.of(),
                Cadence.none(),
                new PhysicsReport(1, findings));
    }
}
