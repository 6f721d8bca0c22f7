package dev.moviola.ledger.internal;

import dev.moviola.ledger.Artefact;
import dev.moviola.ledger.Billed;
import dev.moviola.ledger.Failure;
import dev.moviola.ledger.FailureCategory;
import dev.moviola.ledger.Job;
import dev.moviola.ledger.JobKey;
import dev.moviola.ledger.JobRecord;
import dev.moviola.ledger.JobState;
import dev.moviola.ledger.Money;
import dev.moviola.ledger.Note;
import dev.moviola.ledger.Parameters;
import dev.moviola.ledger.Score;
import dev.moviola.ledger.Submission;
import dev.moviola.ledger.SubmissionState;
import dev.moviola.ledger.Tally;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a ledger file as records. Used by one thread at a time. */
final class Rows {
    private static final String JOB_COLUMNS = "sequence, key, kind, state, attempts, parameters, metadata, \"group\","
            + " failure_category, failure_billed, failure_code, failure_message, failure_retry_ms,"
            + " EXISTS (SELECT 1 FROM dependency d WHERE d.job = job.sequence),"
            + " EXISTS (SELECT 1 FROM artefact a WHERE a.job = job.sequence)";
    private static final String SUBMISSION_COLUMNS = "s.sequence, s.id, s.attempt, s.backend, s.device, s.state,"
            + " s.external_id, s.price_ticks, s.charged_ticks, s.intended, s.accepted, s.ended, s.failure_category,"
            + " s.failure_billed, s.failure_code, s.failure_message, s.failure_retry_ms";

    /** In the words of the index submission_open, or else it is not used. */
    static final String OPEN_SUBMISSIONS = "SELECT " + SUBMISSION_COLUMNS + " FROM submission s"
            + " WHERE s.state = 'INTENDED' OR s.state = 'ACCEPTED' OR s.state = 'UNKNOWN' ORDER BY s.sequence";

    private final Sql sql;

    Rows(Sql sql) {
        this.sql = sql;
    }

    Optional<JobRecord> job(JobKey key) {
        return sql.call(() -> {
            PreparedStatement find = sql.prepare("SELECT " + JOB_COLUMNS + " FROM job WHERE key = ?");
            find.setString(1, key.hex());
            return readJobs(find).stream().findFirst();
        });
    }

    List<JobRecord> jobs(Collection<JobState> states, long after, int limit) {
        return sql.call(() -> {
            if (states.isEmpty()) {
                PreparedStatement find =
                        sql.prepare("SELECT " + JOB_COLUMNS + " FROM job WHERE sequence > ? ORDER BY sequence LIMIT ?");
                find.setLong(1, after);
                find.setInt(2, limit);
                return readJobs(find);
            }
            List<String> names =
                    states.stream().distinct().map(JobState::name).sorted().toList();
            String marks = String.join(", ", names.stream().map(name -> "?").toList());
            PreparedStatement find = sql.prepare("SELECT " + JOB_COLUMNS + " FROM job WHERE state IN (" + marks
                    + ") AND sequence > ? ORDER BY sequence LIMIT ?");
            int index = 1;
            for (String name : names) {
                find.setString(index++, name);
            }
            find.setLong(index++, after);
            find.setInt(index, limit);
            return readJobs(find);
        });
    }

    List<JobRecord> ready(long after, int limit) {
        return sql.call(() -> {
            PreparedStatement find =
                    sql.prepare("SELECT " + JOB_COLUMNS + " FROM job WHERE state = 'READY' AND waits_for = 0"
                            + " AND sequence > ? ORDER BY sequence LIMIT ?");
            find.setLong(1, after);
            find.setInt(2, limit);
            return readJobs(find);
        });
    }

    Optional<Submission> submission(String id) {
        return numbered(id).map(Numbered::submission);
    }

    Optional<Numbered> numbered(String id) {
        return sql.call(() -> {
            PreparedStatement find = sql.prepare("SELECT " + SUBMISSION_COLUMNS + " FROM submission s WHERE s.id = ?");
            find.setString(1, id);
            return readSubmissions(find).stream().findFirst();
        });
    }

