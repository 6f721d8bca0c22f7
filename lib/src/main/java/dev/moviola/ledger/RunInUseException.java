package dev.moviola.ledger;

/** Another process, or another part of this one, has the run open for writing. */
public final class RunInUseException extends LedgerException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception whose message a user can act on. */
    public RunInUseException(String message) {
        super(message);
    }
}
