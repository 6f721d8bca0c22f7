package dev.moviola.sweep.internal;

import dev.moviola.ledger.JobKey;
import dev.moviola.ledger.Ledger;
import dev.moviola.ledger.Note;
import dev.moviola.ledger.Parameters;
import dev.moviola.sweep.TrialRecord;
import dev.moviola.sweep.TrialState;
import dev.moviola.sweep.TrialTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What {@link LedgerStore} wrote, read without writing anything.
 *
 * @param trials by number
 * @param reached the last reported value of trials without an end value, by number
 * @param times by number
 */
public record LedgerHistory(List<TrialRecord> trials, Map<Long, Double> reached, Map<Long, TrialTime> times) {
    /** Copies lists and maps. */
    public LedgerHistory {
        trials = List.copyOf(trials);
        reached = Map.copyOf(reached);
        times = Map.copyOf(times);
    }

    /** What the study was set up with the last time; empty when there is none. */
    public static Optional<Parameters> setup(Ledger ledger) {
        List<Note> notes = ledger.notes(LedgerStore.SETUP);
        return notes.isEmpty()
                ? Optional.empty()
                : Optional.of(notes.get(notes.size() - 1).content());
    }

    /** The trials of the study in {@code ledger}. */
    public static LedgerHistory of(Ledger ledger) {
        TreeMap<Long, TrialRecord> trials = new TreeMap<>();
        Map<JobKey, Long> numbers = new HashMap<>();
        ledger.eachJob(record -> {
            if (record.job().kind().equals(LedgerStore.TRIAL)) {
                TrialRecord begun = LedgerStore.running(record).trial();
                trials.put(begun.number(), begun);
                numbers.put(record.job().key(), begun.number());
            }
        });
        for (Note note : ledger.notes(LedgerStore.END)) {
            TrialRecord ended = LedgerStore.ended(note.content());
            TrialRecord begun = trials.get(ended.number());
            if (begun != null && begun.state() == TrialState.RUNNING) {
                trials.put(ended.number(), ended);
            }
        }
        Map<Long, Double> reached = new HashMap<>();
        for (Note note : ledger.notes(LedgerStore.REPORT)) {
            long number = note.content().integer(LedgerStore.TRIAL);
            TrialRecord trial = trials.get(number);
            if (trial != null && trial.state() != TrialState.COMPLETE) {
                reached.put(number, note.content().number("value"));
            }
        }
        Map<Long, TrialTime> times = new HashMap<>();
        ledger.eachSubmission(submission -> {
            for (JobKey job : submission.jobs()) {
                Long number = numbers.get(job);
                if (number != null) {
                    times.merge(
                            number, new TrialTime(submission.intended(), submission.ended(), 1), LedgerHistory::both);
                }
            }
        });
        return new LedgerHistory(List.copyOf(trials.values()), reached, times);
    }

    private static TrialTime both(TrialTime earlier, TrialTime later) {
        Instant began = earlier.began().isBefore(later.began()) ? earlier.began() : later.began();
        return new TrialTime(began, later.ended(), earlier.attempts() + later.attempts());
    }
}
