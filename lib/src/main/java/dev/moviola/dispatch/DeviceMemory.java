package dev.moviola.dispatch;

import dev.moviola.dispatch.internal.NvidiaSmi;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Knows how much memory devices have free. */
@FunctionalInterface
public interface DeviceMemory {
    /**
     * Free memory in MiB by device id; devices that cannot be asked are absent. May take a while; called on a thread of
     * its own.
     */
    Map<String, Long> freeMebibytes();

    /** Asks {@code nvidia-smi}, found on the PATH, and gives up after ten seconds. */
    static DeviceMemory nvidiaSmi() {
        return nvidiaSmi(List.of("nvidia-smi"), Duration.ofSeconds(10));
    }

    /** Asks the program that {@code command} starts, which must understand the options of {@code nvidia-smi}. */
    static DeviceMemory nvidiaSmi(List<String> command, Duration timeout) {
        return new NvidiaSmi(command, timeout);
    }
}
