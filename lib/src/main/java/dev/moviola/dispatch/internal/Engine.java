package dev.moviola.dispatch.internal;

import dev.moviola.MoviolaException;
import dev.moviola.backend.Capabilities;
import dev.moviola.backend.VideoBackend;
import dev.moviola.dispatch.ArtefactStore;
import dev.moviola.dispatch.DevicePool;
import dev.moviola.dispatch.DispatchListener;
import dev.moviola.dispatch.DispatchOptions;
import dev.moviola.dispatch.DispatchProgress;
import dev.moviola.dispatch.DispatchSummary;
import dev.moviola.dispatch.EndReason;
import dev.moviola.dispatch.internal.WaitingRoom.Retry;
import dev.moviola.ledger.Failure;
import dev.moviola.ledger.Job;
import dev.moviola.ledger.JobKey;
import dev.moviola.ledger.JobState;
import dev.moviola.ledger.Ledger;
import dev.moviola.ledger.Money;
import dev.moviola.ledger.Submission;
import dev.moviola.ledger.SubmissionState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

/**
 * One dispatch from beginning to end. Decides when something is submitted and when it is over; {@link
 * Supply} brings the jobs, and {@link Departure}, {@link Course} and {@link Arrival} take them from there. All state lives on the loop.
 */
public final class Engine implements Scene.Events {
    private static final Duration STOP_GRACE = Duration.ofSeconds(3);
    private static final Duration MEASURE_EVERY = Duration.ofSeconds(5);

    private final CompletableFuture<DispatchSummary> result = new CompletableFuture<>();
    private final Loop loop = new Loop(this::fault);
    private final ExecutorService workers;
    private final Ledger ledger;
    private final VideoBackend backend;
    private final DispatchOptions options;
    private final Capabilities capabilities;
    private final Reporter reporter;
    private final Scene scene;
    private final Books books;
    private final Pacer pacer;
    private final Course course;
    private final Arrival arrival;
    private final Departure departure;
    private final Supply supply;
    private final WaitingRoom waiting = new WaitingRoom();
    private final Set<Flight> flights = new HashSet<>();
    private final @Nullable DevicePool devices;
    private final int mostInFlight;
    private int inFlight;
    private boolean stopping;
    private boolean over;
    private @Nullable EndReason ending;
    private String detail = "";
    private @Nullable ScheduledFuture<?> wake;
    private long wakeAt = Long.MAX_VALUE;

    /** A dispatch that {@link #run()} begins. */
    public Engine(
            Ledger ledger,
            ArtefactStore store,
            VideoBackend backend,
            DispatchOptions options,
            Iterator<Job> source,
            DispatchListener listener) {
        this.ledger = ledger;
        this.backend = backend;
        this.options = options;
        capabilities = backend.capabilities();
        devices = options.devices().orElse(null);
        int most = Math.min(options.inFlight(), capabilities.inFlight());
        mostInFlight = devices == null ? most : Math.min(most, devices.slots());
        int window = Math.max(Math.min(512, Math.max(16, mostInFlight / 2)), 2 * capabilities.jobsPerSubmission());
        double rate = options.submitRate().orElse(capabilities.submitsPerSecond());
        Random random = new Random(options.seed());
        long now = loop.now();
        pacer = new Pacer(rate, options.jitterFrom(), options.jitterTo(), random, now);
        books = new Books(now, ledger.tally());
        workers = Executors.newFixedThreadPool(Math.min(options.fetches(), 64), task -> {
            Thread thread = new Thread(task, "moviola-arrivals");
            thread.setDaemon(true);
            return thread;
        });
        scene = new Scene(ledger, backend, options, store, loop, books, pacer, random, workers);
        arrival = new Arrival(scene, this);
        course = new Course(scene, this, arrival);
        departure = new Departure(scene, this, course, waiting, rate);
        supply = new Supply(scene, source, waiting, window, Math.max(mostInFlight, window), this::pump, this::fault);
        reporter = new Reporter(listener);
    }

