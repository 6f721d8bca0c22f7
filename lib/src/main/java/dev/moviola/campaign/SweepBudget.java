package dev.moviola.campaign;

import dev.moviola.display.Progress;
import dev.moviola.ledger.Money;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a sweep may cost and take, and how many trials that allows.
 *
 * @param money what it may cost, null for any price
 * @param each the price of a trial
 * @param eachFrom how that is known, such as {@code the listed price}
 * @param time how long it may take, null for as long as it does
 * @param pace how long a trial takes on end with as many others as run beside it; null when that is not known
 * @param paceFrom how that is known, such as {@code measured on one clip}; empty when it is not
 */
public record SweepBudget(
        @Nullable Money money,
        Money each,
        String eachFrom,
        @Nullable Duration time,
        @Nullable Duration pace,
        String paceFrom) {
    /** This budget with another price. */
    SweepBudget withEach(Money price) {
        return new SweepBudget(money, price, eachFrom, time, pace, paceFrom);
    }

    /** How many trials the money allows; empty when it limits none. */
    public OptionalLong byMoney() {
        return money == null || each.ticks() == 0
                ? OptionalLong.empty()
                : OptionalLong.of(money.ticks() / each.ticks());
    }

    /** How many trials the time allows; empty when it limits none, or how many is not known. */
    public OptionalLong byTime() {
        return time == null || pace == null
                ? OptionalLong.empty()
                : OptionalLong.of(time.toNanos() / Math.max(1, pace.toNanos()));
    }

    /** How many of {@code trials} money and time allow, as far as that is known. */
    public long of(long trials) {
        return Math.min(trials, Math.min(byMoney().orElse(trials), byTime().orElse(trials)));
    }

    /** What the money allows, in a sentence; empty when there is no limit. */
    public String moneySentence() {
        if (money == null) {
            return "";
        }
        OptionalLong allowed = byMoney();
        return allowed.isEmpty()
                ? money + " is no limit: a trial costs nothing"
                : money + " allows " + trials(allowed.getAsLong()) + " at " + eachFrom + " of " + each + " each";
    }

    /** What the time allows, in a sentence; empty when there is no limit. */
    public String timeSentence() {
        if (time == null) {
            return "";
        }
        OptionalLong allowed = byTime();
        return allowed.isEmpty() || pace == null
                ? Progress.human(time)
                        + " allows as many trials as end in it; how long one takes is not known beforehand"
                : Progress.human(time) + " allows about " + trials(allowed.getAsLong()) + ", one every " + brief(pace)
                        + ", " + paceFrom;
    }

    private static String trials(long count) {
        return count + (count == 1 ? " trial" : " trials");
    }

    private static String brief(Duration duration) {
        return duration.compareTo(Duration.ofSeconds(10)) < 0
                ? String.format(java.util.Locale.ROOT, "%.2g s", duration.toNanos() / 1e9)
                : Progress.human(duration);
    }
}
