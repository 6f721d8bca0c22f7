package dev.moviola.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

class HaltonSamplerTest extends SamplerContract {
    @Override
    Sampler sampler() {
        return Sampler.halton();
    }

    @Test
    void sixtyFourPointsLeaveFewOfSixtyFourSquaresEmpty() {
        SamplerSession session =
                sampler().seed(4).start(Space.empty().real("x", 0, 1).real("y", 0, 1));
        BitSet squares = new BitSet();
        for (int number = 0; number < 64; number++) {
            var settings = session.ask(number).orElseThrow();
            session.asked(number, settings);
            squares.set((int) (settings.number("x") * 8) * 8 + (int) (settings.number("y") * 8));
        }
        // Independent draws reach about 40.
        assertThat(squares.cardinality()).isGreaterThan(45);
    }
}
