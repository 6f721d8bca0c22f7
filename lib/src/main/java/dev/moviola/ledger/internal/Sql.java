package dev.moviola.ledger.internal;

import dev.moviola.ledger.LedgerException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;

/** One connection to a ledger file, with its prepared statements. Used by one thread at a time. */
final class Sql implements AutoCloseable {
    private static final int BUSY_MILLIS = 10_000;

    /** Keys are hashes, so that each change touches pages all over the indexes; measured with LedgerBench. */
    private static final int WRITER_CACHE_KIB = 64 * 1024;

    private final Path file;
    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    private Sql(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
    }

    static Sql open(Path file, boolean readOnly) {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(readOnly);
        config.setBusyTimeout(BUSY_MILLIS);
        config.enforceForeignKeys(true);
        config.setGetGeneratedKeys(false); // else the driver asks for the last row after each insert
        if (!readOnly) {
            config.setJournalMode(SQLiteConfig.JournalMode.WAL);
            config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
            config.setCacheSize(-WRITER_CACHE_KIB);
        }
        try {
            return new Sql(file, config.createConnection("jdbc:sqlite:" + file.toAbsolutePath()));
        } catch (SQLException e) {
            throw new LedgerException(
                    "the ledger " + file + " cannot be opened: " + e.getMessage() + "; is it a ledger, and readable?",
                    e);
        }
    }

    PreparedStatement prepare(String text) throws SQLException {
        PreparedStatement statement = statements.get(text);
        if (statement == null) {
            statement = connection.prepareStatement(text);
            statements.put(text, statement);
        }
        return statement;
    }

    void execute(String text) {
        run(() -> {
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate(text);
            }
        });
    }

    /** Runs a short command that comes again and again. */
    void step(String text) {
        run(() -> prepare(text).execute());
    }

    void run(Task task) {
        try {
            task.run();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    <T> T call(Query<T> query) {
        try {
            return query.call();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private StorageException failed(SQLException e) {
        forgetStatements();
        return new StorageException(
                "the ledger " + file + " could not be read or written: " + e.getMessage()
                        + "; make sure that the disk has room and works, then resume",
                e);
    }

    @Override
    public void close() {
        forgetStatements();
        run(connection::close);
    }

    /** The driver ends a statement that failed for good, so that none may be used again after an error. */
    private void forgetStatements() {
        for (PreparedStatement statement : statements.values()) {
            try {
                statement.close();
            } catch (SQLException e) {
                System.getLogger("dev.moviola.ledger").log(System.Logger.Level.DEBUG, "closing a statement", e);
            }
        }
        statements.clear();
    }

    /** The file failed, not the change. */
    static final class StorageException extends LedgerException {
        private static final long serialVersionUID = 1L;

        StorageException(String message, SQLException cause) {
            super(message, cause);
        }

        /** Whether the disk has no room left. */
        boolean isFull() {
            return getCause() instanceof SQLException cause
                    && (cause.getErrorCode() & 0xff) == SQLiteErrorCode.SQLITE_FULL.code;
        }
    }

    interface Task {
        void run() throws SQLException;
    }

    interface Query<T> {
        T call() throws SQLException;
    }
}
