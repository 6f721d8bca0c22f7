package dev.moviola.frame;

import dev.moviola.ledger.Artefact;
import dev.moviola.ledger.Failure;
import dev.moviola.ledger.JobKey;
import dev.moviola.ledger.JobState;
import dev.moviola.ledger.Money;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a table or a page says about one job.
 *
 * @param sequence the job's place in the run, from 1
 * @param rank 1 for the job with the highest overall score; 0 when it has none
 * @param key the job's key
 * @param variant index of the variant that it was made from, -1 when it was not made from one
 * @param prompt what was asked for, empty when the job has no prompt
 * @param basePrompt the prompt before it was modified; the prompt itself when it was not
 * @param strategy how the variant was found, empty when unknown
 * @param modifiers what was put into the prompt, in order
 * @param state where the job stands
 * @param attempts how often it was submitted
 * @param failure why the last submission failed, null when none did
 * @param last the last submission, null before the first
 * @param price the listed price of all its submissions; a group's price is divided evenly
 * @param charged what the backend said it charged for all of them, null when it never said
 * @param clip the clip, null when there is none
 * @param metrics metric id to value, finite; empty when it was not scored
 * @param relative metric id to value minus the median of its siblings, the clips of the same base prompt; empty
 *     where there are none
 */
public record JobRow(
        long sequence,
        int rank,
        JobKey key,
        long variant,
        String prompt,
        String basePrompt,
        String strategy,
        List<ModifierName> modifiers,
        JobState state,
        int attempts,
        @Nullable Failure failure,
        @Nullable LastSubmission last,
        Money price,
        @Nullable Money charged,
        @Nullable Artefact clip,
        Map<String, Double> metrics,
        Map<String, Double> relative) {
    /** Copies the collections. */
    public JobRow {
        modifiers = List.copyOf(modifiers);
        metrics = Collections.unmodifiableMap(new TreeMap<>(metrics));
        relative = Collections.unmodifiableMap(new TreeMap<>(relative));
    }

    /** The value of a metric; NaN when the job has none. */
    public double metric(String id) {
        return metrics.getOrDefault(id, Double.NaN);
    }

    /** The overall score 0..100; NaN when the job has none. */
    public double overall() {
        return metric("overall");
    }

    /** Whether it has an overall score. */
    public boolean isScored() {
        return metrics.containsKey("overall");
    }

    /** What the job cost: the charge where the backend said one, else the listed price. */
    public Money cost() {
        return charged == null ? price : charged;
    }

    JobRow ranked(int place) {
        return with(place, relative);
    }

    JobRow compared(Map<String, Double> differences) {
        return with(rank, differences);
    }

    private JobRow with(int place, Map<String, Double> differences) {
        return new JobRow(
                sequence,
                place,
                key,
                variant,
                prompt,
                basePrompt,
                strategy,
                modifiers,
                state,
                attempts,
                failure,
                last,
                price,
                charged,
                clip,
                metrics,
                differences);
    }
}
