package dev.moviola.rehearsal;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A way in which the xAI stand-in can go wrong. Each can be asked for from within a prompt by its {@link #word()} in
 * double square brackets: {@code [[reset-after]]} for every submission of that prompt, {@code [[reset-after:2]]} for the
 * first two.
 */
public enum XaiFault {
    /** 429 to the submit, with Retry-After of one second. */
    RATE_LIMIT,
    /** 429 to the submit, without Retry-After. */
    RATE_LIMIT_BARE,
    /** 503 to the submit in the service's own words; nothing was taken. */
    UNAVAILABLE,
    /** 500 to the submit; nothing was taken, but the client cannot know. */
    SERVER_ERROR,
    /** The job is taken, then the answer is 500. */
    SERVER_ERROR_AFTER,
    /** The job is taken, then nothing is answered. */
    TIMEOUT_AFTER,
    /** The job is taken, then the connection is reset. */
    RESET_AFTER,
    /** The job is taken, then the answer is 200 with a body that is not JSON. */
    GARBLED_AFTER,
    /** The connection is reset before the job is taken. */
    RESET_BEFORE,
    /** 400 to the submit: the prompt is refused. */
    MODERATED_SUBMIT,
    /** 401 to the submit, and to everything else that the key is used for from then on. */
    KEY_REVOKED,
    /** The key is revoked when the job is first asked about. */
    KEY_REVOKED_LATER,
    /** 403 to the submit: the credit is used up. */
    NO_CREDIT,
    /** The job fails with invalid_argument. */
    FAILED_INVALID_ARGUMENT,
    /** The job fails with invalid_argument because of moderation. */
    MODERATED,
    /** The job is done, but its clip is withheld: respect_moderation is false and the address empty. Charged. */
    MODERATED_DONE,
    /** The job fails with permission_denied. */
    FAILED_PERMISSION_DENIED,
    /** The job fails with failed_precondition. */
    FAILED_PRECONDITION,
    /** The job fails with service_unavailable. */
    FAILED_SERVICE_UNAVAILABLE,
    /** The job fails with internal_error. */
    FAILED_INTERNAL_ERROR,
    /** The job is done, but has an empty address. Charged. */
    NO_URL,
    /** The job ends as expired. */
    EXPIRED,
    /** The failed job answers polls with HTTP 400. */
    POLL_400,
    /** The first two polls are answered with 500. */
    POLL_500,
    /** The first poll is answered with 429 and Retry-After of one second. */
    POLL_RATE_LIMIT,
    /** The first poll is answered by a reset. */
    POLL_RESET,
    /** The job takes the longer time of {@link XaiStandInOptions#slow()}. */
    SLOW,
    /** Pending polls answer with a status that no client knows. */
    STRANGE_STATUS,
    /** Pending polls do not tell the progress. */
    NO_PROGRESS,
    /** The answers about the job do not tell what it cost. */
    NO_USAGE,
    /** The first download breaks off half way. */
    TRUNCATED,
    /** Every download breaks off half way. */
    TRUNCATED_ALWAYS,
    /** The first download is reset half way. */
    DOWNLOAD_RESET,
    /** Downloads are answered with 403. */
    DOWNLOAD_403,
    /** Downloads are answered with 404. */
    DOWNLOAD_404,
    /** The first download is answered with 503. */
    DOWNLOAD_503,
    /** The download is redirected once. */
    DOWNLOAD_REDIRECT,
    /** The download is a page of HTML, with status 200. */
    NOT_A_VIDEO;

    /** The name in lower case with dashes: {@code reset-after}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The fault with that word. */
    public static Optional<XaiFault> find(String word) {
        return Arrays.stream(values()).filter(f -> f.word().equals(word)).findFirst();
    }

    /** Whether the job is taken although the answer to the submit does not say so. */
    public boolean hidesAcceptance() {
        return this == SERVER_ERROR_AFTER || this == TIMEOUT_AFTER || this == RESET_AFTER || this == GARBLED_AFTER;
    }
}
