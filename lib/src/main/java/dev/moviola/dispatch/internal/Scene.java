package dev.moviola.dispatch.internal;

import dev.moviola.backend.VideoBackend;
import dev.moviola.dispatch.ArtefactStore;
import dev.moviola.dispatch.DispatchOptions;
import dev.moviola.dispatch.EndReason;
import dev.moviola.ledger.Failure;
import dev.moviola.ledger.JobState;
import dev.moviola.ledger.Ledger;
import dev.moviola.ledger.Money;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the parts of a dispatch share. {@code random} belongs to the loop; {@code workers} may block. */
record Scene(
        Ledger ledger,
        VideoBackend backend,
        DispatchOptions options,
        ArtefactStore store,
        Loop loop,
        Books books,
        Pacer pacer,
        Random random,
        ExecutorService workers) {
    private static final Duration LONGEST_POLL_PAUSE = Duration.ofSeconds(30);

    /** What happens to a flight, told on the loop. */
    interface Events {
        /** It is about to be submitted. */
        void departs(Flight flight);

        /** More may be submitted than before. */
        void changed();

        /** The backend has no more work with it. */
        void left(Flight flight);

        /** Its jobs are DONE. */
        void succeeded(Flight flight);

        /** It ended without a result, or nobody knows, and its jobs stand as they do for good. */
        void ended(Flight flight);

        /** It ended without a result, and its jobs are READY, to be tried again after {@code pause} nanoseconds. */
        void again(Flight flight, long pause);

        /** It stays open in the ledger for a later dispatch. */
        void parked(Flight flight);

        /** A submission that was given up as lost was taken after all. */
        void returned(Flight flight);

        /** Nothing new may be submitted. */
        void halt(EndReason reason, String detail);

        /** Whether many places at the backend are free whose submissions are still being written down. */
        boolean isRush();

        /** Whether nothing new may be submitted. */
        boolean isHalted();

        /** Whether nothing more is to be waited for. */
        boolean isStopping();
    }

    /** How long a submission may take, and a job be tried again, in nanoseconds. */
    long deadline() {
        return options.deadline().orElse(backend.capabilities().deadline()).toNanos();
    }

    /** For how many nanoseconds a job may still be tried again that was submitted first at {@code since}. */
    long timeLeft(long since) {
        return since + deadline() - loop.now();
    }

    /** The last failure of a job for which no time is left. */
    Failure overdue(Failure last) {
        String seconds = BigDecimal.valueOf(Duration.ofNanos(deadline()).toMillis(), 3)
                .stripTrailingZeros()
                .toPlainString();
        String note = "; not tried again, because the deadline of " + seconds + " s for the job is over";
        String reason = last.message();
        int most = Failure.LONGEST_MESSAGE - note.length();
        String cut = reason.length() <= most ? reason : reason.substring(0, most - 1) + "…";
        return Failure.of(last.category(), last.billed(), last.code(), cut + note);
    }

    /** A pause with full jitter after the {@code failed}th failure in a row, in nanoseconds. */
    long backoff(int failed, @Nullable Duration retryAfter) {
        long ceiling = options.retry().ceiling(failed).toNanos();
        long pause = (long) (random.nextDouble() * ceiling);
        return retryAfter == null ? pause : Math.max(pause, retryAfter.toNanos());
    }

    /** A pause before a question is asked again. */
    long pollBackoff(int failed, @Nullable Duration retryAfter) {
        long least = Math.max(backend.capabilities().pollEvery().toNanos(), 10_000_000L);
        long most = Math.max(least, LONGEST_POLL_PAUSE.toNanos());
        long ceiling = (long) Math.min((double) least * (1L << Math.min(failed, 30)), (double) most);
        long pause = least / 2 + (long) (random.nextDouble() * ceiling);
        return retryAfter == null ? pause : Math.max(pause, retryAfter.toNanos());
    }

    /** Writes down that a flight ended without a result, and lets go of it. */
    void fail(Flight flight, Failure why, @Nullable Money charged, Events events) {
        fail(flight, why, charged, events, Verdict.on(flight, why, this));
    }

    /** As above, when it is decided already what becomes of the jobs. */
    void fail(Flight flight, Failure why, @Nullable Money charged, Events events, Verdict verdict) {
        flight.end();
        events.left(flight);
        flight.last(why);
        books.failed(loop.now(), why);
        books.settled(flight.price, charged, why.billed());
        switch (why.category()) {
            case AUTH -> events.halt(EndReason.AUTH, backend.name() + " refuses the key: " + why.message());
            case QUOTA -> events.halt(EndReason.QUOTA, backend.name() + " has no credit left: " + why.message());
            case RATE -> pacer.refused(loop.now(), why.retryAfter());
            default -> {}
        }
        Failure written = verdict.overdue() ? overdue(why) : why;
        loop.durable(ledger.fail(flight.id(), written, charged, verdict.again()), done -> {
            if (verdict.again()) {
                books.stands(flight, JobState.READY);
                events.again(flight, verdict.pause());
            } else {
                books.stands(flight, JobState.FAILED);
                events.ended(flight);
            }
        });
    }

    /** What a call of the backend gives, as a future that fails where the call itself fails. */
    static <T> CompletableFuture<T> ask(Supplier<CompletableFuture<T>> call) {
        try {
            return call.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
