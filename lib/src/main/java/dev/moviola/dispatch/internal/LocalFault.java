package dev.moviola.dispatch.internal;

import dev.moviola.MoviolaException;

/** Something on this machine prevents going on. */
final class LocalFault extends MoviolaException {
    private static final long serialVersionUID = 1L;

    LocalFault(String message, Throwable cause) {
        super(message, cause);
    }
}