    List<Submission> submissions(JobKey job) {
        return sql.call(() -> {
            PreparedStatement find = sql.prepare("SELECT " + SUBMISSION_COLUMNS + " FROM submission_job link JOIN"
                    + " submission s ON s.sequence = link.submission WHERE link.job = (SELECT sequence FROM job WHERE"
                    + " key = ?) ORDER BY s.sequence");
            find.setString(1, job.hex());
            return readSubmissions(find).stream().map(Numbered::submission).toList();
        });
    }

    List<Submission> open() {
        return sql.call(() -> {
            return readSubmissions(sql.prepare(OPEN_SUBMISSIONS)).stream()
                    .map(Numbered::submission)
                    .toList();
        });
    }

    List<Numbered> submissions(long after, int limit) {
        return sql.call(() -> {
            PreparedStatement find = sql.prepare("SELECT " + SUBMISSION_COLUMNS
                    + " FROM submission s WHERE s.sequence > ? ORDER BY s.sequence LIMIT ?");
            find.setLong(1, after);
            find.setInt(2, limit);
            return readSubmissions(find);
        });
    }

    List<Score> scores() {
        return sql.call(() -> {
            PreparedStatement find = sql.prepare("SELECT job.key, score.artefact, score.metric, score.value,"
                    + " score.scorer FROM score JOIN job ON job.sequence = score.job ORDER BY score.job, score.metric,"
                    + " score.artefact, score.scorer");
            List<Score> scores = new ArrayList<>();
            try (ResultSet row = find.executeQuery()) {
                while (row.next()) {
                    double real = row.getDouble(4);
                    double value = row.wasNull() ? Double.NaN : real;
                    scores.add(new Score(
                            new JobKey(row.getString(1)), row.getString(2), row.getString(3), value, row.getString(5)));
                }
            }
            return scores;
        });
    }

    List<Note> notes(String kind) {
        return sql.call(() -> {
            PreparedStatement find = sql.prepare("SELECT job.key, note.content, note.written FROM note LEFT JOIN job ON"
                    + " job.sequence = note.job WHERE note.kind = ? ORDER BY note.sequence");
            find.setString(1, kind);
            List<Note> notes = new ArrayList<>();
            try (ResultSet row = find.executeQuery()) {
                while (row.next()) {
                    String key = row.getString(1);
                    notes.add(new Note(
                            key == null ? null : new JobKey(key),
                            kind,
                            Parameters.parse(row.getString(2)),
                            Instant.parse(row.getString(3))));
                }
            }
            return notes;
        });
    }

    Tally tally() {
        return sql.call(() -> {
            Map<JobState, Long> jobs = new EnumMap<>(JobState.class);
            Map<SubmissionState, Long> submissions = new EnumMap<>(SubmissionState.class);
            long paid = 0;
            long spent = 0;
            try (ResultSet row = sql.prepare("SELECT name, value FROM counter WHERE value <> 0")
                    .executeQuery()) {
                while (row.next()) {
                    String name = row.getString(1);
                    long value = row.getLong(2);
                    if (name.startsWith(Counters.JOB)) {
                        jobs.put(JobState.valueOf(name.substring(Counters.JOB.length())), value);
                    } else if (name.startsWith(Counters.SUBMISSION)) {
                        submissions.put(SubmissionState.valueOf(name.substring(Counters.SUBMISSION.length())), value);
                    } else if (name.equals(Counters.PAID)) {
                        paid = value;
                    } else if (name.equals(Counters.SPENT)) {
                        spent = value;
                    }
                }
            }
            return new Tally(jobs, submissions, paid, new Money(spent));
        });
    }

    private List<JobRecord> readJobs(PreparedStatement find) throws SQLException {
        record Half(
                long sequence,
                String key,
                String kind,
                JobState state,
                int attempts,
                String parameters,
                String metadata,
                @Nullable String group,
                @Nullable Failure failure,
                boolean isDependent,
                boolean hasArtefacts) {}
        List<Half> halves = new ArrayList<>();
        try (ResultSet row = find.executeQuery()) {
            while (row.next()) {
                halves.add(new Half(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        JobState.valueOf(row.getString(4)),
                        row.getInt(5),
                        row.getString(6),
                        row.getString(7),
                        row.getString(8),
                        failure(row, 9),
                        row.getBoolean(14),
                        row.getBoolean(15)));
            }
        }
        List<JobRecord> jobs = new ArrayList<>(halves.size());
        for (Half half : halves) {
            JobKey key = new JobKey(half.key);
            Job job = new Job(
                    key,
                    half.kind,
                    Parameters.parse(half.parameters),
                    half.isDependent ? dependencies(half.sequence) : List.of(),
                    half.group,
                    Parameters.parse(half.metadata));
            jobs.add(new JobRecord(
                    half.sequence,
                    job,
                    half.state,
                    half.attempts,
                    half.failure,
                    half.hasArtefacts ? artefacts(half.sequence, key) : List.of()));
        }
        return jobs;
    }

