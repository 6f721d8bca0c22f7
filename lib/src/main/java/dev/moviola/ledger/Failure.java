package dev.moviola.ledger;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why something did not work.
 *
 * @param category the kind of failure, on which retry depends
 * @param billed whether it was charged for
 * @param code the backend's own code, empty when it gave none
 * @param message one or more lines for a person, at most 4,000 characters; never holds a key
 * @param retryAfter how long the backend asks to wait, null when it does not say
 */
public record Failure(
        FailureCategory category,
        Billed billed,
        String code,
        String message,
        @Nullable Duration retryAfter) {
    /** The longest message that is kept. */
    public static final int LONGEST_MESSAGE = 4_000;

    /** Cuts an over-long message. */
    public Failure {
        if (message.length() > LONGEST_MESSAGE) {
            message = message.substring(0, LONGEST_MESSAGE - 1) + "…";
        }
    }

    /** A failure without a wish to wait. */
    public static Failure of(FailureCategory category, Billed billed, String code, String message) {
        return new Failure(category, billed, code, message, null);
    }
}
