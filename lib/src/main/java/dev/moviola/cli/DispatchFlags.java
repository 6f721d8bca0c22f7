package dev.moviola.cli;

import dev.moviola.dispatch.Assignment;
import dev.moviola.dispatch.Device;
import dev.moviola.dispatch.DeviceMemory;
import dev.moviola.dispatch.DevicePool;
import dev.moviola.dispatch.DispatchOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of one dispatch, to be used as a picocli mixin. */
public final class DispatchFlags {
    @Option(names = "--only", paramLabel = "N", description = "Dispatch only the first N jobs, as a trial.")
    private @Nullable Long only;

    @Option(names = "--yes", description = "Do not ask before money is spent.")
    private boolean yes;

    @Option(
            names = "--resubmit-unknown",
            description = "Submit jobs again whose submission got no answer. Each may then be paid for twice.")
    private boolean resubmitUnknown;

    @Option(
            names = "--devices",
            split = ",",
            paramLabel = "IDS",
            description = "Devices to share the jobs among, such as 0,1; 'auto' asks nvidia-smi.")
    private List<String> devices = new ArrayList<>();

    @Option(
            names = "--assign",
            paramLabel = "HOW",
            defaultValue = "least-loaded",
            description = "round-robin, random or least-loaded. Default: ${DEFAULT-VALUE}.")
    private String assign = "least-loaded";

    @Option(
            names = "--min-free-mb",
            paramLabel = "MB",
            description = "Leave a device alone while it has less free memory than this.")
    private @Nullable Long minFree;

    /** Whether the user consented to spending. */
    public boolean yes() {
        return yes;
    }

    /** At most this many submissions. */
    public long only() {
        return only == null ? Long.MAX_VALUE : only;
    }

    /**
     * The dispatcher's options.
     *
     * @throws UsageException when the options make no sense
     */
    public DispatchOptions options() {
        return UsageException.check(() -> {
            DispatchOptions options = DispatchOptions.defaults().withResubmitUnknown(resubmitUnknown);
            if (only != null) {
                options = options.withOnly(only);
            }
            Optional<DevicePool> pool = pool();
            return pool.isPresent() ? options.withDevices(pool.get()) : options;
        });
    }

    private Optional<DevicePool> pool() {
        if (devices.isEmpty()) {
            return Optional.empty();
        }
        Assignment assignment;
        try {
            assignment = Assignment.valueOf(assign.toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException e) {
            throw new UsageException("--assign must be round-robin, random or least-loaded, but was " + assign, e);
        }
        List<Device> known = devices.equals(List.of("auto"))
                ? DevicePool.detect()
                        .orElseThrow(
                                () -> new UsageException(
                                        "--devices auto asks nvidia-smi, but it names no device; name them, as in --devices 0,1"))
                        .devices()
                : DevicePool.of(devices.toArray(String[]::new)).devices();
        DevicePool pool = DevicePool.of(known, assignment, 0);
        return Optional.of(minFree == null ? pool : pool.watching(DeviceMemory.nvidiaSmi(), minFree));
    }
}
