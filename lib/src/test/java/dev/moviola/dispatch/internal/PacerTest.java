package dev.moviola.dispatch.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PacerTest {
    private static final long SECOND = 1_000_000_000L;

    private long now = 5 * SECOND;

    @Test
    void submissionsAreSpacedEvenly() {
        Pacer pacer = pacer(4);
        for (int i = 0; i < 10; i++) {
            assertThat(pacer.delay(now)).isZero();
            pacer.submitted(now);
            assertThat(pacer.delay(now)).isEqualTo(SECOND / 4);
            now += SECOND / 4;
        }
    }

    @Test
    void timeThatWasNotUsedGivesNoBurst() {
        Pacer pacer = pacer(1);
        pacer.submitted(now);
        now += 3600 * SECOND;
        pacer.submitted(now);
        assertThat(pacer.delay(now)).isEqualTo(SECOND);
    }

    @Test
    void withoutALimitNothingWaits() {
        Pacer pacer = pacer(Double.POSITIVE_INFINITY);
        pacer.submitted(now);
        assertThat(pacer.delay(now)).isZero();
    }

    @Test
    void jitterIsAddedWithinItsRange() {
        Pacer pacer =
                new Pacer(Double.POSITIVE_INFINITY, Duration.ofSeconds(1), Duration.ofSeconds(5), new Random(3), now);
        long least = Long.MAX_VALUE;
        long most = 0;
        for (int i = 0; i < 500; i++) {
            pacer.submitted(now);
            long pause = pacer.delay(now);
            least = Math.min(least, pause);
            most = Math.max(most, pause);
            now += pause;
        }
        assertThat(least).isBetween(SECOND, 2 * SECOND);
        assertThat(most).isBetween(4 * SECOND, 5 * SECOND);
    }

    @Test
    void theRateFallsWhenThereAreTooManyAndComesBack() {
        Pacer pacer = pacer(10);
        pacer.refused(now, null);
        pacer.refused(now, null);
        assertThat(pacer.rate()).isCloseTo(6.67, org.assertj.core.data.Offset.offset(0.01));
        for (int i = 0; i < 17; i++) {
            pacer.accepted();
        }
        assertThat(pacer.rate()).isEqualTo(10);
    }

    @Test
    void theRateNeverFallsToNothing() {
        Pacer pacer = pacer(10);
        for (int i = 0; i < 1_000; i++) {
            pacer.refused(now, null);
            now += 3600 * SECOND;
        }
        assertThat(pacer.rate()).isGreaterThan(0.1);
    }

    @Test
    void whatTheBackendAsksToWaitIsWaited() {
        Pacer pacer = pacer(10);
        pacer.refused(now, Duration.ofSeconds(20));
        assertThat(pacer.delay(now)).isEqualTo(20 * SECOND);
    }

    @Test
    void anUnlimitedRateFallsFromWhatWasReachedAndIsFreedAgain() {
        Pacer pacer = pacer(Double.POSITIVE_INFINITY);
        for (int i = 0; i < 100; i++) {
            now += SECOND / 100;
            pacer.submitted(now);
        }
        pacer.refused(now, null);
        assertThat(pacer.rate()).isBetween(50.0, 100.0);
        for (int i = 0; i < 600; i++) {
            pacer.accepted();
        }
        assertThat(pacer.rate()).isInfinite();
    }

    private Pacer pacer(double perSecond) {
        return new Pacer(perSecond, Duration.ZERO, Duration.ZERO, new Random(1), now);
    }
}
