package dev.moviola.kernel;

import dev.moviola.kernel.engine.CellError;
import dev.moviola.kernel.internal.Cells;
import dev.moviola.kernel.internal.StreamOutput;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Java cells without sockets: the session that a notebook has, for programs that run notebooks.
 *
 * <p>While it is open, what the process prints and displays from threads of a cell goes to the sink of that cell. Safe
 * for use by many threads.
 */
public final class JavaSession implements AutoCloseable {
    private final Cells cells = new Cells();
    private final AtomicInteger count = new AtomicInteger();

    /**
     * How a cell ended.
     *
     * @param number its execution count, from 1
     * @param error why it failed; null if it did not
     */
    public record Executed(int number, @Nullable CellError error) {
        /** Whether it ended without an error. */
        public boolean ok() {
            return error == null;
        }
    }

    private JavaSession() {}

    /** A fresh session; ready when this returns. */
    public static JavaSession open() {
        JavaSession session = new JavaSession();
        session.cells.open();
        return session;
    }

    /** Runs a cell, Java and magics; what it shows, its result and its error go to {@code sink}. */
    public Executed execute(String code, CellSink sink) {
        int number = count.incrementAndGet();
        StreamOutput.Question question = sink::input;
        return new Executed(
                number,
                cells.execute(number, code, sink::output, question, Map.of()).error());
    }

    /** Makes jars and folders of classes visible to cells from now on. */
    public void addToClassPath(Collection<Path> entries) {
        cells.engine().addToClassPath(entries);
    }

    /** Stops all running cells; from another thread than the one that waits for them. */
    public void interrupt() {
        cells.interrupt();
    }

    /** Stops what runs and gives the standard streams back. */
    @Override
    public void close() {
        cells.close();
    }
}
