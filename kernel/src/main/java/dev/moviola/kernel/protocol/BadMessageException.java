package dev.moviola.kernel.protocol;

import dev.moviola.MoviolaException;

/** A message that is malformed, wrongly signed or a repetition, and is therefore not acted upon. */
public final class BadMessageException extends MoviolaException {
    private static final long serialVersionUID = 1L;

    BadMessageException(String message) {
        super(message);
    }
}
