package dev.moviola.dispatch.internal;

import dev.moviola.ledger.Billed;
import dev.moviola.ledger.Failure;
import dev.moviola.ledger.FailureCategory;
import dev.moviola.ledger.JobKey;
import dev.moviola.ledger.JobRecord;
import dev.moviola.ledger.JobState;
import dev.moviola.ledger.Ledger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds jobs that can never be submitted because a job that they depend on ended without a result. */
final class Blocked {
    private static final int PAGE = 500;

    private Blocked() {}

    /** Those jobs, up to a few hundred at a time, each with the reason. */
    static Map<JobKey, Failure> find(Ledger ledger) {
        Map<JobKey, Failure> blocked = new LinkedHashMap<>();
        long after = 0;
        List<JobRecord> page;
        do {
            page = ledger.jobs(Set.of(JobState.READY), after, PAGE);
            for (JobRecord waiting : page) {
                after = waiting.sequence();
                for (JobKey needed : waiting.job().dependsOn()) {
                    Optional<JobRecord> dependency = ledger.job(needed);
                    if (dependency.isPresent() && isInVain(dependency.get().state())) {
                        blocked.put(waiting.job().key(), reason(dependency.get()));
                        break;
                    }
                }
            }
        } while (page.size() == PAGE && blocked.size() < PAGE);
        return blocked;
    }

    private static boolean isInVain(JobState state) {
        return state == JobState.FAILED || state == JobState.CANCELLED;
    }

    private static Failure reason(JobRecord dependency) {
        Failure last = dependency.lastFailure();
        String why = last == null ? "" : ": " + last.message();
        return Failure.of(
                FailureCategory.CANCELLED,
                Billed.NO,
                "dependency",
                "depends on job " + dependency.job().key().brief() + ", which is " + dependency.state() + why);
    }
}
