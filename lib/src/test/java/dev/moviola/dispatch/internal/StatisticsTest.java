package dev.moviola.dispatch.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.moviola.dispatch.DispatchSummary.Latency;
import dev.moviola.dispatch.DispatchSummary.Throughput;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    @Test
    void withoutMeasurementsEverythingIsZero() {
        assertThat(new Histogram().latency())
                .isEqualTo(new Latency(0, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO));
    }

    @Property(tries = 200)
    void percentilesAreWithinTwoPercent(
            @ForAll @Size(min = 1, max = 300) List<@LongRange(min = 2_000, max = 86_400_000_000_000L) Long> nanos) {
        Histogram histogram = new Histogram();
        for (long each : nanos) {
            histogram.add(each);
        }
        long[] sorted = nanos.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        Latency latency = histogram.latency();
        assertThat((double) latency.p50().toNanos() / sorted[(sorted.length - 1) / 2])
                .isCloseTo(1, within(0.021));
        assertThat(latency.longest().toNanos()).isEqualTo(sorted[sorted.length - 1]);
        assertThat(latency.p50()).isLessThanOrEqualTo(latency.p90());
        assertThat(latency.p99()).isLessThanOrEqualTo(latency.longest());
        assertThat(latency.count()).isEqualTo(nanos.size());
    }

    @Property(tries = 200)
    void noEventOfTheSeriesIsLost(@ForAll @Size(max = 200) List<@DoubleRange(min = 0, max = 100_000) Double> times) {
        Series series = new Series();
        double end = 0;
        for (double time : times) {
            series.done(time, 2);
            series.failed(time);
            end = Math.max(end, time);
        }
        List<Throughput> points = series.until(end);
        assertThat(points).hasSizeLessThanOrEqualTo(240);
        assertThat(points.stream().mapToLong(Throughput::done).sum()).isEqualTo(2L * times.size());
        assertThat(points.stream().mapToLong(Throughput::failed).sum()).isEqualTo(times.size());
        for (int i = 1; i < points.size(); i++) {
            assertThat(points.get(i).fromSeconds()).isEqualTo(points.get(i - 1).toSeconds());
        }
    }

    @Test
    void theRecentRateForgetsWhatIsLongAgo() {
        Recent recent = new Recent();
        for (int second = 0; second < 100; second++) {
            recent.add(second, 5);
        }
        assertThat(recent.perSecond(100, 60)).isCloseTo(5, within(0.2));
        assertThat(recent.perSecond(1_000, 60)).isZero();
    }

    @Test
    void theRecentRateIsScaledWhileItIsYoung() {
        Recent recent = new Recent();
        recent.add(0.5, 10);
        assertThat(recent.perSecond(2, 60)).isCloseTo(5, within(0.01));
    }
}
