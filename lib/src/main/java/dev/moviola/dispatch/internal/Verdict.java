package dev.moviola.dispatch.internal;

import dev.moviola.ledger.Billed;
import dev.moviola.ledger.Failure;
import dev.moviola.ledger.FailureCategory;
import dev.moviola.ledger.Submission;

/**
 * Whether the jobs of a submission that failed are submitted again.
 *
 * @param again whether they are
 * @param pause after how many nanoseconds
 * @param overdue whether they would be, but for the deadline of the job
 */
record Verdict(boolean again, long pause, boolean overdue) {
    /** The code of a failure that only says that an earlier dispatch ended before the work did. */
    private static final String INTERRUPTED = "interrupted";

    /** At once, whatever happened before. */
    static final Verdict AT_ONCE = new Verdict(true, 0, false);

    private static final Verdict NO = new Verdict(false, 0, false);
    private static final Verdict OVERDUE = new Verdict(false, 0, true);

    static Verdict on(Flight flight, Failure why, Scene scene) {
        FailureCategory category = why.category();
        if (category == FailureCategory.AUTH || category == FailureCategory.QUOTA || isInterruption(why)) {
            return AT_ONCE;
        }
        int tries = scene.options().retry().triesFor(category);
        if (tries <= 1) {
            return NO;
        }
        int failed = 1 + earlier(flight, category, scene);
        if (failed >= tries) {
            return NO;
        }
        if (isWorthNewTime(category)) {
            flight.since = scene.loop().now();
        }
        long pause = scene.backoff(failed, why.retryAfter());
        return scene.timeLeft(flight.since) > pause ? new Verdict(true, pause, false) : OVERDUE;
    }

    /** Whether who asks for another try after such a failure must mean one with as much time as the first. */
    private static boolean isWorthNewTime(FailureCategory category) {
        return category == FailureCategory.DEADLINE || category == FailureCategory.ARTEFACT;
    }

    private static int earlier(Flight flight, FailureCategory category, Scene scene) {
        int count = 0;
        for (Submission past : scene.ledger().submissions(flight.jobs.get(0).key())) {
            Failure failure = past.failure();
            if (failure != null
                    && !past.id().equals(flight.id())
                    && failure.category() == category
                    && !isInterruption(failure)) {
                count++;
            }
        }
        return count;
    }

    private static boolean isInterruption(Failure why) {
        return why.billed() == Billed.NO && why.code().equals(INTERRUPTED);
    }
}
