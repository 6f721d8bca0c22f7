package dev.moviola.backend;

import dev.moviola.MoviolaException;

/** A key that is needed is neither in the environment nor in a .env file. */
public class MissingKeyException extends MoviolaException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception; {@code message} names the variable and the places that were looked at. */
    public MissingKeyException(String message) {
        super(message);
    }
}
