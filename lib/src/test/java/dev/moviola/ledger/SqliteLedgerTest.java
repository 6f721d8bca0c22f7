package dev.moviola.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moviola.ledger.internal.SqliteLedger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SqliteLedgerTest extends LedgerContract {
    @Override
    Ledger open(Path folder) {
        return Ledger.open(folder.resolve("ledger.db"));
    }

    private void execute(String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("ledger.db"));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void everythingIsThereAfterReopening() {
        Job job = job(1);
        ledger.add(List.of(job, job(2))).join();
        finish(job);
        Submission open = intended(job(2));
        Tally before = ledger.tally();
        ledger.close();
        ledger = open(folder);
        assertThat(ledger.tally()).isEqualTo(before);
        assertThat(ledger.open()).containsExactly(open);
        assertThat(ledger.job(job.key()).orElseThrow().artefacts()).containsExactly(clip(job));
        assertThat(folder.resolve("ledger.db")).exists();
    }

    @Test
    void aNewerSchemaIsRefusedWithBothVersions() throws Exception {
        ledger.close();
        execute("PRAGMA user_version = 99");
        assertThatThrownBy(() -> open(folder))
                .isInstanceOf(LedgerException.class)
                .hasMessageContainingAll("ledger.db", "version " + SqliteLedger.SCHEMA, "99", "newer Moviola");
        execute("PRAGMA user_version = " + SqliteLedger.SCHEMA);
    }

    @Test
    void aFileThatIsNoLedgerIsNamed() throws Exception {
        Path file = folder.resolve("other.db");
        Files.writeString(file, "this is not a database, whatever its name says ".repeat(50));
        assertThatThrownBy(() -> Ledger.open(file))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("other.db");
    }

    @Test
    void tablesReadWithoutMoviola() throws Exception {
        ledger.add(List.of(job(1))).join();
        finish(job(1));
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("ledger.db"));
                Statement statement = connection.createStatement();
                var row = statement.executeQuery("SELECT j.key, s.price_ticks, s.intended, j.parameters ->> 'seed'"
                        + " FROM job j JOIN submission s ON s.id IS NOT NULL")) {
            assertThat(row.getString(1)).isEqualTo(job(1).key().hex());
            assertThat(row.getLong(2)).isEqualTo(4_000_000_000L);
            assertThat(row.getString(3)).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d.*Z");
            assertThat(row.getInt(4)).isEqualTo(1);
        }
    }

    @Test
    void aCallbackMayAskForAnotherWrite() {
        assertThat(ledger.add(List.of(job(1)))
                        .thenCompose(added -> ledger.add(List.of(job(2))))
                        .join())
                .isEqualTo(1);
    }

    @Test
    void moreWritesThanMayWaitAreAllMade() {
        List<CompletableFuture<Integer>> futures = new ArrayList<>();
        for (int i = 0; i < 12_000; i++) {
            futures.add(ledger.add(List.of(job(i))));
        }
        ledger.close();
        assertThat(futures).allMatch(future -> future.isDone() && future.join() == 1);
        ledger = open(folder);
        assertThat(ledger.tally().total()).isEqualTo(12_000);
    }

    @Test
    void aChangeThatBreaksOffHalfwayLeavesNothingAndHarmsNoNeighbour() {
        Job whole = job(1);
        Job broken = new Job(job(2).key(), "generate", null, List.of(), null, Parameters.none());
        CompletableFuture<Integer> before = ledger.add(List.of(job(3)));
        CompletableFuture<Integer> halfway = ledger.add(List.of(whole, broken));
        CompletableFuture<Integer> after = ledger.add(List.of(job(4)));
        assertThatThrownBy(halfway::join).hasCauseInstanceOf(NullPointerException.class);
        assertThat(before.join() + after.join()).isEqualTo(2);
        assertThat(ledger.job(whole.key())).isEmpty();
        assertThat(ledger.tally().total()).isEqualTo(2);
        assertThat(ledger.add(List.of(whole)).join()).isEqualTo(1);
        LedgerAudit.check(ledger);
    }

    @Test
    void whatAnotherWriterOfTheSameFileChangedIsNotOverlooked() {
        ledger.add(List.of(job(1))).join();
        Submission made = intended(job(1));
        try (Ledger other = open(folder)) {
            other.add(List.of(job(2))).join();
            other.accept(made.id(), "found").join();
        }
        refused(ledger.accept(made.id(), "again"), "ACCEPTED");
        ledger.succeed(made.id(), List.of(clip(job(1))), null).join();
        ledger.add(List.of(job(3))).join();
        assertThat(ledger.tally().paid()).isEqualTo(1);
        LedgerAudit.check(ledger);
    }
}
