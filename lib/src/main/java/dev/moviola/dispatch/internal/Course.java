package dev.moviola.dispatch.internal;

import dev.moviola.backend.PollResult;
import dev.moviola.backend.SubmitResult;
import dev.moviola.dispatch.EndReason;
import dev.moviola.ledger.Billed;
import dev.moviola.ledger.Failure;
import dev.moviola.ledger.FailureCategory;
import dev.moviola.ledger.Job;
import dev.moviola.ledger.JobKey;
import dev.moviola.ledger.JobState;
import dev.moviola.ledger.Money;
import dev.moviola.ledger.SubmissionState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Takes a flight from the call to submit until the backend has finished with it. Lives on the loop. */
final class Course {
    private static final int RECOVER_TRIES = 3;
    private static final Duration CANCEL_PATIENCE = Duration.ofSeconds(10);

    private final Scene scene;
    private final Scene.Events events;
    private final Arrival arrival;
    private final long deadline;

    Course(Scene scene, Scene.Events events, Arrival arrival) {
        this.scene = scene;
        this.events = events;
        this.arrival = arrival;
        deadline = scene.deadline();
    }

    /** Calls the outside world. The intent is on disk. */
    void submit(Flight flight) {
        long now = scene.loop().now();
        flight.phase = Flight.Phase.SUBMITTING;
        flight.submittedAt = now;
        flight.begun(now);
        scene.pacer().submitted(now);
        scene.books().submitted(now);
        flight.limit(scene.loop()
                .later(
                        scene.options().submitTimeout().toNanos(),
                        () -> lose(
                                flight,
                                "no answer within "
                                        + scene.options().submitTimeout().toSeconds() + " s")));
        scene.loop()
                .when(
                        Scene.ask(() -> scene.backend().submit(flight.submission(), flight.jobs, flight.inputs)),
                        (result, error) -> answered(flight, result, error));
    }

    /** Finds out what became of a submission that an earlier dispatch intended. */
    void recover(Flight flight, int tries) {
        flight.phase = Flight.Phase.SUBMITTING;
        flight.begun(scene.loop().now());
        scene.loop().when(Scene.ask(() -> scene.backend().recover(flight.submission())), (result, error) -> {
            if (flight.phase != Flight.Phase.SUBMITTING) {
                return;
            }
            if (result instanceof SubmitResult.Accepted accepted) {
                accepted(flight, accepted.externalId());
            } else if (result instanceof SubmitResult.Finished finished) {
                finished(flight, finished);
            } else if (result instanceof SubmitResult.Rejected rejected) {
                Failure why = rejected.failure();
                scene.fail(
                        flight, why, null, events, flight.resumed ? Verdict.AT_ONCE : Verdict.on(flight, why, scene));
            } else if (tries > 1 && scene.backend().capabilities().recover()) {
                flight.timer(scene.loop()
                        .later(scene.pollBackoff(RECOVER_TRIES - tries, null), () -> recover(flight, tries - 1)));
            } else {
                lose(flight, result instanceof SubmitResult.Unknown unknown ? unknown.reason() : "" + error);
            }
        });
    }

    /** As {@link #recover(Flight, int)}, a few times while nothing is known. */
    void recover(Flight flight) {
        recover(flight, RECOVER_TRIES);
    }

    /** Follows a submission that is known to be accepted. */
    void follow(Flight flight, long firstPoll) {
        flight.phase = Flight.Phase.POLLING;
        flight.begun(scene.loop().now());
        flight.limit(scene.loop().later(deadline, () -> expire(flight)));
        flight.timer(scene.loop().later(firstPoll, () -> poll(flight)));
    }

    /** Gives up waiting for an answer to the call to submit. */
    void lose(Flight flight, String reason) {
        if (flight.phase != Flight.Phase.SUBMITTING) {
            return;
        }
        Failure why = Failure.of(FailureCategory.UNKNOWN, Billed.UNKNOWN, "", reason);
        flight.end();
        flight.last(why);
        events.left(flight);
        if (flight.submission().state() == SubmissionState.UNKNOWN) {
            reopenIfAllowed(flight);
            return;
        }
        scene.books().failed(scene.loop().now(), why);
        scene.loop().durable(scene.ledger().lose(flight.id(), why), done -> {
            scene.books().stands(flight, JobState.UNKNOWN);
            reopenIfAllowed(flight);
        });
    }

    private void reopenIfAllowed(Flight flight) {
        long pause = scene.backoff(1, null);
        if (!scene.options().resubmitUnknown() || events.isHalted() || scene.timeLeft(flight.since) <= pause) {
            events.ended(flight);
            return;
        }
        List<JobKey> keys = flight.jobs.stream().map(Job::key).toList();
        scene.loop().durable(scene.ledger().reopen(keys), count -> {
            scene.books().stands(flight, JobState.READY);
            events.again(flight, pause);
        });
    }

