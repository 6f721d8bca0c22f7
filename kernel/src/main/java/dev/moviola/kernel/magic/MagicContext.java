package dev.moviola.kernel.magic;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import jdk.jshell.JShell;
import org.jspecify.annotations.Nullable;

/** What a magic may do to the session in which it was called. Only valid while it executes. */
public interface MagicContext {
    /**
     * Runs Java as if it stood in the cell.
     *
     * @return the value of its last expression; null if it has none
     * @throws Exception what the code threw, or why it does not compile
     */
    @Nullable
    Object eval(String code) throws Exception;

    /** Makes jars and folders of classes visible to the code of this session. */
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

    /** All magics that there are. */
    List<Magic> magics();
}
