package dev.moviola.ledger.internal;

import dev.moviola.ledger.Artefact;
import dev.moviola.ledger.Billed;
import dev.moviola.ledger.Failure;
import dev.moviola.ledger.Job;
import dev.moviola.ledger.JobKey;
import dev.moviola.ledger.JobState;
import dev.moviola.ledger.LedgerException;
import dev.moviola.ledger.Money;
import dev.moviola.ledger.Note;
import dev.moviola.ledger.Parameters;
import dev.moviola.ledger.Score;
import dev.moviola.ledger.Submission;
import dev.moviola.ledger.SubmissionState;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which changes a ledger allows, and what follows from each. Every check of a change comes before its first write, so
 * that a refused change leaves nothing behind in any store.
 */
final class Rules {
    private final Store store;

    Rules(Store store) {
        this.store = store;
    }

    int add(Collection<Job> jobs) {
        Set<JobKey> known = new HashSet<>();
        List<Job> fresh = new ArrayList<>();
        for (Job job : jobs) {
            if (known.contains(job.key()) || store.job(job.key()) != null) {
                known.add(job.key());
                continue;
            }
            for (JobKey need : job.dependsOn()) {
                if (!known.contains(need) && store.job(need) == null) {
                    throw new LedgerException("job " + job.key().brief() + " depends on " + need.brief()
                            + ", which must be added before it, but the ledger does not hold it");
                }
            }
            known.add(job.key());
            fresh.add(job);
        }
        fresh.forEach(store::insert);
        return fresh.size();
    }

    Submission intend(List<JobKey> jobs, String backend, @Nullable String device, Money price) {
        if (jobs.isEmpty()) {
            throw new LedgerException("a submission must serve at least one job, but was intended for none");
        }
        if (new HashSet<>(jobs).size() != jobs.size()) {
            throw new LedgerException("a submission must serve each job once, but was intended for " + brief(jobs));
        }
        for (JobKey key : jobs) {
            Store.JobRow row = row(key);
            if (row.state() != JobState.READY) {
                throw new LedgerException("a submission may be intended for a job that is READY, but job " + key.brief()
                        + " is " + row.state());
            }
            if (!store.dependenciesDone(key)) {
                throw new LedgerException("a submission may be intended for a job whose dependencies are all DONE, but "
                        + "those of job " + key.brief() + " are not");
            }
        }
        if (jobs.size() > 1) {
            String group = row(jobs.get(0)).group();
            for (JobKey key : jobs) {
                if (group == null || !group.equals(row(key).group())) {
                    throw new LedgerException("a submission may serve several jobs of one group, but " + brief(jobs)
                            + " are not of one group");
                }
            }
        }
        int attempt = row(jobs.get(0)).attempts() + 1;
        Submission submission = new Submission(
                Ids.next().toString(),
                jobs,
                attempt,
                backend,
                device,
                SubmissionState.INTENDED,
                null,
                price,
                null,
                null,
                now(),
                null,
                null);
        store.insert(submission);
        for (JobKey key : jobs) {
            store.update(key, JobState.IN_FLIGHT, row(key).attempts() + 1, null);
        }
        return submission;
    }

    Submission begin(Job job, String backend, Money price) {
        if (!job.dependsOn().isEmpty()) {
            throw new LedgerException("what begins at once must depend on no other job, but job "
                    + job.key().brief() + " depends on " + job.dependsOn().size());
        }
        add(List.of(job));
        return intend(List.of(job.key()), backend, null, price);
    }

    void accept(String id, String externalId) {
        Submission old = submission(id);
        require(old, "accepted", SubmissionState.INTENDED, SubmissionState.UNKNOWN);
        store.update(new Submission(
                old.id(),
                old.jobs(),
                old.attempt(),
                old.backend(),
                old.device(),
                SubmissionState.ACCEPTED,
                externalId,
                old.price(),
                null,
                null,
                old.intended(),
                now(),
                null));
        move(old, JobState.IN_FLIGHT, null);
    }

    void lose(String id, Failure why) {
        Submission old = submission(id);
        require(old, "lost", SubmissionState.INTENDED, SubmissionState.UNKNOWN);
        store.update(ended(old, SubmissionState.UNKNOWN, null, why, null));
        move(old, JobState.UNKNOWN, why);
    }

    void succeed(String id, List<Artefact> artefacts, @Nullable Money charged) {
        Submission old = submission(id);
        require(old, "succeeded", SubmissionState.ACCEPTED);
        Set<JobKey> given = new HashSet<>(2 * artefacts.size());
        for (Artefact artefact : artefacts) {
            if (!old.jobs().contains(artefact.job())) {
                throw new LedgerException(
                        "submission " + id + " may give artefacts of the jobs that it serves, but gave one of "
                                + artefact.job().brief());
            }
            given.add(artefact.job());
        }
        for (JobKey key : old.jobs()) {
            if (!given.contains(key)) {
                throw new LedgerException("submission " + id
                        + " must give each of its jobs at least one artefact, but gave job " + key.brief() + " none");
            }
        }
        artefacts.forEach(artefact -> store.insert(artefact, id));
        succeeded(old, charged);
    }

