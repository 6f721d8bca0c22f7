package dev.moviola.kernel.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jdk.jshell.Diag;
import org.jspecify.annotations.Nullable;

/** What the user is told of a cell that did not compile, or that was ended from outside. */
final class CellEndings {
    private CellEndings() {}

    static CellError compilation(CellSource source, Map<CellSource.Piece, List<Diag>> errors) {
        List<String> lines = new ArrayList<>();
        errors.forEach((piece, diags) -> diags.forEach(diag -> lines.addAll(source.explain(piece, diag))));
        String message = lines.isEmpty() ? "this cell does not compile" : lines.get(0);
        return new CellError("CompilationError", message, lines.isEmpty() ? List.of(message) : lines);
    }

    static boolean stopped(SnippetControl.Run run) {
        return run.leftRunning != null || run.thrown instanceof CellStop || run.cell.stopped();
    }

    static CellOutcome ended(SnippetControl.Run run, @Nullable Thread leftRunning) {
        if (run.thrown instanceof CellStop stop && stop.exitCode() != null) {
            return CellOutcome.failed(
                    new CellError("SystemExit", stop.getMessage(), List.of("SystemExit: " + stop.getMessage())));
        }
        List<String> lines = new ArrayList<>();
        lines.add("Interrupted: the cell was stopped; its variables live on");
        if (leftRunning != null) {
            StackTraceElement[] frames = leftRunning.getStackTrace();
            lines.add("Its thread did not react within a second and still runs"
                    + (frames.length > 0 ? " in " + frames[0] : "")
                    + ". Library code cannot be stopped from outside: wait for it, or restart the kernel.");
        }
        return CellOutcome.failed(new CellError("Interrupted", lines.get(lines.size() - 1), lines));
    }
}
