package dev.moviola.ledger.internal;

import dev.moviola.ledger.Artefact;
import dev.moviola.ledger.Failure;
import dev.moviola.ledger.Job;
import dev.moviola.ledger.JobKey;
import dev.moviola.ledger.JobRecord;
import dev.moviola.ledger.JobState;
import dev.moviola.ledger.Ledger;
import dev.moviola.ledger.LedgerException;
import dev.moviola.ledger.Money;
import dev.moviola.ledger.Note;
import dev.moviola.ledger.Parameters;
import dev.moviola.ledger.Score;
import dev.moviola.ledger.Submission;
import dev.moviola.ledger.SubmissionState;
import dev.moviola.ledger.Tally;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A ledger without a file, for tests and for runs that nobody keeps. */
public final class MemoryLedger implements Ledger {
    private final Rows rows = new Rows();
    private final Rules rules = new Rules(rows);
    private boolean closed;

    @Override
    public CompletableFuture<Integer> add(Collection<Job> jobs) {
        return write(() -> rules.add(jobs));
    }

    @Override
    public CompletableFuture<Submission> intend(
            List<JobKey> jobs, String backend, @Nullable String device, Money price) {
        return write(() -> rules.intend(jobs, backend, device, price));
    }

    @Override
    public CompletableFuture<Submission> begin(Job job, String backend, Money price) {
        return write(() -> rules.begin(job, backend, price));
    }

    @Override
    public CompletableFuture<Void> accept(String submission, String externalId) {
        return run(() -> rules.accept(submission, externalId));
    }

    @Override
    public CompletableFuture<Void> lose(String submission, Failure why) {
        return run(() -> rules.lose(submission, why));
    }

    @Override
    public CompletableFuture<Void> succeed(String submission, List<Artefact> artefacts, @Nullable Money charged) {
        return run(() -> rules.succeed(submission, artefacts, charged));
    }

    @Override
    public CompletableFuture<Void> conclude(String submission, String kind, Parameters value) {
        return run(() -> rules.conclude(submission, kind, value));
    }

    @Override
    public CompletableFuture<Void> fail(String submission, Failure why, @Nullable Money charged, boolean again) {
        return run(() -> rules.fail(submission, why, charged, again));
    }

    @Override
    public CompletableFuture<Void> cancel(String submission, Failure why, boolean again) {
        return run(() -> rules.cancel(submission, why, again));
    }

    @Override
    public CompletableFuture<Integer> reopen(Collection<JobKey> jobs) {
        return write(() -> rules.reopen(jobs));
    }

    @Override
    public CompletableFuture<Integer> abandon(Collection<JobKey> jobs, Failure why) {
        return write(() -> rules.abandon(jobs, why));
    }

    @Override
    public CompletableFuture<Void> score(Collection<Score> scores) {
        return run(() -> rules.score(scores));
    }

    @Override
    public CompletableFuture<Void> note(@Nullable JobKey job, String kind, Parameters content) {
        return run(() -> rules.note(job, kind, content));
    }

    @Override
    public synchronized Optional<JobRecord> job(JobKey key) {
        return Optional.ofNullable(rows.byKey.get(key)).map(Entry::record);
    }

    @Override
    public synchronized List<JobRecord> jobs(Collection<JobState> states, long after, int limit) {
        return select(after, limit, entry -> states.isEmpty() || states.contains(entry.state));
    }

    @Override
    public synchronized List<JobRecord> ready(long after, int limit) {
        return rows.ready.tailMap(after, false).values().stream()
                .filter(entry -> rows.dependenciesDone(entry.job.key()))
                .limit(limit)
                .map(Entry::record)
                .toList();
    }

    @Override
    public synchronized Optional<Submission> submission(String id) {
        return Optional.ofNullable(rows.submissions.get(id));
    }

    @Override
    public synchronized List<Submission> submissions(JobKey job) {
        Entry entry = rows.byKey.get(job);
        return entry == null
                ? List.of()
                : entry.submissions.stream()
                        .map(id -> Objects.requireNonNull(rows.submissions.get(id)))
                        .toList();
    }

    @Override
    public synchronized List<Submission> open() {
        return List.copyOf(rows.open.values());
    }

    @Override
    public void eachSubmission(Consumer<Submission> each) {
        List<Submission> all;
        synchronized (this) {
            all = List.copyOf(rows.submissions.values());
        }
        all.forEach(each);
    }

    @Override
    public void eachJob(Consumer<JobRecord> each) {
        jobs(List.of(), 0, Integer.MAX_VALUE).forEach(each);
    }

    @Override
    public synchronized List<Score> scores() {
        return rows.scores.values().stream()
                .sorted(Comparator.comparingLong((Score score) -> rows.at(score.job()).sequence)
                        .thenComparing(Score::metric)
                        .thenComparing(Score::artefact)
                        .thenComparing(Score::scorer))
                .toList();
    }

    @Override
    public synchronized List<Note> notes(String kind) {
        return rows.notes.stream().filter(note -> note.kind().equals(kind)).toList();
    }

