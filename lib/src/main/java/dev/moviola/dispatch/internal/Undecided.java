package dev.moviola.dispatch.internal;

import dev.moviola.ledger.JobKey;
import dev.moviola.ledger.JobState;
import dev.moviola.ledger.Ledger;
import dev.moviola.ledger.Submission;
import java.util.List;

/** Submissions on which it still depends what becomes of a job. */
final class Undecided {
    private Undecided() {}

    /** How many there are; an open one whose job was submitted again since, or has ended, is none. */
    static long count(Ledger ledger) {
        return ledger.open().stream()
                .filter(open -> open.jobs().stream().anyMatch(job -> decides(ledger, open, job)))
                .count();
    }

    private static boolean decides(Ledger ledger, Submission open, JobKey job) {
        List<Submission> all = ledger.submissions(job);
        return all.get(all.size() - 1).id().equals(open.id())
                && ledger.job(job)
                        .filter(found -> found.state() == JobState.IN_FLIGHT || found.state() == JobState.UNKNOWN)
                        .isPresent();
    }
}
