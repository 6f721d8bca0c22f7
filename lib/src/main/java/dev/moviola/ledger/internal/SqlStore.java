package dev.moviola.ledger.internal;

import dev.moviola.ledger.Artefact;
import dev.moviola.ledger.Failure;
import dev.moviola.ledger.Job;
import dev.moviola.ledger.JobKey;
import dev.moviola.ledger.JobState;
import dev.moviola.ledger.Money;
import dev.moviola.ledger.Note;
import dev.moviola.ledger.Score;
import dev.moviola.ledger.Submission;
import dev.moviola.ledger.internal.Memo.JobLine;
import dev.moviola.ledger.internal.Rows.Numbered;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of a ledger file, as the rules see them. Used by the writer's thread alone, inside its transaction. */
final class SqlStore implements Store {
    private static final String FAILURE_COLUMNS =
            "failure_category = ?, failure_billed = ?, failure_code = ?, failure_message = ?, failure_retry_ms = ?";

    private static final String CHANGE_SUBMISSION = "UPDATE submission SET state = ?, external_id = ?,"
            + " charged_ticks = ?, spent_ticks = ?, accepted = ?, ended = ?, ";

    private static final String MOVE_SUBMISSION = CHANGE_SUBMISSION + "failure_category = NULL, failure_billed = NULL,"
            + " failure_code = NULL, failure_message = NULL, failure_retry_ms = NULL WHERE sequence = ?";

    private static final String FAIL_SUBMISSION = CHANGE_SUBMISSION + FAILURE_COLUMNS + " WHERE sequence = ?";

    /** Always as wide, so that times sort as text and can be read with one format. */
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Sql sql;
    private final Rows rows;
    private final Memo memo = new Memo();
    private final Counters counters = new Counters();
    private long dataVersion = -1;
    private long timedSecond = Long.MIN_VALUE;
    private String timedText = "";
    private long nextJob;
    private long nextSubmission;
    private long writes;

    SqlStore(Sql sql) {
        this.sql = sql;
        this.rows = new Rows(sql);
    }

    /** To be called at the beginning of each transaction, once it holds the file. */
    void begin() {
        long version = number("PRAGMA data_version");
        if (version != dataVersion) {
            forget();
            nextJob = 1 + number("SELECT coalesce(max(sequence), 0) FROM job");
            nextSubmission = 1 + number("SELECT coalesce(max(sequence), 0) FROM submission");
            dataVersion = version;
        }
    }

    /** To be called at the end of each transaction. */
    void end() {
        counters.write(sql);
    }

    /** To be called after each transaction that was rolled back. */
    void forget() {
        memo.clear();
        counters.clear();
        dataVersion = -1;
    }

    /** Counts the changes of rows that were begun, from any start. */
    long writes() {
        return writes;
    }

    @Override
    public @Nullable JobRow job(JobKey key) {
        JobLine line = find(key);
        return line == null ? null : new JobRow(line.state, line.attempts, line.group);
    }

    @Override
    public boolean dependenciesDone(JobKey key) {
        JobLine line = at(key);
        if (!line.free) {
            line.free = sql.call(() -> {
                PreparedStatement find = sql.prepare("SELECT waits_for FROM job WHERE sequence = ?");
                find.setLong(1, line.sequence);
                return first(find) == 0;
            });
        }
        return line.free;
    }

    @Override
    public void insert(Job job) {
        writes++;
        long sequence = nextJob;
        sql.run(() -> {
            PreparedStatement add = sql.prepare("INSERT INTO job (sequence, key, kind, state, attempts, parameters,"
                    + " metadata, \"group\") VALUES (?, ?, ?, 'READY', 0, ?, ?, ?)");
            add.setLong(1, sequence);
            add.setString(2, job.key().hex());
            add.setString(3, job.kind());
            add.setString(4, job.parameters().json());
            add.setString(5, job.metadata().json());
            add.setString(6, job.group());
            add.executeUpdate();
            int position = 0;
            for (JobKey need : job.dependsOn()) {
                PreparedStatement link = sql.prepare("INSERT INTO dependency (job, position, needs) VALUES (?, ?, ?)");
                link.setLong(1, sequence);
                link.setInt(2, position++);
                link.setLong(3, at(need).sequence);
                link.executeUpdate();
            }
        });
        nextJob++;
        counters.jobAdded();
        memo.put(
                job.key(),
                new JobLine(
                        sequence,
                        JobState.READY,
                        0,
                        job.group(),
                        job.dependsOn().isEmpty()));
    }

