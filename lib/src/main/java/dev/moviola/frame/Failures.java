package dev.moviola.frame;

import dev.moviola.ledger.Billed;
import dev.moviola.ledger.Failure;
import dev.moviola.ledger.FailureCategory;
import dev.moviola.ledger.JobKey;
import dev.moviola.ledger.Ledger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Failures by category. */
public final class Failures {
    /** How many different messages of a category are kept. */
    public static final int MESSAGES = 5;

    // Messages that hold an id or a time are all different; more than this many need not be told apart.
    private static final int MOST_DIFFERENT = 1_000;

    private Failures() {}

    /** Every failed submission of a run, also of jobs that succeeded later; the most frequent category first. */
    public static List<FailureGroup> of(Ledger ledger) {
        Map<FailureCategory, Count> counts = new EnumMap<>(FailureCategory.class);
        ledger.eachSubmission(submission -> {
            Failure failure = submission.failure();
            if (failure != null) {
                counts.computeIfAbsent(failure.category(), any -> new Count()).add(failure, submission.jobs());
            }
        });
        return groups(counts);
    }

    /** The last failure of each of these rows that has one. */
    public static List<FailureGroup> of(Collection<JobRow> rows) {
        Map<FailureCategory, Count> counts = new EnumMap<>(FailureCategory.class);
        for (JobRow row : rows) {
            Failure failure = row.failure();
            if (failure != null) {
                counts.computeIfAbsent(failure.category(), any -> new Count()).add(failure, List.of(row.key()));
            }
        }
        return groups(counts);
    }

    private static List<FailureGroup> groups(Map<FailureCategory, Count> counts) {
        List<FailureGroup> groups = new ArrayList<>();
        counts.forEach((category, count) -> groups.add(new FailureGroup(
                category, count.submissions, count.jobs.size(), count.billed, count.frequentMessages())));
        groups.sort(Comparator.comparingInt(FailureGroup::submissions).reversed());
        return List.copyOf(groups);
    }

    private static final class Count {
        private final Set<JobKey> jobs = new HashSet<>();
        private final Map<Billed, Integer> billed = new EnumMap<>(Billed.class);
        private final Map<String, Integer> messages = new TreeMap<>();
        private int submissions;

        void add(Failure failure, List<JobKey> keys) {
            submissions++;
            jobs.addAll(keys);
            billed.merge(failure.billed(), 1, Integer::sum);
            if (messages.size() < MOST_DIFFERENT || messages.containsKey(failure.message())) {
                messages.merge(failure.message(), 1, Integer::sum);
            }
        }

        List<FailureGroup.Message> frequentMessages() {
            return messages.entrySet().stream()
                    .map(entry -> new FailureGroup.Message(entry.getKey(), entry.getValue()))
                    .sorted(Comparator.comparingInt(FailureGroup.Message::times).reversed())
                    .limit(MESSAGES)
                    .toList();
        }
    }
}
