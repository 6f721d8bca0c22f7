package dev.moviola.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moviola.ledger.internal.SqliteLedger;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ledger files of every schema that was ever released open, and give what was written. With
 * {@code -Dmoviola.regenerate=true} the file of the present schema is written anew.
 */
class GoldenLedgerTest {
    private static final Path KEPT = Path.of("src/test/resources/dev/moviola/ledger");
    private static final String INTENDED = "2026-01-02T03:04:05.000Z";
    private static final String ACCEPTED = "2026-01-02T03:04:06.070Z";
    private static final String ENDED = "2026-01-02T03:05:00.123Z";
    private static final Money PRICE = Money.dollars(0.4);
    private static final Money CHARGED = new Money(3_500_000_001L);
    private static final Failure REFUSED =
            Failure.of(FailureCategory.MODERATION, Billed.YES, "blocked", "content was refused\nsay \"cat\" – 猫");
    private static final Failure SLOW =
            new Failure(FailureCategory.RATE, Billed.NO, "429", "slow down", Duration.ofMillis(1500));
    private static final Failure SILENT = Failure.of(FailureCategory.UNKNOWN, Billed.UNKNOWN, "", "no answer");

    private static final Job DONE = Job.generate(
            Parameters.of("prompt", "a cat's \"épée\" 猫\n", "seed", 7, "guidance", 6.5, "loop", true),
            Parameters.of("variant", Parameters.of("pools", List.of("light", "lens")), "nothing", null));
    private static final Job PARTNER = numbered(2).inGroup("scene-1");
    private static final Job LATENT = numbered(3).inGroup("scene-1");
    private static final Job FAILED = numbered(4);
    private static final Job AGAIN = numbered(5);
    private static final Job LOST = numbered(6);
    private static final Job RUNNING =
            Job.of("upscale", Parameters.of("factor", 2), Parameters.none()).after(List.of(LATENT.key(), DONE.key()));
    private static final Job WAITING = numbered(8).after(List.of(LOST.key(), DONE.key()));
    private static final Job ABANDONED = numbered(9);

    @TempDir
    Path folder;

