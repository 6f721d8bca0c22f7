package dev.moviola.ledger.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moviola.ledger.Ledger;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaTest {
    @TempDir
    Path folder;

    @BeforeEach
    void makeLedger() {
        Ledger.open(folder.resolve("ledger.db")).close();
    }

    @Test
    void aChangeOfASubmissionMakesNoTemporaryTable() throws Exception {
        assertThat(column(
                        "opcode",
                        "EXPLAIN INSERT INTO submission (id, attempt, backend, state, price_ticks,"
                                + " spent_ticks, intended) VALUES ('a', 1, 'xai', 'INTENDED', 0, 0, '')"))
                .contains("IdxInsert")
                .doesNotContain("OpenEphemeral");
        assertThat(column("opcode", "EXPLAIN UPDATE submission SET state = 'ACCEPTED' WHERE sequence = 1"))
                .contains("IdxInsert")
                .doesNotContain("OpenEphemeral");
    }

    @Test
    void openSubmissionsAreFoundByTheirIndex() throws Exception {
        assertThat(column("detail", "EXPLAIN QUERY PLAN " + Rows.OPEN_SUBMISSIONS))
                .singleElement()
                .asString()
                .contains("USING INDEX submission_open");
    }

    private List<String> column(String name, String query) throws Exception {
        List<String> column = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("ledger.db"));
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                column.add(row.getString(name));
            }
        }
        return column;
    }
}