    private void succeeded(Submission old, @Nullable Money charged) {
        store.update(ended(old, SubmissionState.SUCCEEDED, charged, null, now()));
        for (JobKey key : old.jobs()) {
            store.update(key, JobState.DONE, row(key).attempts(), null);
        }
    }

    void conclude(String id, String kind, Parameters value) {
        Submission old = submission(id);
        require(old, "concluded", SubmissionState.INTENDED, SubmissionState.ACCEPTED);
        old.jobs().forEach(job -> note(job, kind, value));
        succeeded(old, null);
    }

    void fail(String id, Failure why, @Nullable Money charged, boolean again) {
        Submission old = submission(id);
        require(old, "failed", SubmissionState.INTENDED, SubmissionState.UNKNOWN, SubmissionState.ACCEPTED);
        SubmissionState state =
                old.state() == SubmissionState.ACCEPTED ? SubmissionState.FAILED : SubmissionState.REJECTED;
        store.update(ended(old, state, charged, why, now()));
        move(old, again ? JobState.READY : JobState.FAILED, why);
    }

    void cancel(String id, Failure why, boolean again) {
        Submission old = submission(id);
        require(old, "cancelled", SubmissionState.INTENDED, SubmissionState.UNKNOWN, SubmissionState.ACCEPTED);
        store.update(ended(old, SubmissionState.CANCELLED, null, why, now()));
        move(old, again ? JobState.READY : JobState.CANCELLED, why);
    }

    int reopen(Collection<JobKey> jobs) {
        return change(jobs, JobState.READY, null, JobState.FAILED, JobState.CANCELLED, JobState.UNKNOWN);
    }

    int abandon(Collection<JobKey> jobs, Failure why) {
        return change(jobs, JobState.CANCELLED, why, JobState.READY);
    }

    void score(Collection<Score> scores) {
        for (Score score : scores) {
            row(score.job());
        }
        scores.forEach(store::put);
    }

    void note(@Nullable JobKey job, String kind, Parameters content) {
        if (job != null) {
            row(job);
        }
        store.insert(new Note(job, kind, content, now()));
    }

    /** What is counted as spent for a submission. */
    static Money spent(Submission submission) {
        if (submission.charged() != null) {
            return submission.charged();
        }
        if (submission.state() == SubmissionState.INTENDED) {
            return Money.ZERO;
        }
        Failure failure = submission.failure();
        boolean free = failure != null
                && failure.billed() == Billed.NO
                && !submission.state().isOpen();
        return free ? Money.ZERO : submission.price();
    }

    /** The present, to the millisecond: what the file can keep. */
    static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    private int change(Collection<JobKey> jobs, JobState to, @Nullable Failure why, JobState... from) {
        Set<JobState> allowed = Set.of(from);
        Set<JobKey> distinct = new java.util.LinkedHashSet<>(jobs);
        distinct.forEach(this::row);
        int changed = 0;
        for (JobKey key : distinct) {
            Store.JobRow row = row(key);
            if (allowed.contains(row.state())) {
                store.update(key, to, row.attempts(), why);
                changed++;
            }
        }
        return changed;
    }

    private void move(Submission submission, JobState to, @Nullable Failure why) {
        for (JobKey key : submission.jobs()) {
            Store.JobRow row = row(key);
            boolean open = row.state() == JobState.IN_FLIGHT || row.state() == JobState.UNKNOWN;
            if (open && submission.id().equals(store.latestSubmission(key))) {
                store.update(key, to, row.attempts(), why);
            }
        }
    }

    private static Submission ended(
            Submission old,
            SubmissionState state,
            @Nullable Money charged,
            @Nullable Failure failure,
            @Nullable Instant ended) {
        return new Submission(
                old.id(),
                old.jobs(),
                old.attempt(),
                old.backend(),
                old.device(),
                state,
                old.externalId(),
                old.price(),
                charged,
                failure,
                old.intended(),
                old.accepted(),
                ended);
    }

    private Store.JobRow row(JobKey key) {
        Store.JobRow row = store.job(key);
        if (row == null) {
            throw new LedgerException("the ledger does not hold job " + key + "; add it first");
        }
        return row;
    }

    private Submission submission(String id) {
        Submission submission = store.submission(id);
        if (submission == null) {
            throw new LedgerException("the ledger does not hold submission " + id + "; intend it first");
        }
        return submission;
    }

    private static void require(Submission submission, String change, SubmissionState... allowed) {
        if (!List.of(allowed).contains(submission.state())) {
            throw new LedgerException("a submission that is one of " + List.of(allowed) + " can be " + change
                    + ", but submission " + submission.id() + " is " + submission.state());
        }
    }

    private static String brief(List<JobKey> jobs) {
        return String.join(", ", jobs.stream().map(JobKey::brief).toList());
    }
}
