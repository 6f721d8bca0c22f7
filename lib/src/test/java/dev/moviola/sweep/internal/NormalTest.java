package dev.moviola.sweep.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

class NormalTest {
    private final NormalDistribution exact = new NormalDistribution();

    @Property
    void itAgreesWithTheLibrary(@ForAll @DoubleRange(min = -7, max = 7) double z) {
        assertThat(Normal.below(z)).isCloseTo(exact.cumulativeProbability(z), within(2e-7));
    }

    @Test
    void theTableItselfIsExact() {
        for (int i = -6 * 512; i <= 6 * 512; i++) {
            double z = i / 512.0;
            assertThat(Normal.below(z)).as("%s", z).isCloseTo(exact.cumulativeProbability(z), within(2e-9));
        }
    }

    @Test
    void theEndsAreWhole() {
        assertThat(Normal.below(0)).isEqualTo(0.5);
        assertThat(Normal.below(Double.POSITIVE_INFINITY)).isEqualTo(1);
        assertThat(Normal.below(Double.NEGATIVE_INFINITY)).isZero();
    }
}
