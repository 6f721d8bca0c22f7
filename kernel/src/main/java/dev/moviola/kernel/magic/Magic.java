package dev.moviola.kernel.magic;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A command to the kernel: {@code %name arguments} on a line, {@code %%name arguments} over a whole cell, or both.
 *
 * <p>Implementations have a public constructor without arguments and are named in {@code
 * META-INF/services/dev.moviola.kernel.magic.Magic}. The command {@code !words} is the line magic {@code !}.
 */
public interface Magic {
    /** The names that it answers to, without the percent sign. */
    Set<String> names();

    /** Whether it can stand on a line among Java code; by default yes. */
    default boolean onLine() {
        return true;
    }

    /** Whether it can take a whole cell; by default no. */
    default boolean onCell() {
        return false;
    }

    /** Whether the cell shows its result when it stands last, else only Java gets it that assigns it; by default yes. */
    default boolean showsResult() {
        return true;
    }

    /** One line of help. */
    String summary();

    /** One line of help for one of its names; by default the same for all. */
    default String summary(String name) {
        return summary();
    }

    /**
     * Carries it out.
     *
     * @param name the name under which it was called
     * @param arguments the rest of the line, trimmed
     * @param body the cell below the line; null for a line magic
     * @return its result, {@linkplain #showsResult for the cell or for Java}; null for nothing
     * @throws Exception shown to the user as the cell's error
     */
    @Nullable
    Object execute(String name, String arguments, @Nullable String body, MagicContext context) throws Exception;
}
