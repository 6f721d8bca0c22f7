/**
 * The helper functions under the names by which notebooks written for JJava know them.
 *
 * <p>May use what notebooks may use: {@link dev.moviola.kernel.Notebook}, display and magic. Start reading at {@link
 * io.github.spencerpark.ijava.IJava}.
 */
@NullMarked
package org.dflib.jjava.runtime;

import org.jspecify.annotations.NullMarked;