    @Override
    public synchronized Tally tally() {
        Map<JobState, Long> jobs = new EnumMap<>(JobState.class);
        rows.byKey.values().forEach(entry -> jobs.merge(entry.state, 1L, Long::sum));
        Map<SubmissionState, Long> states = new EnumMap<>(SubmissionState.class);
        long paid = 0;
        Money spent = Money.ZERO;
        for (Submission submission : rows.submissions.values()) {
            states.merge(submission.state(), 1L, Long::sum);
            paid += submission.accepted() == null ? 0 : 1;
            spent = spent.plus(Rules.spent(submission));
        }
        return new Tally(jobs, states, paid, spent);
    }

    @Override
    public synchronized void close() {
        closed = true;
    }

    private List<JobRecord> select(long after, int limit, Predicate<Entry> wanted) {
        return rows.bySequence.tailMap(after, false).values().stream()
                .filter(wanted)
                .limit(limit)
                .map(Entry::record)
                .toList();
    }

    private CompletableFuture<Void> run(Runnable change) {
        return write(() -> {
                    change.run();
                    return Boolean.TRUE;
                })
                .thenAccept(done -> {});
    }

    private synchronized <T> CompletableFuture<T> write(Supplier<T> change) {
        if (closed) {
            return CompletableFuture.failedFuture(new LedgerException("the ledger is closed; open it again"));
        }
        try {
            return CompletableFuture.completedFuture(change.get());
        } catch (LedgerException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static final class Entry {
        private final long sequence;
        private final Job job;
        private final List<Artefact> artefacts = new ArrayList<>();
        private JobState state = JobState.READY;
        private final List<String> submissions = new ArrayList<>();
        private int attempts;
        private @Nullable Failure lastFailure;

        private Entry(long sequence, Job job) {
            this.sequence = sequence;
            this.job = job;
        }

        private JobRecord record() {
            return new JobRecord(sequence, job, state, attempts, lastFailure, artefacts);
        }
    }

    private static final class Rows implements Store {
        private final TreeMap<Long, Entry> bySequence = new TreeMap<>();
        private final Map<JobKey, Entry> byKey = new HashMap<>();
        private final TreeMap<Long, Entry> ready = new TreeMap<>();
        private final Map<String, Submission> submissions = new LinkedHashMap<>();
        private final Map<String, Submission> open = new LinkedHashMap<>();
        private final Map<List<Object>, Score> scores = new HashMap<>();
        private final List<Note> notes = new ArrayList<>();

        private Entry at(JobKey key) {
            Entry entry = byKey.get(key);
            if (entry == null) {
                throw new IllegalStateException("the rules look a job up before they change it: " + key);
            }
            return entry;
        }

        @Override
        public @Nullable JobRow job(JobKey key) {
            Entry entry = byKey.get(key);
            return entry == null ? null : new JobRow(entry.state, entry.attempts, entry.job.group());
        }

        @Override
        public boolean dependenciesDone(JobKey key) {
            return at(key).job.dependsOn().stream().allMatch(need -> at(need).state == JobState.DONE);
        }

        @Override
        public void insert(Job job) {
            Entry entry = new Entry(bySequence.size() + 1L, job);
            bySequence.put(entry.sequence, entry);
            ready.put(entry.sequence, entry);
            byKey.put(job.key(), entry);
        }

        @Override
        public void update(JobKey key, JobState state, int attempts, @Nullable Failure lastFailure) {
            Entry entry = at(key);
            entry.state = state;
            if (state == JobState.READY) {
                ready.put(entry.sequence, entry);
            } else {
                ready.remove(entry.sequence);
            }
            entry.attempts = attempts;
            if (lastFailure != null) {
                entry.lastFailure = lastFailure;
            }
        }

        @Override
        public @Nullable Submission submission(String id) {
            return submissions.get(id);
        }

        @Override
        public @Nullable String latestSubmission(JobKey key) {
            List<String> ids = at(key).submissions;
            return ids.isEmpty() ? null : ids.get(ids.size() - 1);
        }

        @Override
        public void insert(Submission submission) {
            update(submission);
            submission.jobs().forEach(key -> at(key).submissions.add(submission.id()));
        }

        @Override
        public void update(Submission submission) {
            submissions.put(submission.id(), submission);
            if (submission.state().isOpen()) {
                open.put(submission.id(), submission);
            } else {
                open.remove(submission.id());
            }
        }

        @Override
        public void insert(Artefact artefact, String submission) {
            List<Artefact> artefacts = at(artefact.job()).artefacts;
            boolean held = artefacts.stream()
                    .anyMatch(other -> other.role().equals(artefact.role())
                            && other.sha256().equals(artefact.sha256()));
            if (!held) {
                artefacts.add(artefact);
            }
        }

        @Override
        public void put(Score score) {
            scores.put(List.of(score.job(), score.artefact(), score.metric(), score.scorer()), score);
        }

        @Override
        public void insert(Note note) {
            notes.add(note);
        }
    }
}
