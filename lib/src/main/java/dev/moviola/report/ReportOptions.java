package dev.moviola.report;

import dev.moviola.MoviolaException;

/**
 * How much a report holds. A page of 10,000 rows stays a few megabytes because only the worst clips have everything.
 *
 * @param offenders how many clips are shown, with a roast, as the worst offenders
 * @param timelines how many of the worst clips have their defect timeline and physics report inside the page
 * @param posters how many clips, the worst first, get a poster; the others play without one
 * @param seed from which the roasts are drawn
 */
public record ReportOptions(int offenders, int timelines, int posters, long seed) {
    private static final ReportOptions STANDARD = new ReportOptions(12, 200, 2_000, 0);

    /** Checks the signs. */
    public ReportOptions {
        if (offenders < 0 || timelines < 0 || posters < 0) {
            throw new MoviolaException(
                    "a report must hold 0 or more offenders, timelines and posters, but was asked for " + offenders
                            + ", " + timelines + " and " + posters);
        }
    }

    /** 12 offenders, 200 timelines, 2,000 posters, seed 0. */
    public static ReportOptions standard() {
        return STANDARD;
    }

    /** These options with another seed. */
    public ReportOptions withSeed(long other) {
        return new ReportOptions(offenders, timelines, posters, other);
    }
}
