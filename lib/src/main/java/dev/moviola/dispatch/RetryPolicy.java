package dev.moviola.dispatch;

import dev.moviola.MoviolaException;
import dev.moviola.ledger.FailureCategory;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * How often a job is submitted again, by the kind of failure, and how long the pauses are.
 *
 * <p>The pause before try n + 1 is drawn uniformly from 0 to {@code min(longest, first * 2^(n-1))} ("full jitter"), and
 * is never shorter than the backend asked for. Failures are counted per job and category over the whole life of the
 * run, from the ledger, so a resumed dispatch goes on counting.
 *
 * <p>MODERATION, VALIDATION, AUTH, QUOTA, CANCELLED and UNKNOWN are never tried again by this policy: the first two
 * cannot succeed, the next two stop the dispatch, and an unknown submission needs {@link
 * DispatchOptions#resubmitUnknown}.
 *
 * @param tries how many submissions that end in a category a job may have; categories that are absent may have 1
 * @param first the ceiling of the first pause
 * @param longest the ceiling of every pause
 */
public record RetryPolicy(Map<FailureCategory, Integer> tries, Duration first, Duration longest) {
    private static final Map<FailureCategory, Integer> STANDARD = Map.of(
            FailureCategory.RATE, 50,
            FailureCategory.TRANSIENT, 5,
            FailureCategory.INTERNAL, 2);

    /** Checks the numbers. */
    public RetryPolicy {
        tries.forEach((category, count) -> {
            if (count < 1) {
                throw new MoviolaException("tries for " + category + " must be at least 1, but was " + count);
            }
            if (count > 1 && !mayRepeat(category)) {
                throw new MoviolaException(category + " failures are never tried again, but tries was " + count);
            }
        });
        if (first.isNegative() || longest.compareTo(first) < 0) {
            throw new MoviolaException(
                    "pauses must satisfy 0 <= first <= longest, but first was " + first + " and longest " + longest);
        }
        tries = Map.copyOf(tries);
    }

    /** 50 tries for RATE, 5 for TRANSIENT, 2 for INTERNAL, 1 for all else; pauses from 1 s to 60 s. */
    public static RetryPolicy standard() {
        return new RetryPolicy(STANDARD, Duration.ofSeconds(1), Duration.ofSeconds(60));
    }

    /** Every job gets one submission. */
    public static RetryPolicy never() {
        return new RetryPolicy(Map.of(), Duration.ZERO, Duration.ZERO);
    }

    /** This policy with {@code count} tries for {@code category}; for ARTEFACT and DEADLINE each try may cost money. */
    public RetryPolicy withTries(FailureCategory category, int count) {
        Map<FailureCategory, Integer> copy = new EnumMap<>(FailureCategory.class);
        copy.putAll(tries);
        copy.put(category, count);
        return new RetryPolicy(copy, first, longest);
    }

    /** This policy with other pauses. */
    public RetryPolicy withPauses(Duration newFirst, Duration newLongest) {
        return new RetryPolicy(tries, newFirst, newLongest);
    }

    /** How many submissions of one job may end in {@code category}. */
    public int triesFor(FailureCategory category) {
        return tries.getOrDefault(category, 1);
    }

    /** The longest that the pause after the {@code failed}th failure (from 1) can be. */
    public Duration ceiling(int failed) {
        int doublings = Math.min(Math.max(failed - 1, 0), 40);
        double nanos = Math.min((double) first.toNanos() * (1L << doublings), (double) longest.toNanos());
        return Duration.ofNanos((long) nanos);
    }

    private static boolean mayRepeat(FailureCategory category) {
        return switch (category) {
            case RATE, TRANSIENT, INTERNAL, ARTEFACT, DEADLINE -> true;
            case MODERATION, VALIDATION, AUTH, QUOTA, CANCELLED, UNKNOWN -> false;
        };
    }
}
