package dev.moviola.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class HyperbandPrunerTest {
    private final TreeMap<Long, NavigableMap<Long, Double>> curves = new TreeMap<>();

    @Test
    void trialsCompeteWithinTheirBracketAndLaterBracketsBeginLater() {
        for (long trial = 0; trial < 12; trial++) {
            curves.put(trial, new TreeMap<>(java.util.Map.of(1L, (double) trial, 3L, (double) trial)));
        }
        Pruner pruner = Pruner.hyperband(1, 3);

        // Trials go to the brackets 0 1 2 0 1 0, and again; the first compares at step 1, the second at 3.
        assertThat(pruner.prunes(curves, 11, 1)).isTrue();
        assertThat(pruner.prunes(curves, 10, 1)).isFalse();
        assertThat(pruner.prunes(curves, 10, 3)).isTrue();
        assertThat(pruner.prunes(curves, 8, 3)).isFalse();
        assertThat(pruner.prunes(curves, 0, 1)).isFalse();
        assertThat(pruner.prunes(curves, 1, 3)).isFalse();
    }

    @Test
    void stepsMustBeginAtOneOrLater() {
        assertThatThrownBy(() -> Pruner.hyperband(0, 3)).hasMessageContaining("was 0 and 3");
    }
}
