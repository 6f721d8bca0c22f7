package dev.moviola.ledger;

import dev.moviola.MoviolaException;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An amount of US dollars, exact to a ten-billionth (the unit in which xAI states usage).
 *
 * @param ticks ten-billionths of a dollar, not negative
 */
public record Money(long ticks) implements Comparable<Money> {
    /** Ticks in a dollar. */
    public static final long TICKS_PER_DOLLAR = 10_000_000_000L;

    /** Nothing. */
    public static final Money ZERO = new Money(0);

    /** Checks the sign. */
    public Money {
        if (ticks < 0) {
            throw new MoviolaException("an amount of money must not be negative, but was " + ticks + " ticks");
        }
    }

    /** {@code dollars}, rounded to the nearest tick. */
    public static Money dollars(double dollars) {
        return new Money(BigDecimal.valueOf(dollars)
                .movePointRight(10)
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact());
    }

    /** The sum. */
    public Money plus(Money other) {
        return new Money(Math.addExact(ticks, other.ticks));
    }

    /** This amount {@code count} times. */
    public Money times(long count) {
        return new Money(Math.multiplyExact(ticks, count));
    }

    /** The amount in dollars, for charts and sums that need not be exact. */
    public double inDollars() {
        return (double) ticks / TICKS_PER_DOLLAR;
    }

    @Override
    public int compareTo(Money other) {
        return Long.compare(ticks, other.ticks);
    }

    /** The amount with two decimals, or more where they are needed: {@code $0.40}, {@code $0.0025}. */
    @Override
    public String toString() {
        BigDecimal exact = BigDecimal.valueOf(ticks, 10).stripTrailingZeros();
        return "$"
                + exact.setScale(Math.max(2, exact.scale()), RoundingMode.UNNECESSARY)
                        .toPlainString();
    }
}
