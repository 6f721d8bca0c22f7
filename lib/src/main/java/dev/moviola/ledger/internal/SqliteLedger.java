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
import dev.moviola.ledger.Tally;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A ledger in one SQLite file. One thread writes, in groups; reads go through a connection of their own. */
public final class SqliteLedger implements Ledger {
    /** The version of the schema that this code writes. */
    public static final int SCHEMA = 3;

    /** The first schema counted with triggers. */
    private static final String FROM_1_TO_2 = """
            DROP TRIGGER job_added;
            DROP TRIGGER job_moved;
            DROP TRIGGER submission_added;
            DROP TRIGGER submission_moved;
            DROP TRIGGER submission_paid;
            DROP TRIGGER submission_spent;
            """;

    /** The second made temporary tables for each change of a submission, and for each job that was done. */
    private static final String FROM_2_TO_3 = """
            DROP INDEX submission_open;
            CREATE INDEX submission_open ON submission (sequence)
                WHERE state = 'INTENDED' OR state = 'ACCEPTED' OR state = 'UNKNOWN';
            DROP TRIGGER job_done;
            CREATE TRIGGER job_done AFTER UPDATE OF state ON job WHEN old.state <> 'DONE' AND new.state = 'DONE'
                AND EXISTS (SELECT 1 FROM dependency WHERE needs = new.sequence) BEGIN
              UPDATE job SET waits_for = (SELECT count(*) FROM dependency d JOIN job needed ON needed.sequence = d.needs
                  WHERE d.job = job.sequence AND needed.state <> 'DONE')
                WHERE sequence IN (SELECT job FROM dependency WHERE needs = new.sequence);
            END;
            """;

    private static final int ROOM_KEPT = 512 * 1024;
    private static final int PAGE = 1_000;
    private static final int PAGES_BETWEEN_CHECKPOINTS = 8_000;

    private final Path file;
    private final @Nullable GroupCommit writer;
    private final Sql reading;
    private final Rows rows;

    private SqliteLedger(Path file, @Nullable GroupCommit writer, Sql reading) {
        this.file = file;
        this.writer = writer;
        this.reading = reading;
        this.rows = new Rows(reading);
    }

    /** Opens a ledger for reading and writing, and makes it when there is none. */
    public static SqliteLedger open(Path file) {
        Sql writing = Sql.open(file, false);
        try {
            int version = version(writing);
            check(file, version);
            writing.execute("PRAGMA wal_autocheckpoint = " + PAGES_BETWEEN_CHECKPOINTS);
            if (version < SCHEMA) {
                writing.execute("BEGIN IMMEDIATE");
                writing.execute(
                        switch (version) {
                            case 0 -> schema();
                            case 1 -> FROM_1_TO_2 + FROM_2_TO_3;
                            default -> FROM_2_TO_3;
                        });
                writing.execute("PRAGMA user_version = " + SCHEMA);
                writing.execute("COMMIT");
            }
            keepRoom(file, writing);
        } catch (LedgerException e) {
            writing.close();
            throw e;
        }
        return new SqliteLedger(file, new GroupCommit(file, writing), Sql.open(file, true));
    }

