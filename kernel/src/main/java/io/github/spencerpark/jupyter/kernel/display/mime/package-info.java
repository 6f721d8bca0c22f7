/**
 * Media types as notebooks written for IJava name them.
 *
 * <p>May use what notebooks may use: {@link dev.moviola.kernel.Notebook}, display and magic. Start reading at {@link
 * io.github.spencerpark.ijava.IJava}.
 */
@NullMarked
package io.github.spencerpark.jupyter.kernel.display.mime;

import org.jspecify.annotations.NullMarked;
