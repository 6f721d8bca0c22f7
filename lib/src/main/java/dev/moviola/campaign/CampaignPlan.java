package dev.moviola.campaign;

import dev.moviola.ledger.Money;
import java.time.Duration;

/**
 * What a dispatch would do, before it does it.
 *
 * @param submissions how many submissions it would make when none fails
 * @param each the listed price of one
 * @param total the listed price of all
 * @param atLeast how long the backend's submit rate alone makes it take
 * @param submitsPerSecond the submit rate, infinite when there is no limit
 * @param free whether nothing can be billed
 */
public record CampaignPlan(
        long submissions, Money each, Money total, Duration atLeast, double submitsPerSecond, boolean free) {
    /** The plan in one sentence. */
    public String sentence() {
        String rate = Double.isInfinite(submitsPerSecond)
                ? "no submit limit"
                : "at " + trim(submitsPerSecond) + " a second at least " + human(atLeast) + " to submit";
        String cost = free ? "free" : "listed price " + total + " (" + each + " each)";
        return submissions + (submissions == 1 ? " submission, " : " submissions, ") + cost + ", " + rate;
    }

    private static String trim(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    static String human(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 120) {
            return seconds + " s";
        }
        long minutes = seconds / 60;
        return minutes < 120 ? minutes + " min" : minutes / 60 + " h " + minutes % 60 + " min";
    }
}
