package dev.moviola.xai;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of one HTTP call of the API. */
public sealed interface XaiReply {
    /**
     * The service answered.
     *
     * @param status the HTTP status
     * @param body the text of the answer, at most 1 MiB of it, with any echo of the key removed
     * @param retryAfter how long it asks to wait, at most an hour; null when it does not say
     */
    record Answered(int status, String body, @Nullable Duration retryAfter) implements XaiReply {}

    /** Nothing of the request left this machine: the service was not reached. */
    record NotSent(String reason) implements XaiReply {}

    /** Some or all of the request was sent, and no usable answer came. */
    record Lost(String reason) implements XaiReply {}
}
