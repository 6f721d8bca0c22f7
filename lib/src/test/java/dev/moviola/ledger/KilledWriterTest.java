package dev.moviola.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a ledger has acknowledged is there, however its writer ended. */
class KilledWriterTest {
    private static final List<SubmissionState> ORDER =
            List.of(SubmissionState.INTENDED, SubmissionState.UNKNOWN, SubmissionState.ACCEPTED);

    @TempDir
    Path folder;

    /** Works off jobs, a hundred at a time, and writes a line for each change once it is acknowledged. */
    static final class Writer {
        private static final int AT_A_TIME = 100;
        private final OutputStream out = new FileOutputStream(FileDescriptor.out);
        private final AtomicInteger next;
        private final Ledger ledger;

        private Writer(Path file, int from) {
            this.ledger = Ledger.open(file);
            this.next = new AtomicInteger(from);
        }

        public static void main(String[] arguments) throws Exception {
            Writer writer = new Writer(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
            List<CompletableFuture<Void>> lives = new ArrayList<>();
            for (int i = 0; i < AT_A_TIME; i++) {
                lives.add(writer.live());
            }
            CompletableFuture.allOf(lives.toArray(CompletableFuture[]::new)).join();
        }

        private CompletableFuture<Void> live() {
            int number = next.getAndIncrement();
            Job job = LedgerContract.job(number);
            return ledger.add(List.of(job))
                    .thenAccept(added -> say("job " + job.key()))
                    .thenCompose(done -> attempt(job, number))
                    .thenCompose(done -> live());
        }

        private CompletableFuture<Void> attempt(Job job, int number) {
            return ledger.intend(List.of(job.key()), "xai", null, LedgerContract.PRICE)
                    .thenCompose(made -> {
                        String id = made.id();
                        say(id, SubmissionState.INTENDED);
                        if (number % 7 == 0) {
                            return said(
                                    ledger.fail(id, LedgerContract.REFUSED, null, false), id, SubmissionState.REJECTED);
                        }
                        CompletableFuture<Void> sent = number % 5 == 0
                                ? said(ledger.lose(id, LedgerContract.SILENT), id, SubmissionState.UNKNOWN)
                                : CompletableFuture.completedFuture(null);
                        return sent.thenCompose(
                                        done -> said(ledger.accept(id, "x" + number), id, SubmissionState.ACCEPTED))
                                .thenCompose(done -> said(
                                        ledger.succeed(id, List.of(LedgerContract.clip(job)), null),
                                        id,
                                        SubmissionState.SUCCEEDED));
                    });
        }

        private CompletableFuture<Void> said(CompletableFuture<Void> change, String id, SubmissionState state) {
            return change.thenAccept(done -> say(id, state));
        }

        private void say(String id, SubmissionState state) {
            say("submission " + id + " " + state);
        }

        private void say(String line) {
            try {
                out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void everyAcknowledgedChangeSurvivesTheEndOfItsWriter() throws Exception {
        Path file = folder.resolve("ledger.db");
        List<String> acknowledged = new ArrayList<>();
        for (int round = 0; round < 5; round++) {
            try (ChildJvm writer = ChildJvm.start(Writer.class, file.toString(), String.valueOf(round * 1_000_000))) {
                int wanted = 100 + 400 * round;
                for (int i = 0; i < wanted; i++) {
                    acknowledged.add(Objects.requireNonNull(writer.line(), "the writer ended by itself"));
                }
                acknowledged.addAll(writer.kill());
            }
            isWhole(file);
            try (Ledger ledger = Ledger.open(file)) {
                LedgerAudit.check(ledger);
                holds(ledger, acknowledged);
            }
        }
    }

    private static void isWhole(Path file) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeQuery("PRAGMA integrity_check").getString(1))
                    .isEqualTo("ok");
            assertThat(statement.executeQuery("PRAGMA foreign_key_check").next())
                    .isFalse();
        }
    }

    private static void holds(Ledger ledger, List<String> acknowledged) {
        Map<String, SubmissionState> kept = new HashMap<>();
        ledger.eachSubmission(submission -> kept.put(submission.id(), submission.state()));
        List<String> keys = new ArrayList<>();
        ledger.eachJob(job -> keys.add("job " + job.job().key()));
        List<String> jobs =
                acknowledged.stream().filter(line -> line.startsWith("job ")).toList();
        assertThat(keys).containsAll(jobs);
        List<String> lost = acknowledged.stream()
                .filter(line -> line.startsWith("submission "))
                .filter(line -> {
                    String[] words = line.split(" ");
                    SubmissionState said = SubmissionState.valueOf(words[2]);
                    SubmissionState found = kept.get(words[1]);
                    return found == null || (said.isOpen() ? rank(found) < rank(said) : found != said);
                })
                .toList();
        assertThat(lost).as("acknowledged, but lost").isEmpty();
    }

    private static int rank(SubmissionState state) {
        int rank = ORDER.indexOf(state);
        return rank < 0 ? ORDER.size() : rank;
    }
}
