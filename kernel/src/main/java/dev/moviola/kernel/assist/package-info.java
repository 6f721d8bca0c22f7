/**
 * Help while writing a cell: completion, inspection, whether it is complete.
 *
 * <p>May use the engine, what tells magics from Java, and the sources of libraries. Start reading at {@link dev.moviola.kernel.assist.Assist}.
 */
@NullMarked
package dev.moviola.kernel.assist;

import org.jspecify.annotations.NullMarked;
