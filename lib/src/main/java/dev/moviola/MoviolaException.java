package dev.moviola;

import org.jspecify.annotations.Nullable;

/**
 * The root of every exception that Moviola throws on purpose.
 *
 * <p>The message states the rule that was broken and the values that broke it, names the file or job concerned, and
 * says what to do next. It is fit to be shown to a user without a stack trace.
 */
public class MoviolaException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception whose message a user can act on. */
    public MoviolaException(String message) {
        super(message);
    }

    /** Creates an exception whose message a user can act on, keeping what caused it. */
    public MoviolaException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
