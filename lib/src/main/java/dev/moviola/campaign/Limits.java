package dev.moviola.campaign;

import dev.moviola.MoviolaException;
import dev.moviola.dispatch.DispatchOptions;
import dev.moviola.ledger.Money;
import dev.moviola.ledger.Parameters;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How hard a dispatch may go at a backend. What is null is left to the backend.
 *
 * @param inFlight submissions at the backend at a time, null for what it takes
 * @param submitsPerSecond submissions a second, null for what it states
 * @param jitterFrom the shortest random pause before a submission
 * @param jitterTo the longest
 * @param spendCap what the run may cost in all, null for no cap
 * @param deadline how long a submission may take and a job be tried again, null for what the backend states
 */
public record Limits(
        @Nullable Integer inFlight,
        @Nullable Double submitsPerSecond,
        Duration jitterFrom,
        Duration jitterTo,
        @Nullable Money spendCap,
        @Nullable Duration deadline) {
    /** What the backend takes, without jitter and cap. */
    public static Limits none() {
        return new Limits(null, null, Duration.ZERO, Duration.ZERO, null, null);
    }

    /** These limits, and no more than {@code dollars} for the run in all. */
    public Limits withSpendCap(double dollars) {
        return new Limits(inFlight, submitsPerSecond, jitterFrom, jitterTo, Money.dollars(dollars), deadline);
    }

    /** Reads what {@link #toParameters} wrote. */
    public static Limits of(Parameters parameters) {
        return new Limits(
                parameters.has("in_flight") ? (int) parameters.integer("in_flight") : null,
                parameters.has("submits_per_second") ? parameters.number("submits_per_second") : null,
                seconds(parameters.number("jitter_from_seconds", 0)),
                seconds(parameters.number("jitter_to_seconds", 0)),
                parameters.has("spend_cap_dollars") ? Money.dollars(parameters.number("spend_cap_dollars")) : null,
                parameters.has("deadline_seconds") ? seconds(parameters.number("deadline_seconds")) : null);
    }

    /** The form in which they stand in run.json. */
    public Parameters toParameters() {
        return Parameters.none()
                .with("in_flight", inFlight)
                .with("submits_per_second", submitsPerSecond)
                .with("jitter_from_seconds", jitterFrom.toMillis() / 1e3)
                .with("jitter_to_seconds", jitterTo.toMillis() / 1e3)
                .with("spend_cap_dollars", spendCap == null ? null : spendCap.inDollars())
                .with("deadline_seconds", deadline == null ? null : deadline.toMillis() / 1e3);
    }

    /** The dispatcher's options within these limits. */
    public DispatchOptions apply(DispatchOptions options) {
        DispatchOptions limited = options.withJitter(jitterFrom, jitterTo);
        if (inFlight != null) {
            limited = limited.withInFlight(inFlight);
        }
        if (submitsPerSecond != null) {
            limited = limited.withSubmitRate(submitsPerSecond);
        }
        if (spendCap != null) {
            limited = limited.withSpendCap(spendCap);
        }
        if (deadline != null) {
            limited = limited.withDeadline(deadline);
        }
        return limited;
    }

    /** Reads a range such as {@code 1-5}, or one number, in seconds. */
    public Limits withJitter(String range) {
        String[] ends = range.split("-", 2);
        try {
            return new Limits(
                    inFlight,
                    submitsPerSecond,
                    seconds(Double.parseDouble(ends[0].strip())),
                    seconds(Double.parseDouble(ends[ends.length - 1].strip())),
                    spendCap,
                    deadline);
        } catch (NumberFormatException e) {
            throw new MoviolaException(
                    "jitter must be seconds or a range of seconds such as 1-5, but was \"" + range + "\"", e);
        }
    }

    private static Duration seconds(double seconds) {
        if (!(seconds >= 0 && seconds <= 1e7)) {
            throw new MoviolaException("a time must be in 0..10000000 seconds, but was " + seconds);
        }
        return Duration.ofMillis(Math.round(seconds * 1e3));
    }
}
