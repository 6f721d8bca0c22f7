/**
 * Local stand-ins that speak the protocols of the outside systems and make real, small clips with known defects.
 *
 * <p>May use every room above it. Start reading at {@link dev.moviola.rehearsal.Rehearsal}.
 */
@NullMarked
package dev.moviola.rehearsal;

import org.jspecify.annotations.NullMarked;
