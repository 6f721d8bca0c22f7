/**
 * How notebooks become scripts and scripts notebooks. May use magics, the engine and the dependencies. Start reading at
 * {@link dev.moviola.kernel.notebook.internal.ScriptWriter}.
 */
@NullMarked
package dev.moviola.kernel.notebook.internal;

import org.jspecify.annotations.NullMarked;
