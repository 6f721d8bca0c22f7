package dev.moviola.frame;

import dev.moviola.ledger.Artefact;
import dev.moviola.ledger.Job;
import dev.moviola.ledger.JobKey;
import dev.moviola.ledger.JobRecord;
import dev.moviola.ledger.Ledger;
import dev.moviola.ledger.Money;
import dev.moviola.ledger.Score;
import dev.moviola.ledger.Submission;
import dev.moviola.ledger.SubmissionState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a run from its ledger. */
public final class JobRows {
    private JobRows() {}

    /**
     * One row for each job, in order of sequence, with the scores of the scorer that has scored most of them (of equal
     * ones the one whose id sorts last).
     */
    public static List<JobRow> of(Ledger ledger) {
        List<Score> scores = ledger.scores();
        return of(ledger, scores, mainScorer(scores).orElse(""));
    }

    /** One row for each job, in order of sequence, with the scores of {@code scorer}. */
    public static List<JobRow> of(Ledger ledger, String scorer) {
        return of(ledger, ledger.scores(), scorer);
    }

    /** The scorer whose scores {@link #of(Ledger)} takes; empty when nothing is scored. */
    public static Optional<String> mainScorer(Ledger ledger) {
        return mainScorer(ledger.scores());
    }

    private static Optional<String> mainScorer(List<Score> scores) {
        Map<String, Integer> counts = new TreeMap<>();
        for (Score score : scores) {
            counts.merge(score.scorer(), score.metric().equals("overall") ? 1_000 : 1, Integer::sum);
        }
        return counts.entrySet().stream()
                .max(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey);
    }

    private static List<JobRow> of(Ledger ledger, List<Score> scores, String scorer) {
        Map<JobKey, Spending> spending = new HashMap<>();
        ledger.eachSubmission(submission -> {
            for (JobKey key : submission.jobs()) {
                spending.computeIfAbsent(key, any -> new Spending()).add(submission);
            }
        });
        Map<JobKey, Map<String, Double>> metrics = new HashMap<>();
        for (Score score : scores) {
            if (score.scorer().equals(scorer) && Double.isFinite(score.value())) {
                metrics.computeIfAbsent(score.job(), any -> new TreeMap<>()).put(score.metric(), score.value());
            }
        }
        List<JobRow> rows = new ArrayList<>();
        ledger.eachJob(job -> {
            // A trial of a sweep stands for its settings; the clip that it asks for is a job of its own.
            if (!job.job().kind().equals("trial")) {
                rows.add(row(
                        job,
                        spending.getOrDefault(job.job().key(), new Spending()),
                        metrics.getOrDefault(job.job().key(), Map.of())));
            }
        });
        return rank(compare(rows));
    }

    private static JobRow row(JobRecord entry, Spending spending, Map<String, Double> metrics) {
        Job job = entry.job();
        String prompt = job.parameters().text("prompt", "");
        String base = job.metadata().text("base_prompt", prompt);
        long variant = job.metadata()
                .find("variant")
                .filter(Long.class::isInstance)
                .map(Long.class::cast)
                .orElse(-1L);
        return new JobRow(
                entry.sequence(),
                0,
                job.key(),
                variant,
                prompt,
                base,
                job.metadata().text("strategy", ""),
                modifiers(job),
                entry.state(),
                entry.attempts(),
                entry.lastFailure(),
                spending.last == null ? null : LastSubmission.of(spending.last),
                spending.price,
                spending.charged,
                clip(entry),
                metrics,
                Map.of());
    }

    private static List<ModifierName> modifiers(Job job) {
        if (!(job.metadata().find("modifiers").orElse(List.of()) instanceof List<?> uses)) {
            return List.of();
        }
        List<ModifierName> names = new ArrayList<>();
        for (Object use : uses) {
            if (use instanceof Map<?, ?> fields && fields.get("text") instanceof String text) {
                names.add(new ModifierName(fields.get("pool") instanceof String pool ? pool : "", text));
            } else if (use instanceof String text) {
                names.add(new ModifierName("", text));
            }
        }
        return names;
    }

    private static @Nullable Artefact clip(JobRecord entry) {
        return entry.artefacts().stream()
                .filter(artefact -> artefact.role().equals(Artefact.CLIP))
                .findFirst()
                .or(() -> entry.artefacts().stream()
                        .filter(artefact -> artefact.mediaType().startsWith("video/"))
                        .findFirst())
                .orElse(null);
    }

    private static List<JobRow> compare(List<JobRow> rows) {
        Map<String, List<JobRow>> families = new LinkedHashMap<>();
        for (JobRow row : rows) {
            if (row.isScored()) {
                families.computeIfAbsent(row.basePrompt(), any -> new ArrayList<>())
                        .add(row);
            }
        }
        Map<JobKey, Map<String, Double>> differences = new HashMap<>();
        families.values().stream().filter(family -> family.size() > 1).forEach(family -> {
            Map<String, Double> medians = medians(family);
            for (JobRow row : family) {
                Map<String, Double> difference = new TreeMap<>();
                row.metrics().forEach((id, value) -> difference.put(id, value - medians.getOrDefault(id, value)));
                differences.put(row.key(), difference);
            }
        });
        return rows.stream()
                .map(row -> differences.containsKey(row.key())
                        ? row.compared(differences.getOrDefault(row.key(), Map.of()))
                        : row)
                .toList();
    }

    private static Map<String, Double> medians(List<JobRow> family) {
        Map<String, List<Double>> values = new HashMap<>();
        for (JobRow row : family) {
            row.metrics().forEach((id, value) -> values.computeIfAbsent(id, any -> new ArrayList<>())
                    .add(value));
        }
        Map<String, Double> medians = new HashMap<>();
        values.forEach((id, list) -> medians.put(id, median(list)));
        return medians;
    }

    private static double median(List<Double> list) {
        double[] sorted = list.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    private static List<JobRow> rank(List<JobRow> rows) {
        List<JobRow> scored = new ArrayList<>(rows);
        scored.removeIf(row -> !row.isScored());
        scored.sort(Comparator.comparingDouble(JobRow::overall).reversed().thenComparingLong(JobRow::sequence));
        Map<JobKey, Integer> places = new HashMap<>();
        for (int i = 0; i < scored.size(); i++) {
            places.put(scored.get(i).key(), i + 1);
        }
        return rows.stream()
                .map(row -> row.ranked(places.getOrDefault(row.key(), 0)))
                .toList();
    }

    private static final class Spending {
        private @Nullable Submission last;
        private Money price = Money.ZERO;
        private @Nullable Money charged;

        void add(Submission submission) {
            last = submission;
            int jobs = submission.jobs().size();
            if (submission.state() != SubmissionState.REJECTED) {
                price = price.plus(new Money(submission.price().ticks() / jobs));
            }
            Money said = submission.charged();
            if (said != null) {
                Money share = new Money(said.ticks() / jobs);
                charged = charged == null ? share : charged.plus(share);
            }
        }
    }
}
