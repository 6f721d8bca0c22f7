/**
 * The entry to the kernel under the name by which notebooks written for JJava know it.
 *
 * <p>May use what notebooks may use: {@link dev.moviola.kernel.Notebook}, display and magic. Start reading at {@link
 * io.github.spencerpark.ijava.IJava}.
 */
@NullMarked
package org.dflib.jjava;

import org.jspecify.annotations.NullMarked;
