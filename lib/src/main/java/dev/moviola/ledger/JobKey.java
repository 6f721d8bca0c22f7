package dev.moviola.ledger;

import dev.moviola.MoviolaException;
import org.jspecify.annotations.Nullable;

/**
 * The content key of a job: the SHA-256 of everything that determines what is asked for, as 64 lower-case hex digits.
 *
 * <p>Two jobs with equal content have equal keys, on every machine and JDK, so a job that a run already holds is never
 * added, and never paid for, a second time.
 */
public record JobKey(String hex) implements Comparable<JobKey> {
    private static final int DIGITS = 64;

    /** Checks the form. */
    public JobKey {
        if (!isHash(hex)) {
            throw new MoviolaException("a job key must be 64 lower-case hex digits, but was \"" + hex + "\"");
        }
    }

    /** The first ten digits, enough to tell the jobs of a run apart by eye. */
    public String brief() {
        return hex.substring(0, 10);
    }

    private static boolean isHash(String text) {
        if (text.length() != DIGITS) {
            return false;
        }
        for (int i = 0; i < DIGITS; i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    // Keys are looked up several times for each change of a ledger; a record's own methods are linked at run time.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JobKey key && hex.equals(key.hex);
    }

    @Override
    public int hashCode() {
        return hex.hashCode();
    }

    @Override
    public int compareTo(JobKey other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
