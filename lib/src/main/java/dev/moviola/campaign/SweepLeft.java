package dev.moviola.campaign;

import dev.moviola.ledger.Money;
import dev.moviola.ledger.Run;
import dev.moviola.sweep.TrialRecord;
import dev.moviola.sweep.TrialState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What is left of a sweep to do, as its run says.
 *
 * @param ended trials that have ended
 * @param trials trials that are left, those that were begun and not ended included
 * @param known trials whose values were known beforehand, as many of those that have ended as there are
 * @param spent what was spent so far
 * @param elapsed how long it has been worked on so far
 * @param budget what money and time are left, and how many trials they allow; prices and times are the mean of the
 *     trials that have ended
 */
public record SweepLeft(long ended, long trials, long known, Money spent, Duration elapsed, SweepBudget budget) {
    static SweepLeft of(Run run, List<TrialRecord> trials, long total, @Nullable Money money, @Nullable Duration time) {
        long ended = trials.stream()
                .filter(trial -> trial.state() != TrialState.RUNNING)
                .count();
        long known = known(run);
        Money spent = run.ledger().tally().spent();
        Duration elapsed = SweepClock.elapsed(run.ledger());
        long own = Math.max(0, ended - known);
        SweepBudget budget = new SweepBudget(
                money == null ? null : new Money(Math.max(0, money.ticks() - spent.ticks())),
                own == 0 ? SweepPlanner.price(Sweep.spec(run)) : new Money((spent.ticks() + own - 1) / own),
                own == 0 ? SweepPlanner.LISTED : "the mean price so far",
                time == null ? null : elapsed.compareTo(time) > 0 ? Duration.ZERO : time.minus(elapsed),
                own == 0 || elapsed.isZero() ? null : elapsed.dividedBy(own),
                own == 0 || elapsed.isZero() ? "measured on none" : "measured on the " + own + " that have ended");
        return new SweepLeft(ended, Math.max(0, total - ended), known, spent, elapsed, budget);
    }

    /** What would be left with other limits, as far as they are given. */
    public SweepLeft with(OptionalLong allTrials, Optional<Money> money, Optional<Duration> time) {
        return new SweepLeft(
                ended,
                allTrials.isPresent() ? Math.max(0, allTrials.getAsLong() + known - ended) : trials,
                known,
                spent,
                elapsed,
                new SweepBudget(
                        money.map(limit -> new Money(Math.max(0, limit.ticks() - spent.ticks())))
                                .orElse(budget.money()),
                        budget.each(),
                        budget.eachFrom(),
                        time.map(limit -> elapsed.compareTo(limit) > 0 ? Duration.ZERO : limit.minus(elapsed))
                                .orElse(budget.time()),
                        budget.pace(),
                        budget.paceFrom()));
    }

    private static long known(Run run) {
        return Sweep.spec(run).known().size();
    }
}
