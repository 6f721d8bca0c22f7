package dev.moviola.frame;

import dev.moviola.ledger.Artefact;
import dev.moviola.ledger.Billed;
import dev.moviola.ledger.Failure;
import dev.moviola.ledger.FailureCategory;
import dev.moviola.ledger.Job;
import dev.moviola.ledger.JobState;
import dev.moviola.ledger.Money;
import dev.moviola.ledger.Parameters;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Rows of a made-up campaign in which some modifiers raise some defects by a known amount. */
public final class Samples {
    /** Each raises the defect named after its dash by 0.5 on average. */
    public static final List<ModifierName> MODIFIERS = List.of(
            new ModifierName("physics", "gravity inversion — warp"),
            new ModifierName("camera", "dolly in while orbiting — jerk"),
            new ModifierName("coherence", "texture bleeding — melt"),
            new ModifierName("environment", "neon rain — flicker"),
            new ModifierName("quality", "photorealistic 8K"));

    private static final Instant START = Instant.parse("2026-11-22T13:15:02Z");

    private Samples() {}

    /** {@code count} jobs, a tenth of them failed. */
    public static List<JobRow> campaign(int count, long seed) {
        Random random = new Random(seed);
        List<JobRow> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<ModifierName> modifiers = new ArrayList<>();
            for (ModifierName modifier : MODIFIERS) {
                if (random.nextInt(3) == 0) {
                    modifiers.add(modifier);
                }
            }
            boolean failed = random.nextInt(10) == 0;
            Map<String, Double> metrics = failed ? Map.of() : metrics(modifiers, random);
            rows.add(row(i + 1, "samurai vs T-rex", modifiers, failed, metrics));
        }
        return ranked(rows);
    }

    /** One row. */
    public static JobRow row(
            int sequence, String base, List<ModifierName> modifiers, boolean failed, Map<String, Double> metrics) {
        String prompt = base + ", "
                + String.join(", ", modifiers.stream().map(ModifierName::text).toList());
        Job job = Job.generate(Parameters.of("prompt", prompt, "seed", sequence), Parameters.none());
        String sha = job.key().hex();
        Artefact clip = failed
                ? null
                : new Artefact(
                        job.key(),
                        Artefact.CLIP,
                        sha,
                        120_000 + sequence,
                        "video/mp4",
                        "clips/" + sha.substring(0, 2) + "/" + sha + ".mp4");
        Failure failure = failed
                ? Failure.of(
                        sequence % 2 == 0 ? FailureCategory.MODERATION : FailureCategory.TRANSIENT,
                        Billed.NO,
                        "x",
                        sequence % 2 == 0 ? "Generated video rejected by content moderation." : "connection reset")
                : null;
        Instant intended = START.plusSeconds(sequence);
        return new JobRow(
                sequence,
                0,
                job.key(),
                sequence - 1,
                prompt,
                base,
                "adversarial",
                modifiers,
                failed ? JobState.FAILED : JobState.DONE,
                failed ? 2 : 1,
                failure,
                new LastSubmission(
                        "xai",
                        "gpu" + sequence % 2,
                        "req-" + sequence,
                        intended,
                        intended.plusMillis(3_500 + sequence)),
                failed ? Money.ZERO : Money.dollars(0.4),
                failed ? null : Money.dollars(0.4),
                clip,
                metrics,
                Map.of());
    }

    /** The rows with their ranks. */
    public static List<JobRow> ranked(List<JobRow> rows) {
        List<JobRow> order = new ArrayList<>(rows);
        order.removeIf(row -> !row.isScored());
        order.sort(Comparator.comparingDouble(JobRow::overall).reversed());
        Map<JobRow, Integer> ranks = new IdentityHashMap<>();
        order.forEach(row -> ranks.put(row, ranks.size() + 1));
        return rows.stream().map(row -> row.ranked(ranks.getOrDefault(row, 0))).toList();
    }

    private static Map<String, Double> metrics(List<ModifierName> modifiers, Random random) {
        Map<String, Double> metrics = new TreeMap<>();
        double overall = 100;
        for (String defect : Columns.defectIds()) {
            double value = 0.02 + 0.1 * random.nextDouble();
            if (modifiers.stream().anyMatch(modifier -> modifier.text().endsWith("— " + defect))) {
                value += 0.4 + 0.2 * random.nextDouble();
            }
            metrics.put(defect, value);
            overall *= 1 - 0.75 * value * value;
        }
        metrics.put("overall", overall);
        metrics.put("sharpness", 0.5 + 0.3 * random.nextDouble());
        metrics.put("naturalness", 0.4 + 0.3 * random.nextDouble());
        metrics.put("motion", 0.05 * random.nextDouble());
        metrics.put("warp_err", 0.01 * random.nextDouble());
        return metrics;
    }
}
