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

    /** Always as wide, so that times sort as text and can be read with one format. */
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Sql sql;
    private final Rows rows;

    SqlStore(Sql sql) {
        this.sql = sql;
        this.rows = new Rows(sql);
    }

    @Override
    public @Nullable JobRow job(JobKey key) {
        Optional<JobRow> found = sql.call(() -> {
            PreparedStatement find = sql.prepare("SELECT state, attempts, \"group\" FROM job WHERE key = ?");
            find.setString(1, key.hex());
            try (ResultSet row = find.executeQuery()) {
                return row.next()
                        ? Optional.of(new JobRow(JobState.valueOf(row.getString(1)), row.getInt(2), row.getString(3)))
                        : Optional.empty();
            }
        });
        return found.orElse(null);
    }

    @Override
    public boolean dependenciesDone(JobKey key) {
        return sql.call(() -> {
            PreparedStatement find = sql.prepare("SELECT 1 FROM job WHERE key = ? AND waits_for > 0");
            find.setString(1, key.hex());
            try (ResultSet row = find.executeQuery()) {
                return !row.next();
            }
        });
    }

    @Override
    public void insert(Job job) {
        sql.run(() -> {
            PreparedStatement add = sql.prepare("INSERT INTO job (key, kind, state, attempts, parameters, metadata,"
                    + " \"group\") VALUES (?, ?, 'READY', 0, ?, ?, ?)");
            add.setString(1, job.key().hex());
            add.setString(2, job.kind());
            add.setString(3, job.parameters().json());
            add.setString(4, job.metadata().json());
            add.setString(5, job.group());
            add.executeUpdate();
            PreparedStatement link = sql.prepare("INSERT INTO dependency (job, position, needs) SELECT"
                    + " (SELECT sequence FROM job WHERE key = ?), ?, sequence FROM job WHERE key = ?");
            int position = 0;
            for (JobKey need : job.dependsOn()) {
                link.setString(1, job.key().hex());
                link.setInt(2, position++);
                link.setString(3, need.hex());
                link.executeUpdate();
            }
        });
    }

    @Override
    public void update(JobKey key, JobState state, int attempts, @Nullable Failure lastFailure) {
        sql.run(() -> {
            if (lastFailure == null) {
                PreparedStatement move = sql.prepare("UPDATE job SET state = ?, attempts = ? WHERE key = ?");
                move.setString(1, state.name());
                move.setInt(2, attempts);
                move.setString(3, key.hex());
                move.executeUpdate();
                return;
            }
            PreparedStatement move =
                    sql.prepare("UPDATE job SET state = ?, attempts = ?, " + FAILURE_COLUMNS + " WHERE key = ?");
            move.setString(1, state.name());
            move.setInt(2, attempts);
            setFailure(move, 3, lastFailure);
            move.setString(8, key.hex());
            move.executeUpdate();
        });
    }

    @Override
    public @Nullable Submission submission(String id) {
        return rows.submission(id).orElse(null);
    }

    @Override
    public @Nullable String latestSubmission(JobKey key) {
        return sql.call(() -> Optional.ofNullable(findLatest(key))).orElse(null);
    }

    private @Nullable String findLatest(JobKey key) throws SQLException {
        PreparedStatement find = sql.prepare("SELECT id FROM submission WHERE sequence = (SELECT max(submission) FROM"
                + " submission_job WHERE job = (SELECT sequence FROM job WHERE key = ?))");
        find.setString(1, key.hex());
        try (ResultSet row = find.executeQuery()) {
            return row.next() ? row.getString(1) : null;
        }
    }

    @Override
    public void insert(Submission submission) {
        sql.run(() -> {
            PreparedStatement add = sql.prepare("INSERT INTO submission (id, attempt, backend, device, state,"
                    + " price_ticks, spent_ticks, intended) VALUES (?, ?, ?, ?, ?, ?, 0, ?)");
            add.setString(1, submission.id());
            add.setInt(2, submission.attempt());
            add.setString(3, submission.backend());
            add.setString(4, submission.device());
            add.setString(5, submission.state().name());
            add.setLong(6, submission.price().ticks());
            add.setString(7, text(submission.intended()));
            add.executeUpdate();
            PreparedStatement link = sql.prepare("INSERT INTO submission_job (submission, position, job) SELECT"
                    + " (SELECT sequence FROM submission WHERE id = ?), ?, sequence FROM job WHERE key = ?");
            int position = 0;
            for (JobKey job : submission.jobs()) {
                link.setString(1, submission.id());
                link.setInt(2, position++);
                link.setString(3, job.hex());
                link.executeUpdate();
            }
        });
    }

    @Override
    public void update(Submission submission) {
        sql.run(() -> {
            PreparedStatement change =
                    sql.prepare("UPDATE submission SET state = ?, external_id = ?, charged_ticks = ?,"
                            + " spent_ticks = ?, accepted = ?, ended = ?, " + FAILURE_COLUMNS + " WHERE id = ?");
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
            setFailure(change, 7, submission.failure());
            change.setString(12, submission.id());
            change.executeUpdate();
        });
    }

    @Override
    public void insert(Artefact artefact, String submission) {
        sql.run(() -> {
            PreparedStatement add = sql.prepare("INSERT OR IGNORE INTO artefact (job, role, sha256, bytes, media_type,"
                    + " path, submission) SELECT (SELECT sequence FROM job WHERE key = ?), ?, ?, ?, ?, ?, sequence"
                    + " FROM submission WHERE id = ?");
            add.setString(1, artefact.job().hex());
            add.setString(2, artefact.role());
            add.setString(3, artefact.sha256());
            add.setLong(4, artefact.bytes());
            add.setString(5, artefact.mediaType());
            add.setString(6, artefact.path());
            add.setString(7, submission);
            add.executeUpdate();
        });
    }

    @Override
    public void put(Score score) {
        sql.run(() -> {
            PreparedStatement put = sql.prepare("INSERT OR REPLACE INTO score (job, metric, artefact, scorer, value)"
                    + " SELECT sequence, ?, ?, ?, ? FROM job WHERE key = ?");
            put.setString(1, score.metric());
            put.setString(2, score.artefact());
            put.setString(3, score.scorer());
            if (Double.isNaN(score.value())) {
                put.setNull(4, java.sql.Types.REAL);
            } else {
                put.setDouble(4, score.value());
            }
            put.setString(5, score.job().hex());
            put.executeUpdate();
        });
    }

    @Override
    public void insert(Note note) {
        sql.run(() -> {
            PreparedStatement add = sql.prepare("INSERT INTO note (job, kind, content, written) VALUES"
                    + " ((SELECT sequence FROM job WHERE key = ?), ?, ?, ?)");
            JobKey job = note.job();
            add.setString(1, job == null ? null : job.hex());
            add.setString(2, note.kind());
            add.setString(3, note.content().json());
            add.setString(4, text(note.written()));
            add.executeUpdate();
        });
    }

    private static void setFailure(PreparedStatement statement, int from, @Nullable Failure failure)
            throws SQLException {
        if (failure == null) {
            for (int i = 0; i < 5; i++) {
                statement.setString(from + i, null);
            }
            return;
        }
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

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : TIME.format(instant);
    }
}
