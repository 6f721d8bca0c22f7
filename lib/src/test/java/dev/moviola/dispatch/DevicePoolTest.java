package dev.moviola.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moviola.MoviolaException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DevicePoolTest {
    private static final List<Device> THREE = List.of(new Device("a", 2), new Device("b", 1), new Device("c", 4));

    @Test
    void roundRobinTakesOneAfterTheOther() {
        assertThat(take(DevicePool.of(THREE, Assignment.ROUND_ROBIN, 0), 9))
                .containsExactly("a", "b", "c", "a", "c", "c", "c", "-", "-");
    }

    @Test
    void leastLoadedTakesTheSmallestShareInUse() {
        assertThat(take(DevicePool.of(THREE, Assignment.LEAST_LOADED, 0), 8))
                .containsExactly("a", "b", "c", "c", "a", "c", "c", "-");
    }

    @Test
    void aRandomDrawIsTheSameForTheSameSeedAndNeverPassesTheSlots() {
        List<String> one = take(DevicePool.of(THREE, Assignment.RANDOM, 7), 8);
        assertThat(take(DevicePool.of(THREE, Assignment.RANDOM, 7), 8)).isEqualTo(one);
        assertThat(one).containsExactlyInAnyOrder("a", "a", "b", "c", "c", "c", "c", "-");
    }

    @Test
    void aSlotThatIsGivenBackCanBeTakenAgain() {
        DevicePool pool = DevicePool.of("0");
        assertThat(pool.acquire()).contains(new Device("0", 1));
        assertThat(pool.acquire()).isEmpty();
        pool.release("unknown");
        pool.release("0");
        pool.release("0");
        assertThat(pool.acquire()).isPresent();
        assertThat(pool.acquire()).isEmpty();
    }

    @Test
    void aDeviceThatIsAtWorkAfterAResumeIsOccupied() {
        DevicePool pool = DevicePool.of("0", "1");
        pool.occupy("1");
        pool.occupy("gone");
        assertThat(take(pool, 2)).containsExactly("0", "-");
    }

    @Test
    void aDeviceWithoutEnoughFreeMemoryIsPassedOverUntilItHasRoom() {
        Map<String, Long> free = new HashMap<>(Map.of("0", 500L, "1", 9_000L));
        DevicePool pool = DevicePool.of(
                        List.of(new Device("0", 2), new Device("1", 1), new Device("2", 1)), Assignment.ROUND_ROBIN, 0)
                .watching(() -> free, 8_000);

        assertThat(pool.isWatched()).isTrue();
        assertThat(pool.acquire()).as("nothing was measured yet").isEmpty();
        pool.measure();
        assertThat(take(pool, 2)).containsExactly("1", "-");
        free.put("0", 20_000L);
        pool.measure();
        assertThat(take(pool, 3)).containsExactly("0", "0", "-");
    }

    @Test
    void poolsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> DevicePool.of()).isInstanceOf(MoviolaException.class);
        assertThatThrownBy(() -> DevicePool.of("0", "0")).hasMessageContaining("0 is there twice");
        assertThatThrownBy(() -> new Device(" ", 1)).isInstanceOf(MoviolaException.class);
        assertThatThrownBy(() -> new Device("0", 0)).hasMessageContaining("at least 1 slot");
        assertThatThrownBy(() -> DevicePool.of("0").watching(Map::of, -1)).isInstanceOf(MoviolaException.class);
    }

    private static List<String> take(DevicePool pool, int times) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            ids.add(pool.acquire().map(Device::id).orElse("-"));
        }
        return ids;
    }
}
