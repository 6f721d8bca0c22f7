/**
 * Notebook files: reading and writing them, running them without Jupyter, parameters, and scripts made of them.
 * May use the headless session and JSON, nothing of the protocol.
 * Start reading at {@link dev.moviola.kernel.notebook.NotebookRun}.
 */
@NullMarked
package dev.moviola.kernel.notebook;

import org.jspecify.annotations.NullMarked;
