package dev.moviola.sweep.internal;

import dev.moviola.MoviolaException;
import dev.moviola.ledger.Billed;
import dev.moviola.ledger.Failure;
import dev.moviola.ledger.FailureCategory;
import dev.moviola.ledger.Job;
import dev.moviola.ledger.JobRecord;
import dev.moviola.ledger.JobState;
import dev.moviola.ledger.Ledger;
import dev.moviola.ledger.Money;
import dev.moviola.ledger.Note;
import dev.moviola.ledger.Parameters;
import dev.moviola.ledger.Run;
import dev.moviola.ledger.Submission;
import dev.moviola.ledger.SubmissionState;
import dev.moviola.sweep.TrialRecord;
import dev.moviola.sweep.TrialState;
import dev.moviola.sweep.TrialTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A study on the ledger of a run. A trial is a job of the kind {@code trial} with one submission for each attempt; its
 * end is a note, which is the truth, and after it the end of job and submission, which is made up for at the next start
 * if the process dies between the two.
 */
public final class LedgerStore implements StudyStore {
    static final String TRIAL = "trial";
    static final String SETUP = "study-setup";
    static final String END = "trial-end";
    static final String REPORT = "trial-report";
    private static final String PRUNED = "pruned";

    private final Ledger ledger;
    private final Map<Long, Job> jobs = new HashMap<>();
    private final Map<Long, Submission> open = new HashMap<>();

    /** The study in {@code run}, which must be open for writing. */
    public LedgerStore(Run run) {
        this.ledger = run.ledger();
    }

    @Override
    public Optional<Parameters> setup() {
        List<Note> notes = ledger.notes(SETUP);
        return notes.isEmpty()
                ? Optional.empty()
                : Optional.of(notes.get(notes.size() - 1).content());
    }

    @Override
    public void setUp(Parameters setup) {
        join(ledger.note(null, SETUP, setup));
    }

    @Override
    public List<Report> reports() {
        return ledger.notes(REPORT).stream()
                .map(Note::content)
                .map(note -> new Report(note.integer(TRIAL), note.integer("step"), note.number("value")))
                .toList();
    }

    @Override
    public void report(Report report) {
        ledger.note(
                job(report.number()).key(),
                REPORT,
                Parameters.of(TRIAL, report.number(), "step", report.step(), "value", report.value()));
    }

    @Override
    public List<Event> events() {
        List<JobRecord> begun = new ArrayList<>();
        ledger.eachJob(record -> {
            if (record.job().kind().equals(TRIAL)) {
                begun.add(record);
                jobs.put(record.job().parameters().integer(TRIAL), record.job());
            }
        });
        for (Submission submission : ledger.open()) {
            for (JobRecord record : begun) {
                if (submission.jobs().contains(record.job().key())) {
                    open.put(record.job().parameters().integer(TRIAL), submission);
                }
            }
        }
        List<Event> events = new ArrayList<>();
        int asked = 0;
        Map<Long, JobRecord> unended = new HashMap<>();
        begun.forEach(record -> unended.put(record.job().parameters().integer(TRIAL), record));
        for (Note note : ledger.notes(END)) {
            // Jobs and notes are two lists; the note says how many trials had begun by then.
            while (asked < note.content().integer("begun")) {
                events.add(running(begun.get(asked++)));
            }
            TrialRecord ended = ended(note.content());
            if (unended.remove(ended.number()) == null) {
                continue;
            }
            events.add(new Event(ended));
            if (open.containsKey(ended.number())) {
                close(ended);
            }
        }
        while (asked < begun.size()) {
            events.add(running(begun.get(asked++)));
        }
        unended.forEach((number, record) -> putBack(number, record, "the process that ran it has ended"));
        return events;
    }