    /** Opens a ledger for reading, beside whoever writes it. */
    public static SqliteLedger look(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new LedgerException("there is no ledger " + file + "; name a run folder");
        }
        Sql reading = Sql.open(file, true);
        try {
            int version = version(reading);
            check(file, version);
            if (version == 0) {
                throw new LedgerException(file + " is a database, but not a ledger; name a run folder");
            }
        } catch (LedgerException e) {
            reading.close();
            throw e;
        }
        return new SqliteLedger(file, null, reading);
    }

    @Override
    public CompletableFuture<Integer> add(Collection<Job> jobs) {
        List<Job> copy = List.copyOf(jobs);
        return write(rules -> rules.add(copy));
    }

    @Override
    public CompletableFuture<Submission> intend(
            List<JobKey> jobs, String backend, @Nullable String device, Money price) {
        List<JobKey> copy = List.copyOf(jobs);
        return write(rules -> rules.intend(copy, backend, device, price));
    }

    @Override
    public CompletableFuture<Submission> begin(Job job, String backend, Money price) {
        return writeHere(rules -> rules.begin(job, backend, price));
    }

    @Override
    public CompletableFuture<Void> accept(String submission, String externalId) {
        return run(rules -> rules.accept(submission, externalId));
    }

    @Override
    public CompletableFuture<Void> lose(String submission, Failure why) {
        return run(rules -> rules.lose(submission, why));
    }

    @Override
    public CompletableFuture<Void> succeed(String submission, List<Artefact> artefacts, @Nullable Money charged) {
        List<Artefact> copy = List.copyOf(artefacts);
        return run(rules -> rules.succeed(submission, copy, charged));
    }

    @Override
    public CompletableFuture<Void> conclude(String submission, String kind, Parameters value) {
        return writeHere(rules -> {
                    rules.conclude(submission, kind, value);
                    return Boolean.TRUE;
                })
                .thenAccept(done -> {});
    }

    @Override
    public CompletableFuture<Void> fail(String submission, Failure why, @Nullable Money charged, boolean again) {
        return run(rules -> rules.fail(submission, why, charged, again));
    }

    @Override
    public CompletableFuture<Void> cancel(String submission, Failure why, boolean again) {
        return run(rules -> rules.cancel(submission, why, again));
    }

    @Override
    public CompletableFuture<Integer> reopen(Collection<JobKey> jobs) {
        List<JobKey> copy = List.copyOf(jobs);
        return write(rules -> rules.reopen(copy));
    }

    @Override
    public CompletableFuture<Integer> abandon(Collection<JobKey> jobs, Failure why) {
        List<JobKey> copy = List.copyOf(jobs);
        return write(rules -> rules.abandon(copy, why));
    }

    @Override
    public CompletableFuture<Void> score(Collection<Score> scores) {
        List<Score> copy = List.copyOf(scores);
        return run(rules -> rules.score(copy));
    }

    @Override
    public CompletableFuture<Void> note(@Nullable JobKey job, String kind, Parameters content) {
        return run(rules -> rules.note(job, kind, content));
    }

    @Override
    public Optional<JobRecord> job(JobKey key) {
        return read(() -> rows.job(key));
    }

    @Override
    public List<JobRecord> jobs(Collection<JobState> states, long after, int limit) {
        return read(() -> rows.jobs(states, after, limit));
    }

    @Override
    public List<JobRecord> ready(long after, int limit) {
        return read(() -> rows.ready(after, limit));
    }

    @Override
    public Optional<Submission> submission(String id) {
        return read(() -> rows.submission(id));
    }

    @Override
    public List<Submission> submissions(JobKey job) {
        return read(() -> rows.submissions(job));
    }

    @Override
    public List<Submission> open() {
        return read(rows::open);
    }

    @Override
    public void eachSubmission(Consumer<Submission> each) {
        long after = 0;
        while (true) {
            long from = after;
            List<Rows.Numbered> page = read(() -> rows.submissions(from, PAGE));
            if (page.isEmpty()) {
                return;
            }
            page.forEach(numbered -> each.accept(numbered.submission()));
            after = page.get(page.size() - 1).sequence();
        }
    }

    @Override
    public void eachJob(Consumer<JobRecord> each) {
        long after = 0;
        while (true) {
            List<JobRecord> page = jobs(List.of(), after, PAGE);
            if (page.isEmpty()) {
                return;
            }
            page.forEach(each);
            after = page.get(page.size() - 1).sequence();
        }
    }

    @Override
    public List<Score> scores() {
        return read(rows::scores);
    }

    @Override
    public List<Note> notes(String kind) {
        return read(() -> rows.notes(kind));
    }

    @Override
    public Tally tally() {
        return read(rows::tally);
    }

    @Override
    public void close() {
        if (writer != null) {
            writer.close();
        }
        synchronized (reading) {
            reading.close();
        }
    }

    private <T> T read(Supplier<T> query) {
        synchronized (reading) {
            return query.get();
        }
    }

    private CompletableFuture<Void> run(Consumer<Rules> change) {
        return write(rules -> {
                    change.accept(rules);
                    return Boolean.TRUE;
                })
                .thenAccept(done -> {});
    }

    private <T> CompletableFuture<T> write(Function<Rules, T> change) {
        return writer == null ? readOnly() : writer.submit(change);
    }

    private <T> CompletableFuture<T> writeHere(Function<Rules, T> change) {
        return writer == null ? readOnly() : writer.write(change);
    }

    private <T> CompletableFuture<T> readOnly() {
        return CompletableFuture.failedFuture(
                new LedgerException("the ledger " + file + " is open for reading only; open the run to change it"));
    }

    private static int version(Sql sql) {
        return (int) number(sql, "PRAGMA user_version");
    }

    private static long number(Sql sql, String query) {
        return sql.call(() -> {
            try (ResultSet row = sql.prepare(query).executeQuery()) {
                return row.getLong(1);
            }
        });
    }

    /**
     * Takes some room of the disk into the file and the log, while there is any: on a full disk, the answers to what was
     * submitted can still be written down.
     */
    private static void keepRoom(Path file, Sql sql) {
        try {
            if (number(sql, "PRAGMA freelist_count") * number(sql, "PRAGMA page_size") < ROOM_KEPT) {
                sql.execute("CREATE TABLE IF NOT EXISTS room (filler BLOB)");
                sql.execute("INSERT INTO room VALUES (zeroblob(" + ROOM_KEPT + "))");
                sql.execute("PRAGMA wal_checkpoint(RESTART)");
                sql.execute("DROP TABLE room");
            }
        } catch (Sql.StorageException e) {
            if (!e.isFull()) {
                throw e;
            }
            System.getLogger("dev.moviola.ledger").log(System.Logger.Level.DEBUG, "no room can be kept for " + file, e);
        }
    }

    private static void check(Path file, int version) {
        if (version > SCHEMA) {
            throw new LedgerException(
                    "the ledger " + file + " must have a schema of version " + SCHEMA + " or older, but has " + version
                            + ": it was written by a newer Moviola; update this one to open it");
        }
    }

    private static String schema() {
        try (InputStream in = SqliteLedger.class.getResourceAsStream("/dev/moviola/ledger/schema.sql")) {
            if (in == null) {
                throw new IllegalStateException("schema.sql is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("schema.sql cannot be read from the jar", e);
        }
    }
}