    /** Dispatches until nothing is left to do, and blocks until then. */
    public DispatchSummary run() {
        loop.run(this::begin);
        try {
            return result.join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof MoviolaException known) {
                throw known;
            }
            throw new MoviolaException("the dispatch cannot go on: " + cause, cause);
        } finally {
            reporter.close();
        }
    }

    /** Submits nothing more. */
    public void drain() {
        loop.run(() -> {
            halt(EndReason.DRAINED, "asked to stop; resume goes on with the jobs that are left");
            pump();
        });
    }

    /** Ends soon, and leaves what is accepted open in the ledger. */
    public void stop() {
        loop.run(this::abort);
    }

    @Override
    public boolean isHalted() {
        return ending != null;
    }

    @Override
    public boolean isRush() {
        return departure.isRush();
    }

    @Override
    public boolean isStopping() {
        return stopping;
    }

    @Override
    public void halt(EndReason reason, String why) {
        if (ending == null) {
            ending = reason;
            detail = why;
        }
    }

    @Override
    public void departs(Flight flight) {
        flights.add(flight);
        inFlight++;
    }

    @Override
    public void changed() {
        pump();
    }

    @Override
    public void left(Flight flight) {
        if (flight.atBackend) {
            flight.atBackend = false;
            inFlight--;
            if (devices != null && flight.device != null) {
                devices.release(flight.device);
            }
        }
    }

    @Override
    public void succeeded(Flight flight) {
        supply.jobDone();
        ended(flight);
    }

    @Override
    public void ended(Flight flight) {
        flights.remove(flight);
        waiting.forget(flight.jobs);
        pump();
    }

    @Override
    public void again(Flight flight, long pause) {
        flights.remove(flight);
        departure.retry(new Retry(loop.now() + pause, flight.since, flight.jobs, flight.last()));
        pump();
    }

    @Override
    public void parked(Flight flight) {
        left(flight);
        ended(flight);
    }

    @Override
    public void returned(Flight flight) {
        departs(flight);
        waiting.hold(flight.jobs);
    }

    private void begin() {
        for (Submission open : ledger.open()) {
            takeUp(open);
        }
        if (devices != null && devices.isWatched()) {
            measure();
            loop.every(MEASURE_EVERY.toNanos(), this::measure);
        }
        loop.every((long) (1e9 / options.progressRate()), () -> reporter.tell(progress()));
        supply.start();
        pump();
    }

    private void takeUp(Submission open) {
        List<Job> jobs = new ArrayList<>();
        JobState stand = open.state() == SubmissionState.UNKNOWN ? JobState.UNKNOWN : JobState.IN_FLIGHT;
        for (JobKey key : open.jobs()) {
            ledger.job(key).filter(known -> known.state() == stand).ifPresent(known -> jobs.add(known.job()));
        }
        boolean hopeless = stand == JobState.UNKNOWN && !capabilities.recover() && !options.resubmitUnknown();
        if (jobs.size() < open.jobs().size() || hopeless) {
            return;
        }
        if (open.state() == SubmissionState.INTENDED) {
            books.committed(open.price());
        }
        Flight flight = new Flight(jobs, List.of(), open.price(), open.device(), true);
        flight.stand = stand;
        flight.submission(open);
        departs(flight);
        waiting.hold(jobs);
        if (devices != null && open.device() != null) {
            devices.occupy(open.device());
        }
        books.recovered();
        if (open.state() == SubmissionState.ACCEPTED) {
            long spread = (long)
                    (scene.random().nextDouble() * capabilities.pollEvery().toNanos());
            course.follow(flight, spread);
        } else {
            course.recover(flight);
        }
    }

    private void measure() {
        DevicePool pool = devices;
        if (pool != null) {
            loop.when(CompletableFuture.runAsync(pool::measure, workers), (done, error) -> pump());
        }
    }

    private void pump() {
        if (over) {
            return;
        }
        refill();
        while (ending == null && mayLaunch()) {
            if (!departure.next()) {
                break;
            }
            refill();
        }
        arrival.next();
        checkOver();
    }

    private void refill() {
        if (ending == null && departure.wanted() > 0) {
            long again = supply.refill(departure.wanted(), departure.launching(), flights.isEmpty());
            if (again != Long.MAX_VALUE) {
                wakeIn(again);
            }
        }
    }

    private boolean mayLaunch() {
        long now = loop.now();
        boolean retryDue = waiting.nextDue() != Long.MAX_VALUE && waiting.nextDue() - now <= 0;
        boolean fresh = waiting.ready() > 0 && departure.wanted() > 0;
        if (waiting.nextDue() != Long.MAX_VALUE && !retryDue) {
            wakeIn(waiting.nextDue() - now);
        }
        if (!retryDue && !fresh
                || inFlight >= mostInFlight
                || departure.isBusy()
                || flights.size() - inFlight >= Math.max(mostInFlight, 4 * options.fetches())) {
            return false;
        }
        long delay = pacer.delay(now);
        if (delay > 0) {
            wakeIn(delay);
            return false;
        }
        return retryDue || supply.isGroupAtHand(capabilities.jobsPerSubmission());
    }

    private void checkOver() {
        if (over || !flights.isEmpty() || departure.isAbandoning()) {
            return;
        }
        if (ending == null && departure.isCapped()) {
            halt(
                    EndReason.SPEND_CAP,
                    "the next submission would pass the spend cap of "
                            + options.spendCap().orElse(Money.ZERO) + "; raise it and resume to go on");
        }
        if (ending == null && waiting.retrying() == 0 && departure.wanted() <= 0) {
            halt(EndReason.ENOUGH, options.only() + " jobs were to be submitted, and were; resume goes on");
        }
        if (ending == null && waiting.isEmpty() && supply.isExhausted() && !abandonBlocked()) {
            halt(EndReason.COMPLETE, completion());
        }
        if (ending != null) {
            finish(ending);
        }
    }

    private boolean abandonBlocked() {
        if (!supply.hasDependents()) {
            return false;
        }
        Map<JobKey, Failure> blocked = Blocked.find(ledger);
        departure.abandon(blocked);
        return !blocked.isEmpty();
    }

    private String completion() {
        long unknown = books.count(JobState.UNKNOWN);
        long ready = books.count(JobState.READY);
        String text = "no job is left to submit";
        if (unknown > 0) {
            text += "; of " + unknown + " it is not known whether they were taken, they may be billed";
        }
        if (ready > 0) {
            text += "; " + ready + " wait for jobs that are not done";
        }
        return text;
    }

    private void abort() {
        if (over || stopping) {
            return;
        }
        stopping = true;
        ending = EndReason.STOPPED;
        detail = "stopped; resume asks after what was accepted and goes on";
        for (Flight flight : List.copyOf(flights)) {
            switch (flight.phase) {
                case POLLING, ARRIVING -> {
                    flight.end();
                    parked(flight);
                }
                case SUBMITTING ->
                    flight.limit(loop.later(
                            STOP_GRACE.toNanos(), () -> course.lose(flight, "stopped before there was an answer")));
                case INTENDING, ENDED -> {}
            }
        }
        pump();
    }

    private DispatchProgress progress() {
        return books.progress(loop.now(), inFlight, flights.size() - inFlight, waiting.retrying(), detail);
    }

    private void finish(EndReason reason) {
        over = true;
        reporter.last(progress());
        DispatchSummary summary = books.summary(
                loop.now(),
                reason,
                detail,
                Undecided.count(ledger),
                ledger.tally().jobs());
        close();
        result.complete(summary);
    }

    private void fault(Throwable error) {
        over = true;
        close();
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        result.completeExceptionally(cause);
    }

    private void close() {
        supply.close();
        loop.close();
        arrival.close();
        workers.shutdown();
    }

    private void wakeIn(long nanos) {
        long at = loop.now() + nanos;
        if (wake != null && wakeAt <= at) {
            return;
        }
        if (wake != null) {
            wake.cancel(false);
        }
        wakeAt = at;
        wake = loop.later(nanos, () -> {
            wake = null;
            pump();
        });
    }
}
