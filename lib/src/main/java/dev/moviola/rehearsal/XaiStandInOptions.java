package dev.moviola.rehearsal;

import dev.moviola.MoviolaException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How a stand-in behaves.
 *
 * @param port the port on the loopback address, 0 for any free one
 * @param clips makes the clips
 * @param faults what goes wrong
 * @param submitsPerSecond the submit rate that each key is allowed; infinite for no limit
 * @param retryAfter whether a 429 of that limit says how long to wait
 * @param latency the least time from submit to done
 * @param slow the same for jobs with {@link XaiFault#SLOW}
 * @param pendingPolls how many polls find a job pending at least
 * @param repeatable whether equal requests give equal clips; the real service makes no such promise
 * @param seed of everything that requests leave open
 * @param keys the keys that are known; every key when empty
 * @param directory where the books and clips are kept, so that a stand-in started later on the same directory knows
 *     the same jobs; null to forget them
 * @param threads how many clips are made at a time
 */
public record XaiStandInOptions(
        int port,
        ClipSource clips,
        Faults faults,
        double submitsPerSecond,
        boolean retryAfter,
        Duration latency,
        Duration slow,
        int pendingPolls,
        boolean repeatable,
        long seed,
        Set<String> keys,
        @Nullable Path directory,
        int threads) {
    /** Checks and copies. */
    public XaiStandInOptions {
        keys = Set.copyOf(keys);
        if (port < 0 || port > 65_535 || pendingPolls < 0 || threads < 1) {
            throw new MoviolaException("port must be in 0..65535, pendingPolls at least 0 and threads at least 1,"
                    + " but were " + port + ", " + pendingPolls + " and " + threads);
        }
        if (!(submitsPerSecond > 0)) {
            throw new MoviolaException("submitsPerSecond must be positive, but was " + submitsPerSecond);
        }
    }

    /** Like the service, one submit a second, but without delays of its own. */
    public static XaiStandInOptions of(ClipSource clips) {
        return new XaiStandInOptions(
                0,
                clips,
                Faults.none(),
                1,
                true,
                Duration.ZERO,
                Duration.ofMinutes(5),
                1,
                true,
                0,
                Set.of(),
                null,
                Math.max(1, Runtime.getRuntime().availableProcessors() - 1));
    }

    /** These options with another maker of clips. */
    public XaiStandInOptions withClips(ClipSource other) {
        return change(draft -> draft.clips = other);
    }

    /** These options on another port. */
    public XaiStandInOptions withPort(int other) {
        return change(draft -> draft.port = other);
    }

    /** These options with other faults. */
    public XaiStandInOptions withFaults(Faults other) {
        return change(draft -> draft.faults = other);
    }

    /** These options with another submit rate, and a 429 that says how long to wait or does not. */
    public XaiStandInOptions withRate(double other, boolean saysRetryAfter) {
        return change(draft -> {
            draft.submitsPerSecond = other;
            draft.retryAfter = saysRetryAfter;
        });
    }

    /** These options with other times from submit to done. */
    public XaiStandInOptions withLatency(Duration usual, Duration ofSlowJobs) {
        return change(draft -> {
            draft.latency = usual;
            draft.slow = ofSlowJobs;
        });
    }

    /** These options with another least number of pending polls. */
    public XaiStandInOptions withPendingPolls(int other) {
        return change(draft -> draft.pendingPolls = other);
    }

    /** These options with another seed, and equal clips for equal requests or not. */
    public XaiStandInOptions withSeed(long other, boolean equalClips) {
        return change(draft -> {
            draft.repeatable = equalClips;
            draft.seed = other;
        });
    }

    /** These options with the only keys that are known. */
    public XaiStandInOptions withKeys(Set<String> other) {
        return change(draft -> draft.keys = other);
    }

    /** These options with books that outlive the stand-in. */
    public XaiStandInOptions withDirectory(Path other) {
        return change(draft -> draft.directory = other);
    }

    /** These options with another number of clips made at a time. */
    public XaiStandInOptions withThreads(int other) {
        return change(draft -> draft.threads = other);
    }

    private XaiStandInOptions change(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.build();
    }

    /** A copy in which a few things can be changed. */
    private static final class Draft {
        private int port;
        private ClipSource clips;
        private Faults faults;
        private double submitsPerSecond;
        private boolean retryAfter;
        private Duration latency;
        private Duration slow;
        private int pendingPolls;
        private boolean repeatable;
        private long seed;
        private Set<String> keys;
        private @Nullable Path directory;
        private int threads;

        Draft(XaiStandInOptions from) {
            port = from.port;
            clips = from.clips;
            faults = from.faults;
            submitsPerSecond = from.submitsPerSecond;
            retryAfter = from.retryAfter;
            latency = from.latency;
            slow = from.slow;
            pendingPolls = from.pendingPolls;
            repeatable = from.repeatable;
            seed = from.seed;
            keys = from.keys;
            directory = from.directory;
            threads = from.threads;
        }

        XaiStandInOptions build() {
            return new XaiStandInOptions(
                    port,
                    clips,
                    faults,
                    submitsPerSecond,
                    retryAfter,
                    latency,
                    slow,
                    pendingPolls,
                    repeatable,
                    seed,
                    keys,
                    directory,
                    threads);
        }
    }
}