    @Override
    public void begin(long number, Parameters settings) {
        Job job = jobs.get(number);
        if (job == null) {
            job = Job.of(TRIAL, Parameters.of(TRIAL, number, "settings", settings), Parameters.none());
            jobs.put(number, job);
        }
        open.put(number, join(ledger.begin(job, "study", Money.ZERO)));
    }

    @Override
    public void retry(long number, String why) {
        Submission submission = open.remove(number);
        if (submission != null) {
            join(ledger.fail(submission.id(), failure(why), null, true));
        }
    }

    @Override
    public void end(TrialRecord trial) {
        if (trial.state() == TrialState.FAILED || !open.containsKey(trial.number())) {
            join(ledger.note(job(trial.number()).key(), END, written(trial)));
        }
        close(trial);
    }

    @Override
    public void putBack(long number) {
        Job job = job(number);
        putBack(
                number,
                ledger.job(job.key()).orElseThrow(() -> new IllegalStateException("trial " + number + " has no job")),
                "who worked on it has gone");
    }

    @Override
    public int failures(long number) {
        return (int) ledger.submissions(job(number).key()).stream()
                .filter(submission ->
                        submission.state() == SubmissionState.REJECTED || submission.state() == SubmissionState.FAILED)
                .count();
    }

    @Override
    public Map<Long, TrialTime> times() {
        return LedgerHistory.of(ledger).times();
    }

    // The submission is forgotten last: when the disk is full the trial can be told again.
    private void close(TrialRecord trial) {
        Submission submission = open.get(trial.number());
        if (submission == null) {
            return;
        }
        if (trial.state() == TrialState.FAILED) {
            join(ledger.fail(submission.id(), failure(String.valueOf(trial.failure())), null, false));
        } else {
            join(ledger.conclude(submission.id(), END, written(trial)));
        }
        open.remove(trial.number());
    }

    private void putBack(long number, JobRecord record, String why) {
        Submission submission = open.remove(number);
        if (submission != null) {
            Failure failure = Failure.of(FailureCategory.UNKNOWN, Billed.NO, "", why);
            join(ledger.cancel(submission.id(), failure, true));
        } else if (record.state() != JobState.READY) {
            join(ledger.reopen(List.of(record.job().key())));
        }
    }

    private Job job(long number) {
        Job job = jobs.get(number);
        if (job == null) {
            throw new IllegalStateException("trial " + number + " has not begun");
        }
        return job;
    }

    private Parameters written(TrialRecord trial) {
        return Parameters.of(TRIAL, trial.number(), "settings", trial.settings(), "begun", jobs.size())
                .with("value", trial.value())
                .with("values", trial.values().size() > 1 ? trial.values() : null)
                .with("failure", trial.state() == TrialState.FAILED ? trial.failure() : null)
                .with(PRUNED, trial.state() == TrialState.PRUNED ? trial.failure() : null);
    }

    static TrialRecord ended(Parameters note) {
        boolean complete = note.has("value");
        boolean pruned = note.has(PRUNED);
        List<Double> values = !complete
                ? List.of()
                : !note.has("values")
                        ? List.of(note.number("value"))
                        : note.list("values").stream()
                                .map(value -> ((Number) value).doubleValue())
                                .toList();
        return new TrialRecord(
                note.integer(TRIAL),
                complete ? TrialState.COMPLETE : pruned ? TrialState.PRUNED : TrialState.FAILED,
                note.object("settings"),
                values,
                complete ? null : pruned ? note.text(PRUNED) : note.text("failure", ""));
    }

    static Event running(JobRecord record) {
        Parameters parameters = record.job().parameters();
        return new Event(new TrialRecord(
                parameters.integer(TRIAL), TrialState.RUNNING, parameters.object("settings"), List.of(), null));
    }

    private static Failure failure(String why) {
        return Failure.of(FailureCategory.INTERNAL, Billed.NO, "", why);
    }

    private static <T> T join(CompletableFuture<T> written) {
        try {
            return written.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof MoviolaException known ? known : e;
        }
    }
}
