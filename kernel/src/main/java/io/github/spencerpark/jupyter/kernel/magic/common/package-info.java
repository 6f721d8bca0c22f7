/**
 * Magics that notebooks written for IJava switch on; here they always are.
 *
 * <p>May use what notebooks may use: {@link dev.moviola.kernel.Notebook}, display and magic. Start reading at {@link
 * io.github.spencerpark.ijava.IJava}.
 */
@NullMarked
package io.github.spencerpark.jupyter.kernel.magic.common;

import org.jspecify.annotations.NullMarked;