    @Override
    public void update(JobKey key, JobState state, int attempts, @Nullable Failure lastFailure) {
        JobLine line = at(key);
        if (line.state == state && line.attempts == attempts && lastFailure == null) {
            return;
        }
        writes++;
        sql.run(() -> {
            if (lastFailure == null) {
                PreparedStatement move = sql.prepare("UPDATE job SET state = ?, attempts = ? WHERE sequence = ?");
                move.setString(1, state.name());
                move.setInt(2, attempts);
                move.setLong(3, line.sequence);
                move.executeUpdate();
                return;
            }
            PreparedStatement move =
                    sql.prepare("UPDATE job SET state = ?, attempts = ?, " + FAILURE_COLUMNS + " WHERE sequence = ?");
            move.setString(1, state.name());
            move.setInt(2, attempts);
            setFailure(move, 3, lastFailure);
            move.setLong(8, line.sequence);
            move.executeUpdate();
        });
        counters.jobMoved(line.state, state);
        line.state = state;
        line.attempts = attempts;
    }

    @Override
    public @Nullable Submission submission(String id) {
        Numbered line = find(id);
        return line == null ? null : line.submission();
    }

    @Override
    public @Nullable String latestSubmission(JobKey key) {
        JobLine line = at(key);
        if (line.latest == null && line.attempts > 0) {
            line.latest = sql.call(() -> {
                PreparedStatement find = sql.prepare("SELECT id FROM submission WHERE sequence ="
                        + " (SELECT max(submission) FROM submission_job WHERE job = ?)");
                find.setLong(1, line.sequence);
                try (ResultSet row = find.executeQuery()) {
                    row.next();
                    return row.getString(1);
                }
            });
        }
        return line.latest;
    }

