/**
 * Measures the kernel beside others under Jupyter's own client.
 * May use the console, the installer and the resolver of dependencies; nothing uses it but the bench verb.
 * Start reading at {@link dev.moviola.kernel.bench.KernelBenchmark}.
 */
@NullMarked
package dev.moviola.kernel.bench;

import org.jspecify.annotations.NullMarked;
