package dev.moviola.backend;

import dev.moviola.ledger.Failure;
import dev.moviola.ledger.Money;
import dev.moviola.ledger.Parameters;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How an accepted submission stands. */
public sealed interface PollResult {
    /**
     * Not finished.
     *
     * @param progress 0..1, NaN when the backend does not say
     * @param note what the backend says of it in a word or two: {@code queued}, {@code running}
     * @param after how long the backend asks to wait before the next poll, null when it does not say
     */
    record Pending(double progress, String note, @Nullable Duration after) implements PollResult {}

    /**
     * The backend says that it succeeded; only the files prove it.
     *
     * @param detail what {@link VideoBackend#fetch} needs to bring the files: addresses, names
     * @param charged what it cost, null when the backend does not say
     */
    record Succeeded(Parameters detail, @Nullable Money charged) implements PollResult {}

    /** It ended without a result. */
    record Failed(Failure failure, @Nullable Money charged) implements PollResult {}

    /** The question itself failed; the submission stands as it stood. */
    record Unanswered(Failure failure) implements PollResult {}
}