    private void answered(Flight flight, @Nullable SubmitResult result, @Nullable Throwable error) {
        if (flight.phase == Flight.Phase.ENDED) {
            if (result instanceof SubmitResult.Accepted late && !scene.options().resubmitUnknown()) {
                flight.atBackend = true;
                events.returned(flight);
                accepted(flight, late.externalId());
            } else if (result instanceof SubmitResult.Finished late
                    && !scene.options().resubmitUnknown()) {
                flight.atBackend = true;
                events.returned(flight);
                finished(flight, late);
            }
            return;
        }
        if (flight.phase != Flight.Phase.SUBMITTING) {
            return;
        }
        if (result instanceof SubmitResult.Accepted accepted) {
            scene.pacer().accepted();
            accepted(flight, accepted.externalId());
        } else if (result instanceof SubmitResult.Finished finished) {
            scene.pacer().accepted();
            finished(flight, finished);
        } else if (result instanceof SubmitResult.Rejected rejected) {
            scene.fail(flight, rejected.failure(), null, events);
        } else if (scene.backend().capabilities().recover()) {
            recover(flight);
        } else {
            lose(flight, result instanceof SubmitResult.Unknown unknown ? unknown.reason() : "" + error);
        }
    }

    private void accepted(Flight flight, String externalId) {
        accepted(
                flight,
                externalId,
                () -> follow(flight, scene.backend().capabilities().pollEvery().toNanos()));
    }

    private void finished(Flight flight, SubmitResult.Finished finished) {
        answeredAfter(flight);
        accepted(flight, finished.externalId(), () -> {
            flight.limit(null);
            arrival.begin(flight, finished.result());
        });
        events.left(flight);
        events.changed();
    }

    private void accepted(Flight flight, String externalId, Runnable then) {
        flight.phase = Flight.Phase.SUBMITTING;
        flight.limit(null);
        scene.loop().durable(scene.ledger().accept(flight.id(), externalId), done -> {
            flight.accepted(externalId);
            scene.books().stands(flight, JobState.IN_FLIGHT);
            if (events.isStopping()) {
                flight.end();
                events.parked(flight);
                return;
            }
            then.run();
        });
    }

    private void answeredAfter(Flight flight) {
        if (flight.submittedAt != 0) {
            scene.books().answered(scene.loop().now() - flight.submittedAt);
        }
    }

    private void poll(Flight flight) {
        if (flight.phase != Flight.Phase.POLLING) {
            return;
        }
        scene.loop().when(Scene.ask(() -> scene.backend().poll(flight.submission())), (result, error) -> {
            if (flight.phase != Flight.Phase.POLLING) {
                return;
            }
            if (result instanceof PollResult.Pending pending) {
                flight.unanswered = 0;
                Duration wish = pending.after();
                Duration pause =
                        wish != null ? wish : scene.backend().capabilities().pollEvery();
                flight.timer(scene.loop().later(Math.max(pause.toNanos(), 1_000_000L), () -> poll(flight)));
            } else if (result instanceof PollResult.Succeeded succeeded) {
                flight.limit(null);
                answeredAfter(flight);
                events.left(flight);
                arrival.begin(flight, succeeded);
            } else if (result instanceof PollResult.Failed failed) {
                scene.fail(flight, failed.failure(), failed.charged(), events);
            } else {
                unanswered(flight, result instanceof PollResult.Unanswered none ? none.failure() : null);
            }
        });
    }

    private void unanswered(Flight flight, @Nullable Failure why) {
        if (why != null && why.category() == FailureCategory.AUTH) {
            flight.end();
            events.halt(EndReason.AUTH, scene.backend().name() + " refuses the key: " + why.message());
            events.parked(flight);
            return;
        }
        flight.unanswered++;
        Duration wish = why == null ? null : why.retryAfter();
        flight.timer(scene.loop().later(scene.pollBackoff(flight.unanswered, wish), () -> poll(flight)));
    }

    private void expire(Flight flight) {
        if (flight.phase != Flight.Phase.POLLING) {
            return;
        }
        if (!scene.backend().capabilities().cancel()) {
            overdue(flight, false);
            return;
        }
        scene.loop()
                .when(
                        Scene.ask(() -> scene.backend().cancel(flight.submission()))
                                .copy()
                                .completeOnTimeout(false, CANCEL_PATIENCE.toNanos(), TimeUnit.NANOSECONDS),
                        (stopped, error) -> overdue(flight, Boolean.TRUE.equals(stopped)));
    }

    private void overdue(Flight flight, boolean stopped) {
        if (flight.phase != Flight.Phase.POLLING) {
            return;
        }
        String message = "not finished within " + Duration.ofNanos(deadline).toSeconds() + " s; "
                + (stopped ? "the backend was told to stop" : "it may still be running, and be billed");
        Billed billed = flight.price.equals(Money.ZERO) ? Billed.NO : Billed.UNKNOWN;
        scene.fail(flight, Failure.of(FailureCategory.DEADLINE, billed, "", message), null, events);
    }
}
