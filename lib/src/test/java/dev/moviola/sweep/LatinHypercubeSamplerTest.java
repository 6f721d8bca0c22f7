package dev.moviola.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LatinHypercubeSamplerTest extends SamplerContract {
    @Override
    Sampler sampler() {
        return Sampler.latinHypercube(40);
    }

    @Property(tries = 50)
    void everySliceOfEveryParameterHasOnePoint(@ForAll @IntRange(min = 1, max = 60) int points, @ForAll long seed) {
        SamplerSession session = Sampler.latinHypercube(points)
                .seed(seed)
                .start(Space.empty().real("x", 0, 1).real("y", 0, 1));
        BitSet x = new BitSet();
        BitSet y = new BitSet();
        for (int number = 0; number < points; number++) {
            x.set((int) (session.ask(number).orElseThrow().number("x") * points));
            y.set((int) (session.ask(number).orElseThrow().number("y") * points));
        }
        assertThat(x.cardinality()).isEqualTo(points);
        assertThat(y.cardinality()).isEqualTo(points);
    }

    @Test
    void aHypercubeHasPoints() {
        assertThatThrownBy(() -> Sampler.latinHypercube(0)).hasMessageContaining("1..1000000 points, but was given 0");
    }
}
