package dev.moviola.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Goes through every row of a ledger and compares what the rows say with each other and with the tally. */
final class LedgerAudit {
    private final Map<JobKey, List<Submission>> byJob = new HashMap<>();
    private final Map<JobKey, JobState> states = new HashMap<>();
    private final List<Submission> open = new ArrayList<>();
    private final Map<JobState, Long> jobCounts = new EnumMap<>(JobState.class);
    private final Map<SubmissionState, Long> submissionCounts = new EnumMap<>(SubmissionState.class);
    private final Set<@Nullable JobKey> valued = new HashSet<>();
    private long paid;
    private Money spent = Money.ZERO;

    private LedgerAudit() {}

    /** Fails when a job stands where its submissions cannot have led it, or when the tally is no recount. */
    static void check(Ledger ledger) {
        LedgerAudit audit = new LedgerAudit();
        ledger.notes("value").forEach(note -> audit.valued.add(note.job()));
        ledger.eachSubmission(audit::count);
        ledger.eachJob(job -> audit.states.put(job.job().key(), job.state()));
        List<Long> ready = new ArrayList<>();
        ledger.eachJob(job -> {
            audit.check(job);
            if (audit.mayStart(job)) {
                ready.add(job.sequence());
            }
        });
        assertThat(ledger.ready(0, Integer.MAX_VALUE))
                .extracting(JobRecord::sequence)
                .containsExactlyElementsOf(ready);
        assertThat(ledger.open()).containsExactlyElementsOf(audit.open);
        assertThat(ledger.tally())
                .isEqualTo(new Tally(audit.jobCounts, audit.submissionCounts, audit.paid, audit.spent));
    }

    private void count(Submission submission) {
        submission.jobs().forEach(key -> byJob.computeIfAbsent(key, none -> new ArrayList<>())
                .add(submission));
        submissionCounts.merge(submission.state(), 1L, Long::sum);
        boolean accepted = submission.accepted() != null;
        paid += accepted ? 1 : 0;
        spent = spent.plus(spent(submission));
        if (submission.state().isOpen()) {
            open.add(submission);
        }
        assertThat(submission.externalId() != null).as("%s", submission).isEqualTo(accepted);
        assertThat(submission.ended() == null)
                .as("%s", submission)
                .isEqualTo(submission.state().isOpen());
    }

    private static Money spent(Submission submission) {
        if (submission.charged() != null) {
            return submission.charged();
        }
        if (submission.state() == SubmissionState.INTENDED) {
            return Money.ZERO;
        }
        Failure failure = submission.failure();
        return failure != null
                        && failure.billed() == Billed.NO
                        && !submission.state().isOpen()
                ? Money.ZERO
                : submission.price();
    }

    private void check(JobRecord job) {
        jobCounts.merge(job.state(), 1L, Long::sum);
        List<Submission> all = byJob.getOrDefault(job.job().key(), List.of());
        assertThat(job.attempts()).as("attempts of %s", job).isEqualTo(all.size());
        boolean gave = all.stream().anyMatch(one -> one.state() == SubmissionState.SUCCEEDED);
        assertThat(job.state() == JobState.DONE).as("%s", job).isEqualTo(gave);
        assertThat(job.artefacts().isEmpty() && !valued.contains(job.job().key()))
                .as("%s", job)
                .isEqualTo(!gave);
        SubmissionState latest = all.isEmpty() ? null : all.get(all.size() - 1).state();
        switch (job.state()) {
            case IN_FLIGHT -> assertThat(latest).as("%s", job).isIn(SubmissionState.INTENDED, SubmissionState.ACCEPTED);
            case UNKNOWN -> assertThat(latest).as("%s", job).isEqualTo(SubmissionState.UNKNOWN);
            case FAILED -> assertThat(latest).as("%s", job).isIn(SubmissionState.REJECTED, SubmissionState.FAILED);
            default -> {}
        }
    }

    private boolean mayStart(JobRecord job) {
        return job.state() == JobState.READY
                && job.job().dependsOn().stream().allMatch(need -> states.get(need) == JobState.DONE);
    }
}
