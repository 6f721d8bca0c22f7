package dev.moviola.sweep.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class ExpTest {
    @Property
    void itAgreesWithTheLibrary(@ForAll @DoubleRange(min = -699, max = 0) double x) {
        double wanted = StrictMath.exp(x);
        assertThat(Exp.of(x)).isCloseTo(wanted, within(2e-14 * wanted));
    }

    @Test
    void theEndsAreExact() {
        assertThat(Exp.of(0)).isEqualTo(1);
        assertThat(Exp.of(-0.0)).isEqualTo(1);
        assertThat(Exp.of(-701)).isZero();
        assertThat(Exp.of(Double.NEGATIVE_INFINITY)).isZero();
        assertThat(Exp.of(-1)).isCloseTo(1 / Math.E, within(1e-16));
    }
}
