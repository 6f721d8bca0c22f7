package dev.moviola.frame;

/**
 * What a modifier does to a metric: how much the mean of the clips whose prompt has it lies above that of the others.
 *
 * <p>There are two answers. The difference is what is seen: clips with the modifier against clips without it. The estimate
 * is what the modifier itself is likely to do: other modifiers that stood in the same prompts take their share, and what
 * rests on few clips is drawn towards 0.
 *
 * @param modifier the modifier
 * @param metric the metric's id
 * @param with how many scored clips have it, of those that were compared
 * @param without how many do not
 * @param meanWith their mean
 * @param meanWithout the others' mean
 * @param difference how much having the modifier adds, within base prompts
 * @param low lower end of the 95 % confidence interval of the difference; NaN when there are too few clips
 * @param high its upper end
 * @param p probability of a difference at least as large by chance; NaN when there are too few clips
 * @param q {@code p} corrected for the number of effects that were looked at (false discovery rate)
 * @param estimate what the modifier is estimated to add; NaN when there are too few clips in all
 * @param estimateLow lower end of the 95 % credible interval of the estimate
 * @param estimateHigh its upper end
 */
public record Effect(
        ModifierName modifier,
        String metric,
        int with,
        int without,
        double meanWith,
        double meanWithout,
        double difference,
        double low,
        double high,
        double p,
        double q,
        double estimate,
        double estimateLow,
        double estimateHigh) {
    /**
     * Whether the modifier stands out from chance: {@code q < 0.05}, and, where there is an estimate, its interval lies on
     * one side of 0. The first alone would blame a modifier for its company, or after two clips that happen to agree.
     */
    public boolean isClear() {
        return q < 0.05 && (Double.isNaN(estimate) || isLikely());
    }

    /** Whether the interval of the estimate lies on one side of 0. */
    public boolean isLikely() {
        return estimateLow > 0 || estimateHigh < 0;
    }

    /** How strong the evidence is: distance of the estimate from 0 in widths of its interval; 0 without an estimate. */
    double evidence() {
        double width = estimateHigh - estimateLow;
        return width > 0 ? Math.abs(estimate) / width : 0;
    }

    Effect corrected(double falseDiscoveryRate) {
        return new Effect(
                modifier,
                metric,
                with,
                without,
                meanWith,
                meanWithout,
                difference,
                low,
                high,
                p,
                falseDiscoveryRate,
                estimate,
                estimateLow,
                estimateHigh);
    }
}