    private List<JobKey> dependencies(long job) throws SQLException {
        PreparedStatement find = sql.prepare("SELECT needed.key FROM dependency d JOIN job needed ON needed.sequence ="
                + " d.needs WHERE d.job = ? ORDER BY d.position");
        find.setLong(1, job);
        List<JobKey> keys = new ArrayList<>();
        try (ResultSet row = find.executeQuery()) {
            while (row.next()) {
                keys.add(new JobKey(row.getString(1)));
            }
        }
        return keys;
    }

    private List<Artefact> artefacts(long job, JobKey key) throws SQLException {
        PreparedStatement find =
                sql.prepare("SELECT role, sha256, bytes, media_type, path FROM artefact WHERE job = ? ORDER BY rowid");
        find.setLong(1, job);
        List<Artefact> artefacts = new ArrayList<>();
        try (ResultSet row = find.executeQuery()) {
            while (row.next()) {
                artefacts.add(new Artefact(
                        key, row.getString(1), row.getString(2), row.getLong(3), row.getString(4), row.getString(5)));
            }
        }
        return artefacts;
    }

    private List<Numbered> readSubmissions(PreparedStatement find) throws SQLException {
        List<Numbered> bare = new ArrayList<>();
        try (ResultSet row = find.executeQuery()) {
            while (row.next()) {
                long charged = row.getLong(9);
                boolean known = !row.wasNull();
                bare.add(new Numbered(
                        row.getLong(1),
                        new Submission(
                                row.getString(2),
                                List.of(),
                                row.getInt(3),
                                row.getString(4),
                                row.getString(5),
                                SubmissionState.valueOf(row.getString(6)),
                                row.getString(7),
                                new Money(row.getLong(8)),
                                known ? new Money(charged) : null,
                                failure(row, 13),
                                Instant.parse(row.getString(10)),
                                instant(row.getString(11)),
                                instant(row.getString(12)))));
            }
        }
        List<Numbered> full = new ArrayList<>(bare.size());
        for (Numbered numbered : bare) {
            Submission s = numbered.submission();
            full.add(new Numbered(
                    numbered.sequence(),
                    new Submission(
                            s.id(),
                            served(numbered.sequence()),
                            s.attempt(),
                            s.backend(),
                            s.device(),
                            s.state(),
                            s.externalId(),
                            s.price(),
                            s.charged(),
                            s.failure(),
                            s.intended(),
                            s.accepted(),
                            s.ended())));
        }
        return full;
    }

    private List<JobKey> served(long submission) throws SQLException {
        PreparedStatement find = sql.prepare("SELECT job.key FROM submission_job link JOIN job ON job.sequence ="
                + " link.job WHERE link.submission = ? ORDER BY link.position");
        find.setLong(1, submission);
        List<JobKey> keys = new ArrayList<>();
        try (ResultSet row = find.executeQuery()) {
            while (row.next()) {
                keys.add(new JobKey(row.getString(1)));
            }
        }
        return keys;
    }

    private static @Nullable Failure failure(ResultSet row, int from) throws SQLException {
        String category = row.getString(from);
        if (category == null) {
            return null;
        }
        long millis = row.getLong(from + 4);
        boolean asks = !row.wasNull();
        return new Failure(
                FailureCategory.valueOf(category),
                Billed.valueOf(row.getString(from + 1)),
                row.getString(from + 2),
                row.getString(from + 3),
                asks ? Duration.ofMillis(millis) : null);
    }

    private static @Nullable Instant instant(@Nullable String text) {
        return text == null ? null : Instant.parse(text);
    }

    /** A submission with its place in the file. */
    record Numbered(long sequence, Submission submission) {}
}
