package dev.moviola.kernel.magic;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import jdk.jshell.JShell;
import org.jspecify.annotations.Nullable;

/**
 * What a magic may do to the session in which it was called. Valid as long as the cell runs. Safe for use by the threads
 * of that cell.
 */
public interface MagicContext {
    /**
     * Runs code as if it stood in the cell: Java, magics or both.
     *
     * @return the value of its last expression; null if it has none
     * @throws Exception what the code threw, or why it does not compile
     */
    @Nullable
    Object eval(String code) throws Exception;

    /**
     * Calls another magic.
     *
     * @param name its name, without percent signs
     * @param arguments the rest of its line
     * @param body the cell below it; null for a line magic
     * @return what it gives; null for nothing
     * @throws Exception what the magic threw, or that there is no such magic
     */
    @Nullable
    Object magic(String name, String arguments, @Nullable String body) throws Exception;

    /**
     * Makes jars and folders of classes visible to the code of this session. Magics, renderers and extensions that are
     * named in {@code META-INF/services} of a new entry join the session.
     */
    void addToClassPath(Collection<Path> entries);

    /** What was added to the class path of this session, in order. */
    List<Path> classPath();

    /** Shows a value below the cell. */
    void display(@Nullable Object value);

    /** Standard output of the cell. */
    PrintStream out();

    /** Standard error of the cell. */
    PrintStream err();

    /** The session itself, to look at; declaring anything in it other than through {@link #eval} confuses the kernel. */
    JShell shell();

    /** Forgets everything that was declared in this session, but for the imports with which it began. */
    void reset();

    /** Variables that programs started from cells see beside those of this process. May be changed. */
    Map<String, String> environment();

    /** Adds a magic to this session; it wins over those of the same name. */
    void addMagic(Magic magic);

    /** All magics that there are. */
    List<Magic> magics();
}
