package dev.moviola.dispatch;

import dev.moviola.MoviolaException;
import dev.moviola.dispatch.internal.NvidiaSmi;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Devices among which submissions are spread. Holds how many slots of each are in use, so one pool serves one dispatch
 * at a time. Safe for use by many threads.
 */
public final class DevicePool {
    private final List<Device> devices;
    private final Assignment assignment;
    private final Random random;
    private final @Nullable DeviceMemory memory;
    private final long leastFree;
    private final int[] used;
    private Map<String, Long> free = Map.of();
    private boolean measured;
    private int next;

    private DevicePool(
            List<Device> devices, Assignment assignment, long seed, @Nullable DeviceMemory memory, long leastFree) {
        if (devices.isEmpty()) {
            throw new MoviolaException("a device pool needs at least one device, but got none");
        }
        Set<String> ids = new HashSet<>();
        for (Device device : devices) {
            if (!ids.add(device.id())) {
                throw new MoviolaException("device ids must differ, but " + device.id() + " is there twice");
            }
        }
        this.devices = List.copyOf(devices);
        this.assignment = assignment;
        this.random = new Random(seed);
        this.memory = memory;
        this.leastFree = leastFree;
        this.used = new int[devices.size()];
    }

    /** A pool of {@code devices}. */
    public static DevicePool of(List<Device> devices, Assignment assignment, long seed) {
        return new DevicePool(devices, assignment, seed, null, 0);
    }

    /** A pool of devices with one slot each, least loaded first. */
    public static DevicePool of(String... ids) {
        List<Device> devices = new ArrayList<>();
        for (String id : ids) {
            devices.add(new Device(id, 1));
        }
        return of(devices, Assignment.LEAST_LOADED, 0);
    }

    /** One slot for every GPU that {@code nvidia-smi} reports; empty when there is none, or no {@code nvidia-smi}. */
    public static Optional<DevicePool> detect() {
        return detect(List.of("nvidia-smi"), Duration.ofSeconds(10));
    }

    /** As {@link #detect()}, with another program in the place of {@code nvidia-smi}. */
    public static Optional<DevicePool> detect(List<String> command, Duration timeout) {
        Map<String, Long> found = new NvidiaSmi(command, timeout).freeMebibytes();
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(of(found.keySet().toArray(String[]::new)));
    }

    /** These devices, each passed over while {@code memory} says that less than {@code mebibytes} are free on it. */
    public DevicePool watching(DeviceMemory newMemory, long mebibytes) {
        if (mebibytes < 0) {
            throw new MoviolaException("the least free memory must not be negative, but was " + mebibytes + " MiB");
        }
        return new DevicePool(devices, assignment, random.nextLong(), newMemory, mebibytes);
    }

    /** The devices, in the order given. */
    public List<Device> devices() {
        return devices;
    }

    /** How many submissions all devices together serve at a time. */
    public int slots() {
        return devices.stream().mapToInt(Device::slots).sum();
    }

    /** Whether free memory is watched, so that {@link #measure()} must be called now and then. */
    public boolean isWatched() {
        return memory != null;
    }

    /** Asks for the free memory of the devices. Blocks for as long as that takes. */
    public void measure() {
        if (memory != null) {
            Map<String, Long> now = memory.freeMebibytes();
            synchronized (this) {
                free = Map.copyOf(now);
                measured = true;
            }
        }
    }

    /** Takes a slot on a device that has one free, and enough memory; empty when there is none at the moment. */
    public synchronized Optional<Device> acquire() {
        List<Integer> open = new ArrayList<>();
        for (int i = 0; i < devices.size(); i++) {
            if (used[i] < devices.get(i).slots() && hasRoom(devices.get(i))) {
                open.add(i);
            }
        }
        if (open.isEmpty()) {
            return Optional.empty();
        }
        int chosen =
                switch (assignment) {
                    case ROUND_ROBIN -> following(open);
                    case RANDOM -> open.get(random.nextInt(open.size()));
                    case LEAST_LOADED -> leastLoaded(open);
                };
        used[chosen]++;
        return Optional.of(devices.get(chosen));
    }

    /** Takes a slot on a device that is known to be at work, as after a resume, even beyond its slots. */
    public synchronized void occupy(String id) {
        int index = indexOf(id);
        if (index >= 0) {
            used[index]++;
        }
    }

    /** Gives back a slot on the device; ids that are not in the pool are ignored. */
    public synchronized void release(String id) {
        int index = indexOf(id);
        if (index >= 0 && used[index] > 0) {
            used[index]--;
        }
    }

    private boolean hasRoom(Device device) {
        if (memory == null || leastFree == 0) {
            return true;
        }
        return measured && free.getOrDefault(device.id(), 0L) >= leastFree;
    }

    private int following(List<Integer> open) {
        int chosen = open.stream().filter(i -> i >= next).findFirst().orElse(open.get(0));
        next = (chosen + 1) % devices.size();
        return chosen;
    }

    private int leastLoaded(List<Integer> open) {
        int best = open.get(0);
        for (int i : open) {
            long mine = (long) used[i] * devices.get(best).slots();
            long theirs = (long) used[best] * devices.get(i).slots();
            if (mine < theirs) {
                best = i;
            }
        }
        return best;
    }

    private int indexOf(String id) {
        for (int i = 0; i < devices.size(); i++) {
            if (devices.get(i).id().equals(id)) {
                return i;
            }
        }
        return -1;
    }
}
