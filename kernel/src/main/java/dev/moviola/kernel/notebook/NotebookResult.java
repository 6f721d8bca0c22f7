package dev.moviola.kernel.notebook;

import dev.moviola.kernel.engine.CellError;
import java.time.Duration;
import java.util.List;

/**
 * How a run of a notebook ended.
 *
 * @param cells how many code cells the notebook has that hold something
 * @param run how many of them were run
 * @param failures those that failed, in order
 * @param took the time of all cells
 * @param interrupted whether it was interrupted
 */
public record NotebookResult(int cells, int run, List<Failed> failures, Duration took, boolean interrupted) {
    /** Copies the list. */
    public NotebookResult {
        failures = List.copyOf(failures);
    }

    /**
     * A cell that failed.
     *
     * @param position its place among the code cells, from 1
     * @param id its id
     * @param error why
     */
    public record Failed(int position, String id, CellError error) {}

    /** Whether all cells were run and none failed. */
    public boolean ok() {
        return failures.isEmpty() && run == cells && !interrupted;
    }
}
