/**
 * How a sweep has its trials turned into values.
 *
 * <p>May use what {@code campaign} may use. Start reading at {@link dev.moviola.campaign.internal.ClipMaker}.
 */
@NullMarked
package dev.moviola.campaign.internal;

import org.jspecify.annotations.NullMarked;
