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
 */
record Verdict(boolean again, long pause) {
    /** The code of a failure that only says that an earlier dispatch ended before the work did. */
    private static final String INTERRUPTED = "interrupted";

    /** At once, whatever happened before. */
    static final Verdict AT_ONCE = new Verdict(true, 0);

    private static final Verdict NO = new Verdict(false, 0);

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
        return failed < tries ? new Verdict(true, scene.backoff(failed, why.retryAfter())) : NO;
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
