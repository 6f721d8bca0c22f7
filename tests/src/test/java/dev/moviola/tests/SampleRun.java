package dev.moviola.tests;

import dev.moviola.defect.Cadence;
import dev.moviola.defect.Defect;
import dev.moviola.defect.DefectReport;
import dev.moviola.defect.PhysicsFinding;
import dev.moviola.defect.PhysicsReport;
import dev.moviola.frame.Failures;
import dev.moviola.frame.JobRow;
import dev.moviola.frame.LastSubmission;
import dev.moviola.frame.ModifierName;
import dev.moviola.ledger.Artefact;
import dev.moviola.ledger.Billed;
import dev.moviola.ledger.Failure;
import dev.moviola.ledger.FailureCategory;
import dev.moviola.ledger.Job;
import dev.moviola.ledger.JobState;
import dev.moviola.ledger.Money;
import dev.moviola.ledger.Parameters;
import dev.moviola.report.ReportSource;
import dev.moviola.video.VideoInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A made-up run folder of any size, with hostile prompts among the others. */
final class SampleRun {
    static final String HOSTILE =
            "</script><script>window.pwned=1</script><img src=x onerror=\"window.pwned=2\">{{SCRIPT}}\n\"quoted\" & more";
    static final String RIGHT_TO_LEFT = "سامورائي يقاتل ديناصورا تحت المطر";

    private static final List<ModifierName> MODIFIERS = List.of(
            new ModifierName("physics", "gravity inversion, debris falling upward"),
            new ModifierName("physics", "momentum violation in mid-air"),
            new ModifierName("camera", "dolly in while orbiting"),
            new ModifierName("camera", "whip pan into a crash zoom"),
            new ModifierName("coherence", "texture bleeding between surfaces"),
            new ModifierName("coherence", "emerald sparks over chromatic aberration"),
            new ModifierName("environment", "neon rain"),
            new ModifierName("environment", "sandstorm"),
            new ModifierName("quality", "photorealistic, 8K"));

    private final Path folder;
    private final Random random;
    private final byte[] clip;

    private SampleRun(Path folder, long seed, byte[] clip) {
        this.folder = folder;
        this.random = new Random(seed);
        this.clip = clip;
    }

