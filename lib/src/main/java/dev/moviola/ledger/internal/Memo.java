package dev.moviola.ledger.internal;

import dev.moviola.ledger.JobKey;
import dev.moviola.ledger.JobState;
import dev.moviola.ledger.internal.Rows.Numbered;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows that the writer touched last, as its transaction leaves them, so that a job's next change need not read what
 * the one before wrote. Must be cleared after a rollback and after a foreign write.
 */
final class Memo {
    private static final int MOST = 8_192;

    private final Map<JobKey, JobLine> jobs = new Latest<>();
    private final Map<String, Numbered> submissions = new Latest<>();

    @Nullable
    JobLine job(JobKey key) {
        return jobs.get(key);
    }

    void put(JobKey key, JobLine line) {
        jobs.put(key, line);
    }

    @Nullable
    Numbered submission(String id) {
        return submissions.get(id);
    }

    void put(Numbered line) {
        submissions.put(line.submission().id(), line);
    }

    void forgetSubmission(String id) {
        submissions.remove(id);
    }

    void clear() {
        jobs.clear();
        submissions.clear();
    }

    /** What the rules need of a row of the table of jobs. */
    static final class JobLine {
        final long sequence;
        final @Nullable String group;
        JobState state;
        int attempts;

        /** Whether it waits for nothing; once it does not, it never will again. */
        boolean free;

        /** The newest submission; null when it was not looked for. */
        @Nullable
        String latest;

        JobLine(long sequence, JobState state, int attempts, @Nullable String group, boolean free) {
            this.sequence = sequence;
            this.state = state;
            this.attempts = attempts;
            this.group = group;
            this.free = free;
        }
    }

    private static final class Latest<K, V> extends LinkedHashMap<K, V> {
        private static final long serialVersionUID = 1L;

        private Latest() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > MOST;
        }
    }
}
