package dev.moviola.cli;

import dev.moviola.MoviolaException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The user's arguments make no sense; the verb ends with {@link Exit#BAD_ARGUMENTS}. */
public class UsageException extends MoviolaException {
    private static final long serialVersionUID = 1L;

    /** Creates one whose message tells what to change. */
    public UsageException(String message) {
        super(message);
    }

    /** Creates one whose message tells what to change, keeping what caused it. */
    public UsageException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** What {@code made} gives; its complaints are taken as complaints about the arguments. */
    public static <T> T check(Supplier<T> made) {
        try {
            return made.get();
        } catch (UsageException e) {
            throw e;
        } catch (MoviolaException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
    }
}
