package dev.moviola.campaign.internal;

import dev.moviola.ledger.Artefact;
import dev.moviola.ledger.Failure;
import dev.moviola.ledger.Job;
import dev.moviola.ledger.JobKey;
import dev.moviola.ledger.JobRecord;
import dev.moviola.ledger.JobState;
import dev.moviola.ledger.Ledger;
import dev.moviola.ledger.Money;
import dev.moviola.ledger.Note;
import dev.moviola.ledger.Parameters;
import dev.moviola.ledger.Score;
import dev.moviola.ledger.Submission;
import dev.moviola.ledger.Tally;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The part of a ledger that a dispatcher may see: the jobs that {@code shown} lets through. Tells when jobs end. */
final class ClipLedger implements Ledger {
    private final Ledger whole;
    private final Predicate<Job> shown;
    private final Runnable ended;

    ClipLedger(Ledger whole, Predicate<Job> shown, Runnable ended) {
        this.whole = whole;
        this.shown = shown;
        this.ended = ended;
    }

    private <T> CompletableFuture<T> telling(CompletableFuture<T> written) {
        written.whenComplete((done, error) -> ended.run());
        return written;
    }

    @Override
    public CompletableFuture<Integer> add(Collection<Job> jobs) {
        return whole.add(jobs);
    }

    @Override
    public CompletableFuture<Submission> intend(
            List<JobKey> jobs, String backend, @Nullable String device, Money price) {
        return whole.intend(jobs, backend, device, price);
    }

    @Override
    public CompletableFuture<Submission> begin(Job job, String backend, Money price) {
        return whole.begin(job, backend, price);
    }

    @Override
    public CompletableFuture<Void> accept(String submission, String externalId) {
        return whole.accept(submission, externalId);
    }

    @Override
    public CompletableFuture<Void> lose(String submission, Failure why) {
        return telling(whole.lose(submission, why));
    }

    @Override
    public CompletableFuture<Void> succeed(String submission, List<Artefact> artefacts, @Nullable Money charged) {
        return telling(whole.succeed(submission, artefacts, charged));
    }

    @Override
    public CompletableFuture<Void> conclude(String submission, String kind, Parameters value) {
        return telling(whole.conclude(submission, kind, value));
    }

    @Override
    public CompletableFuture<Void> fail(String submission, Failure why, @Nullable Money charged, boolean again) {
        return telling(whole.fail(submission, why, charged, again));
    }

    @Override
    public CompletableFuture<Void> cancel(String submission, Failure why, boolean again) {
        return telling(whole.cancel(submission, why, again));
    }

    @Override
    public CompletableFuture<Integer> reopen(Collection<JobKey> jobs) {
        return whole.reopen(jobs);
    }

    @Override
    public CompletableFuture<Integer> abandon(Collection<JobKey> jobs, Failure why) {
        return telling(whole.abandon(jobs, why));
    }

    @Override
    public CompletableFuture<Void> score(Collection<Score> scores) {
        return whole.score(scores);
    }

    @Override
    public CompletableFuture<Void> note(@Nullable JobKey job, String kind, Parameters content) {
        return whole.note(job, kind, content);
    }

    @Override
    public Optional<JobRecord> job(JobKey key) {
        return whole.job(key);
    }

    @Override
    public List<JobRecord> jobs(Collection<JobState> states, long after, int limit) {
        return pages(after, limit, from -> whole.jobs(states, from, limit));
    }

    @Override
    public List<JobRecord> ready(long after, int limit) {
        return pages(after, limit, from -> whole.ready(from, limit));
    }

    private List<JobRecord> pages(long after, int limit, java.util.function.LongFunction<List<JobRecord>> page) {
        List<JobRecord> found = new ArrayList<>();
        long from = after;
        while (found.size() < limit) {
            List<JobRecord> next = page.apply(from);
            for (JobRecord record : next) {
                from = record.sequence();
                if (found.size() < limit && shown.test(record.job())) {
                    found.add(record);
                }
            }
            if (next.size() < limit) {
                break;
            }
        }
        return found;
    }

    @Override
    public Optional<Submission> submission(String id) {
        return whole.submission(id);
    }

    @Override
    public List<Submission> submissions(JobKey job) {
        return whole.submissions(job);
    }

    @Override
    public List<Submission> open() {
        return whole.open().stream().filter(this::shows).toList();
    }

    private boolean shows(Submission submission) {
        return submission.jobs().stream().allMatch(key -> whole.job(key)
                .filter(record -> shown.test(record.job()))
                .isPresent());
    }

    @Override
    public void eachSubmission(Consumer<Submission> each) {
        whole.eachSubmission(each);
    }

    @Override
    public void eachJob(Consumer<JobRecord> each) {
        whole.eachJob(record -> {
            if (shown.test(record.job())) {
                each.accept(record);
            }
        });
    }

    @Override
    public List<Score> scores() {
        return whole.scores();
    }

    @Override
    public List<Note> notes(String kind) {
        return whole.notes(kind);
    }

    @Override
    public Tally tally() {
        return whole.tally();
    }

    @Override
    public void close() {
        // Whoever opened the whole ledger closes it.
    }
}