    @BeforeAll
    static void regenerateOnDemand(@TempDir Path scratch) throws Exception {
        if (Boolean.getBoolean("moviola.regenerate")) {
            Path fresh = scratch.resolve("fresh.db");
            write(fresh);
            Path kept = KEPT.resolve("schema-" + SqliteLedger.SCHEMA + ".db.gz");
            try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(kept))) {
                Files.copy(fresh, out);
            }
        }
    }

    private static Job numbered(int seed) {
        return Job.generate(Parameters.of("seed", seed), Parameters.none());
    }

    private static Artefact file(Job job, String role, String digit) {
        String sha = digit.repeat(64);
        return new Artefact(job.key(), role, sha, 12_345_678_901L, "video/mp4", "clips/" + digit.repeat(2) + "/" + sha);
    }

    private static List<Score> scores() {
        String sha = "a".repeat(64);
        return List.of(
                new Score(DONE.key(), sha, "flicker", Double.NaN, "moviola-defect/1"),
                new Score(DONE.key(), sha, "warp", 0.1, "moviola-defect/1"),
                new Score(DONE.key(), sha, "warp", 0.25, "moviola-defect/2"));
    }

    private static List<Artefact> sceneFiles() {
        return List.of(file(PARTNER, "clip", "b"), file(LATENT, "clip", "c"), file(LATENT, "reference-frame", "d"));
    }

    private static void write(Path file) throws Exception {
        try (Ledger ledger = Ledger.open(file)) {
            ledger.add(List.of(DONE, PARTNER, LATENT, FAILED, AGAIN, LOST, RUNNING, WAITING, ABANDONED))
                    .join();
            String done = intend(ledger, "gpu0", DONE);
            ledger.accept(done, "external-1").join();
            ledger.succeed(done, List.of(file(DONE, "clip", "a")), CHARGED).join();
            String scene = intend(ledger, null, PARTNER, LATENT);
            ledger.accept(scene, "external-2").join();
            ledger.succeed(scene, sceneFiles(), null).join();
            String failed = intend(ledger, null, FAILED);
            ledger.accept(failed, "external-3").join();
            ledger.fail(failed, REFUSED, null, false).join();
            ledger.fail(intend(ledger, null, AGAIN), SLOW, null, true).join();
            ledger.lose(intend(ledger, null, LOST), SILENT).join();
            ledger.accept(intend(ledger, "gpu1", RUNNING), "external-6").join();
            ledger.cancel(intend(ledger, null, AGAIN), SLOW, true).join();
            intend(ledger, null, AGAIN);
            ledger.abandon(List.of(ABANDONED.key()), REFUSED).join();
            ledger.score(scores()).join();
            ledger.note(DONE.key(), "rationale", Parameters.of("why", "the sharpest"))
                    .join();
            ledger.note(null, "rationale", Parameters.of("of", 3)).join();
        }
        execute(
                file,
                "UPDATE submission SET id = 'submission-' || sequence, intended = '" + INTENDED + "',"
                        + " accepted = CASE WHEN accepted IS NULL THEN NULL ELSE '" + ACCEPTED
                        + "' END, ended = CASE WHEN ended IS NULL THEN NULL ELSE '" + ENDED + "' END",
                "UPDATE note SET written = '" + ENDED + "'");
    }

    private static String intend(Ledger ledger, String device, Job... jobs) {
        return ledger.intend(List.of(jobs).stream().map(Job::key).toList(), "xai", device, PRICE)
                .join()
                .id();
    }

    private static void execute(Path file, String... commands) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (String command : commands) {
                statement.execute(command);
            }
        }
    }

    private static Path golden(int schema, Path folder) throws IOException {
        Path file = folder.resolve("schema-" + schema + ".db");
        try (InputStream in = new GZIPInputStream(Files.newInputStream(KEPT.resolve("schema-" + schema + ".db.gz")))) {
            Files.copy(in, file);
        }
        return file;
    }

    private static Submission submission(
            int number,
            List<Job> jobs,
            int attempt,
            String device,
            SubmissionState state,
            String externalId,
            Money charged,
            Failure failure) {
        return new Submission(
                "submission-" + number,
                jobs.stream().map(Job::key).toList(),
                attempt,
                "xai",
                device,
                state,
                externalId,
                PRICE,
                charged,
                failure,
                Instant.parse(INTENDED),
                externalId == null ? null : Instant.parse(ACCEPTED),
                state.isOpen() ? null : Instant.parse(ENDED));
    }

    private static void holdsWhatWasWritten(Ledger ledger) {
        List<JobRecord> jobs = new ArrayList<>();
        ledger.eachJob(jobs::add);
        List<Artefact> scene = sceneFiles();
        assertThat(jobs)
                .containsExactly(
                        new JobRecord(1, DONE, JobState.DONE, 1, null, List.of(file(DONE, "clip", "a"))),
                        new JobRecord(2, PARTNER, JobState.DONE, 1, null, scene.subList(0, 1)),
                        new JobRecord(3, LATENT, JobState.DONE, 1, null, scene.subList(1, 3)),
                        new JobRecord(4, FAILED, JobState.FAILED, 1, REFUSED, List.of()),
                        new JobRecord(5, AGAIN, JobState.IN_FLIGHT, 3, SLOW, List.of()),
                        new JobRecord(6, LOST, JobState.UNKNOWN, 1, SILENT, List.of()),
                        new JobRecord(7, RUNNING, JobState.IN_FLIGHT, 1, null, List.of()),
                        new JobRecord(8, WAITING, JobState.READY, 0, null, List.of()),
                        new JobRecord(9, ABANDONED, JobState.CANCELLED, 0, REFUSED, List.of()));
        List<Submission> submissions = new ArrayList<>();
        ledger.eachSubmission(submissions::add);
        assertThat(submissions)
                .containsExactly(
                        submission(1, List.of(DONE), 1, "gpu0", SubmissionState.SUCCEEDED, "external-1", CHARGED, null),
                        submission(
                                2,
                                List.of(PARTNER, LATENT),
                                1,
                                null,
                                SubmissionState.SUCCEEDED,
                                "external-2",
                                null,
                                null),
                        submission(3, List.of(FAILED), 1, null, SubmissionState.FAILED, "external-3", null, REFUSED),
                        submission(4, List.of(AGAIN), 1, null, SubmissionState.REJECTED, null, null, SLOW),
                        submission(5, List.of(LOST), 1, null, SubmissionState.UNKNOWN, null, null, SILENT),
                        submission(6, List.of(RUNNING), 1, "gpu1", SubmissionState.ACCEPTED, "external-6", null, null),
                        submission(7, List.of(AGAIN), 2, null, SubmissionState.CANCELLED, null, null, SLOW),
                        submission(8, List.of(AGAIN), 3, null, SubmissionState.INTENDED, null, null, null));
        assertThat(ledger.scores()).containsExactlyElementsOf(scores());
        assertThat(ledger.notes("rationale"))
                .containsExactly(
                        new Note(DONE.key(), "rationale", Parameters.of("why", "the sharpest"), Instant.parse(ENDED)),
                        new Note(null, "rationale", Parameters.of("of", 3), Instant.parse(ENDED)));
        assertThat(ledger.tally())
                .isEqualTo(new Tally(
                        Map.of(
                                JobState.DONE, 3L,
                                JobState.FAILED, 1L,
                                JobState.IN_FLIGHT, 2L,
                                JobState.UNKNOWN, 1L,
                                JobState.READY, 1L,
                                JobState.CANCELLED, 1L),
                        Map.of(
                                SubmissionState.SUCCEEDED, 2L,
                                SubmissionState.FAILED, 1L,
                                SubmissionState.REJECTED, 1L,
                                SubmissionState.UNKNOWN, 1L,
                                SubmissionState.ACCEPTED, 1L,
                                SubmissionState.CANCELLED, 1L,
                                SubmissionState.INTENDED, 1L),
                        4,
                        PRICE.times(4).plus(CHARGED)));
        LedgerAudit.check(ledger);
    }

    @Test
    void aFileOfEveryReleasedSchemaGivesWhatWasWritten() throws Exception {
        Path fresh = folder.resolve("fresh.db");
        Ledger.open(fresh).close();
        for (int schema = 1; schema <= SqliteLedger.SCHEMA; schema++) {
            Path file = golden(schema, folder);
            try (Ledger ledger = Ledger.look(file)) {
                holdsWhatWasWritten(ledger);
            }
            try (Ledger ledger = Ledger.open(file)) {
                holdsWhatWasWritten(ledger);
                ledger.accept("submission-5", "found").join();
                ledger.succeed("submission-5", List.of(file(LOST, "clip", "e")), Money.ZERO)
                        .join();
                assertThat(ledger.ready(0, 10)).extracting(JobRecord::job).containsExactly(WAITING);
                LedgerAudit.check(ledger);
            }
            assertThat(indexesAndTriggers(file))
                    .as("schema %s, brought up to date", schema)
                    .isEqualTo(indexesAndTriggers(fresh));
        }
    }

    @Test
    void whatIsWrittenTodayReadsAsWhatIsKept() throws Exception {
        Path file = folder.resolve("fresh.db");
        write(file);
        try (Ledger ledger = Ledger.open(file)) {
            holdsWhatWasWritten(ledger);
        }
    }

    @Test
    void tablesDoNotChangeWithoutANewVersionOfTheSchema() throws Exception {
        Path file = folder.resolve("fresh.db");
        Ledger.open(file).close();
        assertThat(tables(file)).isEqualTo(tables(golden(SqliteLedger.SCHEMA, folder)));
    }

    private static List<String> indexesAndTriggers(Path file) throws Exception {
        return tables(file).stream()
                .filter(sql -> sql.startsWith("CREATE TRIGGER") || sql.startsWith("CREATE INDEX"))
                .toList();
    }

    private static List<String> tables(Path file) throws Exception {
        List<String> tables = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT sql FROM sqlite_master ORDER BY type, name")) {
            while (row.next()) {
                tables.add(
                        String.valueOf(row.getString(1)).replaceAll("--.*", "").replaceAll("\\s+", " "));
            }
        }
        return tables;
    }
}
