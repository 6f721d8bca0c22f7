/**
 * Makes the kernel known to Jupyter: kernelspecs, the jars that they start, and the archive that makes them start fast.
 * May use JSON and the kernel's start-up rehearsal; knows nothing of cells.
 * Start reading at {@link dev.moviola.kernel.install.KernelInstaller}.
 */
@NullMarked
package dev.moviola.kernel.install;

import org.jspecify.annotations.NullMarked;
