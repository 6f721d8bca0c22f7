package dev.moviola.kernel.notebook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moviola.kernel.CellSink;
import dev.moviola.kernel.JavaSession;
import dev.moviola.kernel.NotebookOutputs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs the code cells of a notebook in order in a fresh session, and puts what they show into it.
 *
 * <p>It stops at the first cell that fails, unless told to {@linkplain #keepGoing go on}; a cell tagged {@code
 * raises-exception} may fail. Cells that were not run have no outputs. Safe to {@linkplain #interrupt interrupt} from
 * any thread; otherwise for one thread.
 */
public final class NotebookRun {
    private static final String MAY_FAIL = "raises-exception";

    private final NotebookFile notebook;
    private final Path output;
    private final NotebookProgress progress;
    private boolean keepGoing;
    private Collection<Path> classPath = List.of();
    private volatile boolean interrupted;
    private volatile Runnable stop = () -> {};

    /**
     * A run of {@code notebook}.
     *
     * @param output the file that is written after each cell
     */
    public NotebookRun(NotebookFile notebook, Path output, NotebookProgress progress) {
        this.notebook = notebook;
        this.output = output;
        this.progress = progress;
    }

    /** Goes on after a cell that failed. */
    public NotebookRun keepGoing(boolean wanted) {
        keepGoing = wanted;
        return this;
    }

    /** Jars and folders of classes that the cells see. */
    public NotebookRun classPath(Collection<Path> entries) {
        classPath = List.copyOf(entries);
        return this;
    }

    /** Stops the cell that runs, and runs no other. */
    public void interrupt() {
        interrupted = true;
        stop.run();
    }

    /** Runs it. */
    public NotebookResult run() {
        List<NotebookCell> cells = notebook.cells().stream()
                .filter(cell -> cell.kind() == NotebookCell.Kind.CODE)
                .toList();
        cells.forEach(NotebookCell::clear);
        List<NotebookCell> toRun =
                cells.stream().filter(cell -> !cell.source().isBlank()).toList();
        Map<NotebookCell, NotebookOutputs> shown = new LinkedHashMap<>();
        Map<NotebookCell, Integer> numbers = new LinkedHashMap<>();
        List<NotebookResult.Failed> failures = new ArrayList<>();
        NotebookOutputs outputs = new NotebookOutputs();
        long start = System.nanoTime();
        try (JavaSession session = JavaSession.open()) {
            stop = session::interrupt;
            session.addToClassPath(classPath);
            for (NotebookCell cell : toRun) {
                if (interrupted) {
                    break;
                }
                int position = shown.size() + 1;
                progress.begins(cell, position, toRun.size());
                outputs = outputs.another();
                shown.put(cell, outputs);
                JavaSession.Executed executed = session.execute(cell.source(), new Sink(outputs));
                numbers.put(cell, executed.number());
                // A cell may have updated what an earlier one displays.
                shown.forEach((each, own) -> each.executed(numbers.getOrDefault(each, 0), own.outputs()));
                notebook.write(output);
                progress.ended(cell, position, toRun.size(), executed.error());
                if (executed.error() != null && !cell.tags().contains(MAY_FAIL)) {
                    failures.add(new NotebookResult.Failed(position, cell.id(), executed.error()));
                    if (!keepGoing) {
                        break;
                    }
                }
            }
        } finally {
            stop = () -> {};
            // Threads that outlived their cell may have shown more.
            shown.forEach((each, own) -> each.executed(numbers.getOrDefault(each, 0), own.outputs()));
            notebook.write(output);
        }
        return new NotebookResult(
                toRun.size(), numbers.size(), failures, Duration.ofNanos(System.nanoTime() - start), interrupted);
    }

    private final class Sink implements CellSink {
        private final NotebookOutputs outputs;

        Sink(NotebookOutputs outputs) {
            this.outputs = outputs;
        }

        @Override
        public void output(String type, ObjectNode content) {
            outputs.output(type, content);
            if (type.equals("stream")) {
                progress.printed(
                        content.path("text").asText(),
                        content.path("name").asText().equals("stderr"));
            }
        }
    }
}
