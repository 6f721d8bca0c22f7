package dev.moviola.defect;

import dev.moviola.MoviolaException;

/**
 * How often a clip shows the same picture twice in a row.
 *
 * <p>Film shown at a higher rate, animation on twos and slow cameras repeat frames in a regular pattern. That is the
 * cadence of the material and not a defect; the repeated frames are left out before any detector looks at the clip. A
 * run of repeated frames inside moving material is no cadence but a freeze, and stays in.
 *
 * @param repeatedShare share of frames that repeat their predecessor in a regular pattern, 0..1
 * @param period after how many frames the pattern comes back; 0 when there is no pattern
 * @param natural whether a regular pattern was found
 */
public record Cadence(double repeatedShare, int period, boolean natural) {
    /** Checks the ranges. */
    public Cadence {
        if (!(repeatedShare >= 0 && repeatedShare <= 1)) {
            throw new MoviolaException("the share of repeated frames must be in 0..1, but was " + repeatedShare);
        }
        if (period < 0) {
            throw new MoviolaException("the period of a cadence must not be negative, but was " + period);
        }
    }

    /** Every frame is new. */
    public static Cadence none() {
        return new Cadence(0, 0, false);
    }
}
