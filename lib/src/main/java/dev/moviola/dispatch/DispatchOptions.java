package dev.moviola.dispatch;

import dev.moviola.MoviolaException;
import dev.moviola.ledger.Money;
import dev.moviola.video.DecodeLimits;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How a dispatcher goes about its work. Immutable: each method gives a changed copy.
 *
 * <pre>{@code
 * DispatchOptions.defaults().withInFlight(100).withSpendCap(Money.dollars(25));
 * }</pre>
 */
public final class DispatchOptions {
    private static final DispatchOptions DEFAULTS = new DispatchOptions(new Values());

    private final Values values;

    private DispatchOptions(Values values) {
        this.values = values;
    }

    /**
     * Limits as the backend states them, but at most 1,000 in flight; no jitter, no spend cap, no devices, {@link
     * RetryPolicy#standard()}; files up to 1 GiB, four at a time; nothing unknown is submitted again.
     */
    public static DispatchOptions defaults() {
        return DEFAULTS;
    }

    /** At most this many submissions at the backend at a time, 1..100,000, within what the backend takes. */
    public DispatchOptions withInFlight(int limit) {
        require(limit >= 1 && limit <= 100_000, "in flight must be in 1..100000, but was " + limit);
        return change(v -> v.inFlight = limit);
    }

    /** At most this many submissions a second, evenly spaced, instead of what the backend states. */
    public DispatchOptions withSubmitRate(double perSecond) {
        require(perSecond > 0, "the submit rate must be above 0 a second, but was " + perSecond);
        return change(v -> v.submitRate = perSecond);
    }

    /** A random pause in this range before each submission, on top of the submit rate. */
    public DispatchOptions withJitter(Duration shortest, Duration longest) {
        require(
                !shortest.isNegative() && longest.compareTo(shortest) >= 0,
                "jitter must satisfy 0 <= shortest <= longest, but was " + shortest + " and " + longest);
        return change(v -> {
            v.jitterFrom = shortest;
            v.jitterTo = longest;
        });
    }

    /** When to try again. */
    public DispatchOptions withRetry(RetryPolicy policy) {
        return change(v -> v.retry = policy);
    }

    /** Stops submitting before the run as a whole, earlier dispatches included, would cost more than this. */
    public DispatchOptions withSpendCap(Money cap) {
        return change(v -> v.spendCap = cap);
    }

    /**
     * How long a submission may take from when it was accepted, instead of what the backend states. A job that fails is
     * tried again for as long from its first submission in this dispatch, whatever {@link #withRetry} still allows;
     * another try that the policy grants after a DEADLINE or ARTEFACT failure begins that time anew.
     */
    public DispatchOptions withDeadline(Duration deadline) {
        require(deadline.compareTo(Duration.ZERO) > 0, "the deadline must be above 0, but was " + deadline);
        return change(v -> v.deadline = deadline);
    }

    /** How long the call to submit may take before the submission counts as lost; two minutes by default. */
    public DispatchOptions withSubmitTimeout(Duration timeout) {
        require(timeout.compareTo(Duration.ZERO) > 0, "the submit timeout must be above 0, but was " + timeout);
        return change(v -> v.submitTimeout = timeout);
    }

    /** Submits at most this many jobs, as a trial. */
    public DispatchOptions withOnly(long jobs) {
        require(jobs >= 1, "the number of jobs to dispatch must be at least 1, but was " + jobs);
        return change(v -> v.only = jobs);
    }

    /**
     * Consents to submit jobs again whose last submission got no answer, those of earlier dispatches included. Each of
     * them may then be paid for twice.
     */
    public DispatchOptions withResubmitUnknown(boolean consent) {
        return change(v -> v.resubmitUnknown = consent);
    }

    /** Devices of which each submission gets one. */
    public DispatchOptions withDevices(DevicePool devices) {
        return change(v -> v.devices = devices);
    }

    /** How to look at each file before it is admitted, instead of decoding every video to its end. */
    public DispatchOptions withCheck(ArtefactCheck check) {
        return change(v -> v.check = check);
    }

    /** At most this many bytes a file. */
    public DispatchOptions withLargestFile(long bytes) {
        require(bytes >= 1, "the largest file must be at least 1 byte, but was " + bytes);
        return change(v -> v.largestFile = bytes);
    }

