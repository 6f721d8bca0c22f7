package dev.moviola.frame;

import dev.moviola.ledger.Billed;
import dev.moviola.ledger.FailureCategory;
import java.util.List;
import java.util.Map;

/**
 * The failures of one category.
 *
 * @param category the category
 * @param submissions how many submissions failed so
 * @param jobs how many jobs they belonged to
 * @param billed how many of them were charged for, were not, or may have been
 * @param messages what they said, the most frequent first, at most {@link Failures#MESSAGES}
 */
public record FailureGroup(
        FailureCategory category, int submissions, int jobs, Map<Billed, Integer> billed, List<Message> messages) {
    /** Copies the collections. */
    public FailureGroup {
        billed = Map.copyOf(billed);
        messages = List.copyOf(messages);
    }

    /**
     * A message and how often it came.
     *
     * @param text the message
     * @param times how often
     */
    public record Message(String text, int times) {}
}
