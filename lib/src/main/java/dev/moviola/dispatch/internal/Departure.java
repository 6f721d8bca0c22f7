package dev.moviola.dispatch.internal;

import dev.moviola.backend.InputFile;
import dev.moviola.dispatch.Device;
import dev.moviola.dispatch.DevicePool;
import dev.moviola.dispatch.internal.WaitingRoom.Retry;
import dev.moviola.ledger.Billed;
import dev.moviola.ledger.Failure;
import dev.moviola.ledger.FailureCategory;
import dev.moviola.ledger.Job;
import dev.moviola.ledger.JobKey;
import dev.moviola.ledger.JobState;
import dev.moviola.ledger.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Brings jobs from the waiting room to the backend: check, price, device, intent in the ledger, and only then the
 * submission. Lives on the loop.
 */
final class Departure {
    private static final int RUSH = 16;

    private final Scene scene;
    private final Scene.Events events;
    private final Course course;
    private final WaitingRoom waiting;
    private final @Nullable DevicePool devices;
    private final int mostLaunching;
    private int launching;
    private int writing;
    private int abandoning;
    private long started;
    private boolean capped;

    Departure(Scene scene, Scene.Events events, Course course, WaitingRoom waiting, double rate) {
        this.scene = scene;
        this.events = events;
        this.course = course;
        this.waiting = waiting;
        devices = scene.options().devices().orElse(null);
        mostLaunching = Double.isInfinite(rate) ? Integer.MAX_VALUE : (int) Math.max(1, Math.ceil(rate / 20));
    }

    /** How many jobs more may be submitted in all, tries of the same job not counted. */
    long wanted() {
        return scene.options().only() - started;
    }

    /** How many submissions are intended and not sent. */
    int launching() {
        return launching;
    }

    /** Whether many submissions are being written down before they may be sent. */
    boolean isRush() {
        return writing > RUSH;
    }

    /** Whether as many submissions are about to be sent as the rate allows. */
    boolean isBusy() {
        return launching >= mostLaunching;
    }

    /** Whether the next submission would pass the spend cap. */
    boolean isCapped() {
        return capped;
    }

    /** Whether jobs are being cancelled. */
    boolean isAbandoning() {
        return abandoning > 0;
    }

    /** Takes the next jobs that wait and sends them on their way; false when they must go on waiting. */
    boolean next() {
        Retry again = waiting.takeRetry(scene.loop().now());
        List<Job> jobs = again == null
                ? waiting.takeReady(
                        (int) Math.min(scene.backend().capabilities().jobsPerSubmission(), wanted()))
                : again.jobs();
        List<Job> sound = new ArrayList<>();
        for (Job job : jobs) {
            Optional<Failure> fault = scene.backend().check(job);
            if (fault.isPresent()) {
                refuse(job, fault.get());
            } else {
                sound.add(job);
            }
        }
        if (sound.isEmpty()) {
            return true;
        }
        Money price = scene.backend().price(sound);
        if (scene.options().spendCap().isPresent()
                && scene.books()
                                .spent()
                                .plus(price)
                                .compareTo(scene.options().spendCap().get())
                        > 0) {
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

    /** Has jobs tried again when they are due, or given up when they are overdue. */
    void retry(Retry retry) {
        waiting.retry(retry);
        scene.loop().later(Math.max(0, scene.timeLeft(retry.since())), () -> giveUp(retry));
    }

    private void giveUp(Retry retry) {
        if (!events.isHalted() && !capped && waiting.giveUp(retry)) {
            abandoning += retry.jobs().size();
            retry.jobs().forEach(job -> abandon(job.key(), scene.overdue(retry.last())));
        }
    }

    private void launch(Flight flight) {
        events.departs(flight);
        launching++;
        writing++;
        scene.books().committed(flight.price);
        List<JobKey> keys = flight.jobs.stream().map(Job::key).toList();
        scene.loop()
                .durable(scene.ledger().intend(keys, scene.backend().name(), flight.device, flight.price), written -> {
                    writing--;
                    flight.submission(written);
                    scene.books().stands(flight, JobState.IN_FLIGHT);
                    send(flight);
                });
    }

    private void send(Flight flight) {
        if (flight.phase != Flight.Phase.INTENDING) {
            return;
        }
        if (events.isHalted()) {
            launching--;
            withdraw(flight);
            return;
        }
        long delay = scene.pacer().delay(scene.loop().now());
        if (delay > 0) {
            flight.timer(scene.loop().later(delay, () -> send(flight)));
            return;
        }
        launching--;
        course.submit(flight);
        events.changed();
    }

    private void withdraw(Flight flight) {
        flight.end();
        events.left(flight);
        scene.books().settled(flight.price, null, Billed.NO);
        Failure why = Failure.of(
                FailureCategory.CANCELLED, Billed.NO, "not-sent", "the dispatch ended before this was submitted");
        scene.loop().durable(scene.ledger().fail(flight.id(), why, null, true), done -> {
            scene.books().stands(flight, JobState.READY);
            events.ended(flight);
        });
    }

    private void refuse(Job job, Failure why) {
        abandoning++;
        scene.books().refused();
        scene.books().failed(scene.loop().now(), why);
        abandon(job.key(), why);
    }

    /** Cancels jobs that can never be submitted. */
    void abandon(Map<JobKey, Failure> hopeless) {
        abandoning += hopeless.size();
        hopeless.forEach(this::abandon);
    }

    private void abandon(JobKey key, Failure why) {
        scene.loop().durable(scene.ledger().abandon(List.of(key), why), count -> {
            abandoning--;
            scene.books().moved(JobState.READY, JobState.CANCELLED, count);
            events.changed();
        });
    }

    private List<InputFile> inputs(List<Job> jobs) {
        List<InputFile> inputs = new ArrayList<>();
        for (Job job : jobs) {
            for (JobKey needed : job.dependsOn()) {
                scene.ledger().job(needed).ifPresent(found -> found.artefacts()
                        .forEach(artefact ->
                                inputs.add(new InputFile(artefact, scene.store().file(artefact)))));
            }
        }
        return inputs;
    }
}
