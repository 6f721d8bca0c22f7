package dev.moviola.ledger;

import dev.moviola.MoviolaException;
import org.jspecify.annotations.Nullable;

/** The ledger refuses a change, or its file cannot be read or written. */
public class LedgerException extends MoviolaException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception whose message a user can act on. */
    public LedgerException(String message) {
        super(message);
    }

    /** Creates an exception whose message a user can act on, keeping what caused it. */
    public LedgerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