    @Override
    public void insert(Submission submission) {
        writes++;
        long sequence = nextSubmission;
        sql.run(() -> {
            PreparedStatement add = sql.prepare("INSERT INTO submission (sequence, id, attempt, backend, device, state,"
                    + " price_ticks, spent_ticks, intended) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
            add.setLong(1, sequence);
            add.setString(2, submission.id());
            add.setInt(3, submission.attempt());
            add.setString(4, submission.backend());
            add.setString(5, submission.device());
            add.setString(6, submission.state().name());
            add.setLong(7, submission.price().ticks());
            add.setLong(8, Rules.spent(submission).ticks());
            add.setString(9, text(submission.intended()));
            add.executeUpdate();
            int position = 0;
            for (JobKey job : submission.jobs()) {
                PreparedStatement link =
                        sql.prepare("INSERT INTO submission_job (submission, position, job) VALUES (?, ?, ?)");
                link.setLong(1, sequence);
                link.setInt(2, position++);
                link.setLong(3, at(job).sequence);
                link.executeUpdate();
            }
        });
        nextSubmission++;
        counters.submissionMoved(null, submission);
        memo.put(new Numbered(sequence, submission));
        submission.jobs().forEach(job -> at(job).latest = submission.id());
    }

    @Override
    public void update(Submission submission) {
        writes++;
        Numbered line = at(submission.id());
        Failure failure = submission.failure();
        sql.run(() -> {
            PreparedStatement change = sql.prepare(failure == null ? MOVE_SUBMISSION : FAIL_SUBMISSION);
            change.setString(1, submission.state().name());
            change.setString(2, submission.externalId());
            Money charged = submission.charged();
            if (charged == null) {
                change.setNull(3, java.sql.Types.INTEGER);
            } else {
                change.setLong(3, charged.ticks());
            }
            change.setLong(4, Rules.spent(submission).ticks());
            change.setString(5, text(submission.accepted()));
            change.setString(6, text(submission.ended()));
            if (failure != null) {
                setFailure(change, 7, failure);
            }
            change.setLong(failure == null ? 7 : 12, line.sequence());
            change.executeUpdate();
        });
        counters.submissionMoved(line.submission(), submission);
        if (submission.state().isOpen()) {
            memo.put(new Numbered(line.sequence(), submission));
        } else {
            memo.forgetSubmission(submission.id());
        }
    }

    @Override
    public void insert(Artefact artefact, String submission) {
        writes++;
        sql.run(() -> {
            PreparedStatement add = sql.prepare("INSERT OR IGNORE INTO artefact (job, role, sha256, bytes, media_type,"
                    + " path, submission) VALUES (?, ?, ?, ?, ?, ?, ?)");
            add.setLong(1, at(artefact.job()).sequence);
            add.setString(2, artefact.role());
            add.setString(3, artefact.sha256());
            add.setLong(4, artefact.bytes());
            add.setString(5, artefact.mediaType());
            add.setString(6, artefact.path());
            add.setLong(7, at(submission).sequence());
            add.executeUpdate();
        });
    }

    @Override
    public void put(Score score) {
        writes++;
        sql.run(() -> {
            PreparedStatement put = sql.prepare(
                    "INSERT OR REPLACE INTO score (job, metric, artefact, scorer, value) VALUES (?, ?, ?, ?, ?)");
            put.setLong(1, at(score.job()).sequence);
            put.setString(2, score.metric());
            put.setString(3, score.artefact());
            put.setString(4, score.scorer());
            if (Double.isNaN(score.value())) {
                put.setNull(5, java.sql.Types.REAL);
            } else {
                put.setDouble(5, score.value());
            }
            put.executeUpdate();
        });
    }

    @Override
    public void insert(Note note) {
        writes++;
        sql.run(() -> {
            PreparedStatement add = sql.prepare("INSERT INTO note (job, kind, content, written) VALUES (?, ?, ?, ?)");
            JobKey job = note.job();
            if (job == null) {
                add.setNull(1, java.sql.Types.INTEGER);
            } else {
                add.setLong(1, at(job).sequence);
            }
            add.setString(2, note.kind());
            add.setString(3, note.content().json());
            add.setString(4, text(note.written()));
            add.executeUpdate();
        });
    }

    private @Nullable JobLine find(JobKey key) {
        JobLine known = memo.job(key);
        if (known != null) {
            return known;
        }
        Optional<JobLine> found = sql.call(() -> {
            PreparedStatement find =
                    sql.prepare("SELECT sequence, state, attempts, \"group\", waits_for FROM job WHERE key = ?");
            find.setString(1, key.hex());
            try (ResultSet row = find.executeQuery()) {
                return row.next()
                        ? Optional.of(new JobLine(
                                row.getLong(1),
                                JobState.valueOf(row.getString(2)),
                                row.getInt(3),
                                row.getString(4),
                                row.getInt(5) == 0))
                        : Optional.empty();
            }
        });
        found.ifPresent(line -> memo.put(key, line));
        return found.orElse(null);
    }

    private @Nullable Numbered find(String id) {
        Numbered known = memo.submission(id);
        if (known != null) {
            return known;
        }
        Optional<Numbered> found = rows.numbered(id);
        found.ifPresent(memo::put);
        return found.orElse(null);
    }

    private JobLine at(JobKey key) {
        JobLine line = find(key);
        if (line == null) {
            throw new IllegalStateException("the rules look a job up before they change it: " + key);
        }
        return line;
    }

    private Numbered at(String submission) {
        Numbered line = find(submission);
        if (line == null) {
            throw new IllegalStateException("the rules look a submission up before they change it: " + submission);
        }
        return line;
    }

    private long number(String query) {
        return sql.call(() -> first(sql.prepare(query)));
    }

    private static long first(PreparedStatement query) throws SQLException {
        try (ResultSet row = query.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void setFailure(PreparedStatement statement, int from, Failure failure) throws SQLException {
        statement.setString(from, failure.category().name());
        statement.setString(from + 1, failure.billed().name());
        statement.setString(from + 2, failure.code());
        statement.setString(from + 3, failure.message());
        if (failure.retryAfter() == null) {
            statement.setNull(from + 4, java.sql.Types.INTEGER);
        } else {
            statement.setLong(from + 4, failure.retryAfter().toMillis());
        }
    }

    private @Nullable String text(@Nullable Instant instant) {
        if (instant == null) {
            return null;
        }
        long second = instant.getEpochSecond();
        if (second != timedSecond) {
            timedSecond = second;
            timedText = SECOND.format(instant);
        }
        int millis = instant.getNano() / 1_000_000;
        return timedText + (millis < 10 ? ".00" : millis < 100 ? ".0" : ".") + millis + 'Z';
    }
}
