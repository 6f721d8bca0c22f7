package dev.moviola.dispatch.internal;

import dev.moviola.MoviolaException;
import dev.moviola.backend.Capabilities;
import dev.moviola.backend.InputFile;
import dev.moviola.backend.VideoBackend;
import dev.moviola.dispatch.ArtefactStore;
import dev.moviola.dispatch.Device;
import dev.moviola.dispatch.DevicePool;
import dev.moviola.dispatch.DispatchListener;
import dev.moviola.dispatch.DispatchOptions;
import dev.moviola.dispatch.DispatchProgress;
import dev.moviola.dispatch.DispatchSummary;
import dev.moviola.dispatch.EndReason;
import dev.moviola.dispatch.internal.WaitingRoom.Retry;
import dev.moviola.ledger.Billed;
import dev.moviola.ledger.Failure;
import dev.moviola.ledger.FailureCategory;
import dev.moviola.ledger.Job;
import dev.moviola.ledger.JobKey;
import dev.moviola.ledger.JobRecord;
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
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

/**
 * One dispatch from beginning to end. Decides what is submitted and when; {@link Course} and {@link Arrival} take it
 * from there. All state lives on the loop.
 */
public final class Engine implements Scene.Events {
    private static final Duration STOP_GRACE = Duration.ofSeconds(3);
    private static final Duration MEASURE_EVERY = Duration.ofSeconds(5);
    private static final long RESCAN_NANOS = 50_000_000L;

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
    private final Feed feed;
    private final WaitingRoom waiting = new WaitingRoom();
    private final Set<Flight> flights = new HashSet<>();
    private final @Nullable DevicePool devices;
    private final int mostInFlight;
    private final int window;
    private final int mostLaunching;
    private int inFlight;
    private int launching;
    private int abandoning;
    private long started;
    private long cursor;
    private boolean scanned;
    private boolean dependents;
    private boolean doneSinceScan;
    private long lastRescan;
    private boolean capped;
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
        window = Math.max(Math.min(256, Math.max(16, mostInFlight / 2)), 2 * capabilities.jobsPerSubmission());
        double rate = options.submitRate().orElse(capabilities.submitsPerSecond());
        mostLaunching = Double.isInfinite(rate) ? Integer.MAX_VALUE : (int) Math.max(1, Math.ceil(rate / 20));
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
        feed = new Feed(source, ledger, loop, this::added, this::fault);
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
        doneSinceScan = true;
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
        retry(new Retry(loop.now() + pause, flight.since, flight.jobs, flight.last()));
        pump();
    }

    @Override
    public void parked(Flight flight) {
        left(flight);
        ended(flight);
    }

    @Override
    public void returned(Flight flight) {
        flights.add(flight);
        waiting.hold(flight.jobs);
        inFlight++;
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
        feed.start();
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
        flights.add(flight);
        waiting.hold(jobs);
        inFlight++;
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

    private void added(int fresh, boolean dependent) {
        books.added(fresh);
        dependents |= dependent;
        if (fresh > 0) {
            scanned = false;
        }
        pump();
    }

    private void pump() {
        if (over) {
            return;
        }
        refill();
        while (ending == null && mayLaunch()) {
            if (!launchNext()) {
                break;
            }
            refill();
        }
        checkOver();
    }

    private void refill() {
        if (ending != null || started >= options.only()) {
            return;
        }
        if (scanned && doneSinceScan && dependents && waiting.ready() < window) {
            long wait = lastRescan + RESCAN_NANOS - loop.now();
            if (wait <= 0 || flights.isEmpty()) {
                lastRescan = loop.now();
                doneSinceScan = false;
                scanned = false;
                cursor = 0;
            } else {
                wakeIn(wait);
            }
        }
        while (!scanned && waiting.ready() < window) {
            List<JobRecord> page = ledger.ready(cursor, window);
            for (JobRecord found : page) {
                cursor = Math.max(cursor, found.sequence());
                waiting.offer(found.job());
            }
            if (page.size() < window) {
                reachedEnd();
            }
        }
        if (scanned && waiting.ready() < window && waiting.retrying() < Math.max(mostInFlight, window)) {
            feed.demand((int) Math.min(window - waiting.ready(), options.only() - started));
        }
    }

    private void reachedEnd() {
        scanned = true;
        if (!dependents) {
            dependents = books.count(JobState.READY) > waiting.ready() + waiting.retrying() + launching;
        }
    }

    private boolean mayLaunch() {
        long now = loop.now();
        boolean retryDue = waiting.nextDue() != Long.MAX_VALUE && waiting.nextDue() - now <= 0;
        boolean fresh = waiting.ready() > 0 && started < options.only();
        if (waiting.nextDue() != Long.MAX_VALUE && !retryDue) {
            wakeIn(waiting.nextDue() - now);
        }
        if (!retryDue && !fresh
                || inFlight >= mostInFlight
                || launching >= mostLaunching
                || flights.size() - inFlight >= Math.max(mostInFlight, 4 * options.fetches())) {
            return false;
        }
        long delay = pacer.delay(now);
        if (delay > 0) {
            wakeIn(delay);
            return false;
        }
        return retryDue || isGroupAtHand();
    }

    private boolean isGroupAtHand() {
        Job first = waiting.peekReady();
        String group = first.group();
        int most = capabilities.jobsPerSubmission();
        return group == null
                || most == 1
                || waiting.ready() >= window
                || scanned && feed.isExhausted()
                || waiting.members(group) >= most;
    }

    private boolean launchNext() {
        Retry again = waiting.takeRetry(loop.now());
        List<Job> jobs = again == null
                ? waiting.takeReady((int) Math.min(capabilities.jobsPerSubmission(), options.only() - started))
                : again.jobs();
        List<Job> sound = new ArrayList<>();
        for (Job job : jobs) {
            Optional<Failure> fault = backend.check(job);
            if (fault.isPresent()) {
                refuse(job, fault.get());
            } else {
                sound.add(job);
            }
        }
        if (sound.isEmpty()) {
            return true;
        }
        Money price = backend.price(sound);
        if (options.spendCap().isPresent()
                && books.spent().plus(price).compareTo(options.spendCap().get()) > 0) {
            capped = true;
            putBack(sound, again);
            return false;
        }
        String device = null;
        if (devices != null) {
            Optional<Device> free = devices.acquire();
            if (free.isEmpty()) {
                putBack(sound, again);
                return false;
            }
            device = free.get().id();
        }
        capped = false;
        Flight flight = new Flight(sound, inputs(sound), price, device, false);
        if (again == null) {
            started += sound.size();
        } else {
            flight.since = again.since();
        }
        launch(flight);
        return true;
    }

    private void putBack(List<Job> jobs, @Nullable Retry again) {
        if (again == null) {
            waiting.putBack(jobs);
        } else {
            retry(new Retry(again.due(), again.since(), jobs, again.last()));
        }
    }

    private void retry(Retry retry) {
        waiting.retry(retry);
        loop.later(Math.max(0, scene.timeLeft(retry.since())), () -> giveUp(retry));
    }

    private void giveUp(Retry retry) {
        if (ending == null && !capped && waiting.giveUp(retry)) {
            abandoning += retry.jobs().size();
            retry.jobs().forEach(job -> abandon(job.key(), scene.overdue(retry.last())));
        }
    }

    private void launch(Flight flight) {
        flights.add(flight);
        inFlight++;
        launching++;
        books.committed(flight.price);
        List<JobKey> keys = flight.jobs.stream().map(Job::key).toList();
        loop.durable(ledger.intend(keys, backend.name(), flight.device, flight.price), written -> {
            flight.submission(written);
            books.stands(flight, JobState.IN_FLIGHT);
            send(flight);
        });
    }

    private void send(Flight flight) {
        if (flight.phase != Flight.Phase.INTENDING) {
            return;
        }
        if (ending != null) {
            launching--;
            withdraw(flight);
            return;
        }
        long delay = pacer.delay(loop.now());
        if (delay > 0) {
            flight.timer(loop.later(delay, () -> send(flight)));
            return;
        }
        launching--;
        course.submit(flight);
        pump();
    }

    private void withdraw(Flight flight) {
        flight.end();
        left(flight);
        books.settled(flight.price, null, Billed.NO);
        Failure why = Failure.of(
                FailureCategory.CANCELLED, Billed.NO, "not-sent", "the dispatch ended before this was submitted");
        loop.durable(ledger.fail(flight.id(), why, null, true), done -> {
            books.stands(flight, JobState.READY);
            ended(flight);
        });
    }

    private void refuse(Job job, Failure why) {
        abandoning++;
        books.refused();
        books.failed(loop.now(), why);
        abandon(job.key(), why);
    }

    private void abandon(JobKey key, Failure why) {
        loop.durable(ledger.abandon(List.of(key), why), count -> {
            abandoning--;
            books.moved(JobState.READY, JobState.CANCELLED, count);
            pump();
        });
    }

    private List<InputFile> inputs(List<Job> jobs) {
        List<InputFile> inputs = new ArrayList<>();
        for (Job job : jobs) {
            for (JobKey needed : job.dependsOn()) {
                ledger.job(needed).ifPresent(found -> found.artefacts()
                        .forEach(artefact ->
                                inputs.add(new InputFile(artefact, scene.store().file(artefact)))));
            }
        }
        return inputs;
    }

    private void checkOver() {
        if (over || !flights.isEmpty() || abandoning > 0) {
            return;
        }
        if (ending == null && capped) {
            halt(
                    EndReason.SPEND_CAP,
                    "the next submission would pass the spend cap of "
                            + options.spendCap().orElse(Money.ZERO) + "; raise it and resume to go on");
        }
        if (ending == null && waiting.retrying() == 0 && started >= options.only()) {
            halt(EndReason.ENOUGH, options.only() + " jobs were to be submitted, and were; resume goes on");
        }
        if (ending == null && waiting.isEmpty() && scanned && feed.isExhausted() && !abandonBlocked()) {
            halt(EndReason.COMPLETE, completion());
        }
        if (ending != null) {
            finish(ending);
        }
    }

    private boolean abandonBlocked() {
        if (!dependents) {
            return false;
        }
        Map<JobKey, Failure> blocked = Blocked.find(ledger);
        abandoning += blocked.size();
        blocked.forEach(this::abandon);
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
        feed.close();
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
