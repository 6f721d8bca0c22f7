package dev.moviola.backend;

import dev.moviola.MoviolaException;
import org.jspecify.annotations.Nullable;

/**
 * A secret that gives access to a paid service. It never prints itself, and has no serial form.
 *
 * <p>Immutable.
 */
public final class ApiKey {
    private static final int SHORTEST_SCRUBBED = 4;

    private final String secret;

    private ApiKey(String secret) {
        this.secret = secret;
    }

    /**
     * A key of one or more printable ASCII characters without blanks; space around it is dropped.
     *
     * @throws MoviolaException if it is empty or holds anything else; the message does not show it
     */
    public static ApiKey of(String secret) {
        String trimmed = secret.strip();
        if (trimmed.isEmpty()) {
            throw new MoviolaException("a key must not be empty");
        }
        if (!trimmed.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new MoviolaException(
                    "a key must be printable ASCII without blanks, but holds something else; copy it again");
        }
        return new ApiKey(trimmed);
    }

    /** The secret itself, for the one place that puts it on the wire. */
    public String reveal() {
        return secret;
    }

    /**
     * {@code text} with every appearance of the secret replaced, for text that came from the service and may echo it. A
     * secret of under four characters is left alone, since it would tear holes into ordinary words.
     */
    public String scrub(String text) {
        return secret.length() < SHORTEST_SCRUBBED ? text : text.replace(secret, "(key)");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ApiKey that && secret.equals(that.secret);
    }

    @Override
    public int hashCode() {
        return secret.hashCode();
    }

    /** Always {@code ApiKey(…)}. */
    @Override
    public String toString() {
        return "ApiKey(…)";
    }
}