    /**
     * Makes a run of {@code count} jobs.
     *
     * @param clips how many of the worst have a file, all of them the same {@code clip}
     */
    static ReportSource make(Path folder, int count, int clips, byte[] clip, long seed) {
        try {
            Files.createDirectories(folder.resolve("defects"));
            return new SampleRun(folder, seed, clip).source(count, clips);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ReportSource source(int count, int clips) throws IOException {
        List<JobRow> rows = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            rows.add(row(i));
        }
        List<JobRow> worst = rows.stream()
                .filter(JobRow::isScored)
                .sorted(Comparator.comparingDouble(JobRow::overall))
                .toList();
        Map<Long, Integer> ranks = new HashMap<>();
        for (int i = 0; i < worst.size(); i++) {
            ranks.put(worst.get(i).sequence(), worst.size() - i);
        }
        for (JobRow row : worst.subList(0, Math.min(clips, worst.size()))) {
            Path file = folder.resolve(row.clip().path());
            Files.createDirectories(file.getParent());
            Files.write(file, clip);
            Files.writeString(
                    folder.resolve("defects").resolve(row.clip().sha256() + ".json"),
                    report(row).toJson());
        }
        List<JobRow> ranked = rows.stream()
                .map(row -> copy(row, ranks.getOrDefault(row.sequence(), 0)))
                .toList();
        return new ReportSource(
                folder,
                "samurai vs T-rex",
                ranked,
                Failures.of(ranked),
                "plain/1",
                List.of(
                        new ReportSource.Fact("seed", "7"),
                        new ReportSource.Fact("backend", "rehearsal"),
                        new ReportSource.Fact("moviola", "0.1.0")));
    }

    private JobRow row(int i) {
        List<ModifierName> modifiers = new ArrayList<>();
        MODIFIERS.stream().filter(any -> random.nextInt(3) == 0).forEach(modifiers::add);
        String base = i % 2 == 0 ? "a samurai faces a T-rex in a bamboo forest" : "a glass of water on a moving train";
        String prompt = i == 3 ? HOSTILE : i == 5 ? RIGHT_TO_LEFT : base;
        for (ModifierName modifier : modifiers) {
            prompt += ", " + modifier.text();
        }
        Job job = Job.generate(Parameters.of("prompt", prompt, "seed", i), Parameters.none());
        String sha = job.key().hex();
        boolean failed = random.nextInt(12) == 0;
        Instant intended = Instant.parse("2026-11-22T13:15:02Z").plusSeconds(i);
        Failure failure = failed
                ? random.nextBoolean()
                        ? Failure.of(
                                FailureCategory.MODERATION,
                                Billed.YES,
                                "",
                                "Generated video rejected by content moderation.")
                        : Failure.of(FailureCategory.DEADLINE, Billed.UNKNOWN, "", "no result after 300 s <b>bold</b>")
                : null;
        return new JobRow(
                i,
                0,
                job.key(),
                i - 1,
                prompt,
                base,
                "adversarial",
                modifiers,
                failed ? JobState.FAILED : JobState.DONE,
                1,
                failure,
                new LastSubmission(
                        "xai", "gpu" + i % 2, "req-" + i, intended, intended.plusMillis(2_000 + random.nextInt(9_000))),
                Money.dollars(0.4),
                failed ? null : Money.dollars(0.4),
                failed
                        ? null
                        : new Artefact(
                                job.key(),
                                Artefact.CLIP,
                                sha,
                                clip.length,
                                "video/mp4",
                                "clips/" + sha.substring(0, 2) + "/" + sha + ".mp4"),
                failed ? Map.of() : metrics(modifiers),
                Map.of());
    }

    private Map<String, Double> metrics(List<ModifierName> modifiers) {
        Map<String, Double> metrics = new TreeMap<>();
        double overall = 100;
        for (Defect defect : Defect.values()) {
            double value = 0.15 * random.nextDouble();
            for (ModifierName modifier : modifiers) {
                if (MODIFIERS.indexOf(modifier) == defect.ordinal()) {
                    value += 0.35 + 0.4 * random.nextDouble();
                }
            }
            value = Math.min(1, value);
            metrics.put(defect.id(), value);
            overall *= 1 - 0.75 * value * value;
        }
        metrics.put("overall", overall);
        metrics.put("sharpness", 0.5 + 0.3 * random.nextDouble());
        metrics.put("naturalness", 0.4 + 0.3 * random.nextDouble());
        metrics.put("motion", 0.05 * random.nextDouble());
        return metrics;
    }

    private DefectReport report(JobRow row) {
        int frames = 48;
        Map<String, double[]> timelines = new TreeMap<>();
        for (Defect defect : Defect.values()) {
            double[] line = new double[frames];
            int peak = random.nextInt(frames);
            for (int i = 0; i < frames; i++) {
                line[i] = row.metric(defect.id()) * Math.exp(-Math.pow((i - peak) / 5.0, 2));
            }
            timelines.put(defect.id(), line);
        }
        double[] motion = new double[frames];
        for (int i = 0; i < frames; i++) {
            motion[i] = 0.4 + 0.3 * Math.sin(i / 6.0);
        }
        timelines.put("motion", motion);
        return new DefectReport(
                "plain/1",
                row.clip().sha256(),
                new VideoInfo(320, 180, frames, 2, 24, "h264", "yuv420p", clip.length),
                row.metrics(),
                timelines,
                List.of(1.25),
                Cadence.none(),
                new PhysicsReport(
                        2,
                        List.of(new PhysicsFinding(
                                "fell_up",
                                0.8,
                                0.4,
                                0.5,
                                0.42,
                                "An object accelerates upward at 0.8 s without support."))));
    }

    private static JobRow copy(JobRow row, int rank) {
        Map<String, Double> relative = new TreeMap<>();
        row.metrics().forEach((id, value) -> relative.put(id, id.equals("overall") ? value - 60 : value - 0.1));
        return new JobRow(
                row.sequence(),
                rank,
                row.key(),
                row.variant(),
                row.prompt(),
                row.basePrompt(),
                row.strategy(),
                row.modifiers(),
                row.state(),
                row.attempts(),
                row.failure(),
                row.last(),
                row.price(),
                row.charged(),
                row.clip(),
                row.metrics(),
                relative);
    }
}