    /** How many submissions may be fetched and checked at a time, 1..1,000. */
    public DispatchOptions withFetches(int limit) {
        require(limit >= 1 && limit <= 1_000, "fetches at a time must be in 1..1000, but was " + limit);
        return change(v -> v.fetches = limit);
    }

    /** How often the files of one submission are fetched before it is failed, at least 1. */
    public DispatchOptions withFetchTries(int tries) {
        require(tries >= 1, "fetch tries must be at least 1, but was " + tries);
        return change(v -> v.fetchTries = tries);
    }

    /** How often a listener is told, per second, above 0. */
    public DispatchOptions withProgressRate(double perSecond) {
        require(
                perSecond > 0 && perSecond <= 1_000,
                "the progress rate must be above 0 and at most 1000, but was " + perSecond);
        return change(v -> v.progressRate = perSecond);
    }

    /** Seed of jitter, pauses and random device assignment. */
    public DispatchOptions withSeed(long seed) {
        return change(v -> v.seed = seed);
    }

    /** See {@link #withInFlight}. */
    public int inFlight() {
        return values.inFlight;
    }

    /** See {@link #withSubmitRate}; empty for what the backend states. */
    public OptionalDouble submitRate() {
        return Double.isNaN(values.submitRate) ? OptionalDouble.empty() : OptionalDouble.of(values.submitRate);
    }

    /** The shortest pause of {@link #withJitter}. */
    public Duration jitterFrom() {
        return values.jitterFrom;
    }

    /** The longest pause of {@link #withJitter}. */
    public Duration jitterTo() {
        return values.jitterTo;
    }

    /** See {@link #withRetry}. */
    public RetryPolicy retry() {
        return values.retry;
    }

    /** See {@link #withSpendCap}. */
    public Optional<Money> spendCap() {
        return Optional.ofNullable(values.spendCap);
    }

    /** See {@link #withDeadline}; empty for what the backend states. */
    public Optional<Duration> deadline() {
        return Optional.ofNullable(values.deadline);
    }

    /** See {@link #withSubmitTimeout}. */
    public Duration submitTimeout() {
        return values.submitTimeout;
    }

    /** See {@link #withOnly}; {@link Long#MAX_VALUE} for all. */
    public long only() {
        return values.only;
    }

    /** See {@link #withResubmitUnknown}. */
    public boolean resubmitUnknown() {
        return values.resubmitUnknown;
    }

    /** See {@link #withDevices}. */
    public Optional<DevicePool> devices() {
        return Optional.ofNullable(values.devices);
    }

    /** See {@link #withCheck}. */
    public ArtefactCheck check() {
        return values.check;
    }

    /** See {@link #withLargestFile}. */
    public long largestFile() {
        return values.largestFile;
    }

    /** See {@link #withFetches}. */
    public int fetches() {
        return values.fetches;
    }

    /** See {@link #withFetchTries}. */
    public int fetchTries() {
        return values.fetchTries;
    }

    /** See {@link #withProgressRate}. */
    public double progressRate() {
        return values.progressRate;
    }

    /** See {@link #withSeed}. */
    public long seed() {
        return values.seed;
    }

    private DispatchOptions change(Consumer<Values> change) {
        Values copy = values.copy();
        change.accept(copy);
        return new DispatchOptions(copy);
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new MoviolaException(rule);
        }
    }

    private static final class Values implements Cloneable {
        private int inFlight = 1_000;
        private double submitRate = Double.NaN;
        private Duration jitterFrom = Duration.ZERO;
        private Duration jitterTo = Duration.ZERO;
        private RetryPolicy retry = RetryPolicy.standard();
        private @Nullable Money spendCap;
        private @Nullable Duration deadline;
        private Duration submitTimeout = Duration.ofMinutes(2);
        private long only = Long.MAX_VALUE;
        private boolean resubmitUnknown;
        private @Nullable DevicePool devices;
        private ArtefactCheck check = ArtefactCheck.decodes(DecodeLimits.standard());
        private long largestFile = 1L << 30;
        private int fetches = 4;
        private int fetchTries = 5;
        private double progressRate = 4;
        private long seed;

        private Values copy() {
            try {
                return (Values) clone();
            } catch (CloneNotSupportedException e) {
                throw new IllegalStateException("values can be cloned", e);
            }
        }
    }
}
