package dev.moviola.cli;

import dev.moviola.MoviolaException;
import dev.moviola.backend.Keys;
import dev.moviola.campaign.BackendSpec;
import dev.moviola.campaign.Campaign;
import dev.moviola.campaign.CampaignSpec;
import dev.moviola.campaign.Limits;
import dev.moviola.campaign.ScoringSummary;
import dev.moviola.cli.internal.Folders;
import dev.moviola.dispatch.DeviceMemory;
import dev.moviola.dispatch.DispatchOptions;
import dev.moviola.dispatch.DispatchSummary;
import dev.moviola.frame.JobRow;
import dev.moviola.frame.JobRows;
import dev.moviola.prompt.MutationSpec;
import dev.moviola.video.ClipWriter;
import dev.moviola.video.Frame;
import dev.moviola.video.Frames;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Looks at what this machine has of the things that Moviola needs or can use. */
public final class Doctor {
    private static final int OLDEST_JAVA = 17;
    private static final double GIBI = 1L << 30;
    private static final int CLIP_SIDE = 64;
    private static final int CLIP_FRAMES = 12;
    private static final double LITTLE_DISK_GIB = 2;

    private final Path folder;
    private final Keys keys;
    private final DeviceMemory devices;

    /** How something stands. */
    public enum State {
        /** Ready. */
        OK,
        /** Not there, or not as it should be; what needs it will not work. */
        NOTE,
        /** Moviola cannot work without it. */
        FAULT
    }

    /**
     * What was found.
     *
     * @param what the thing looked at
     * @param state how it stands
     * @param text what is there
     * @param advice what to do; empty when there is nothing to do
     */
    public record Finding(String what, State state, String text, String advice) {}

    /** Looks at {@code folder} for disk space, at {@code keys}, and at the GPUs that {@code devices} tells of. */
    public Doctor(Path folder, Keys keys, DeviceMemory devices) {
        this.folder = folder;
        this.keys = keys;
        this.devices = devices;
    }

    /** Everything that can be found out without a generator; makes and removes a small clip. */
    public List<Finding> look() {
        List<Finding> findings = new ArrayList<>();
        findings.add(java());
        findings.add(memory());
        findings.add(disk());
        findings.add(decoder());
        findings.addAll(gpus());
        findings.addAll(key(Keys.XAI, "./jbang doctor --set-key"));
        return findings;
    }

    /** Has one clip made by the rehearsal generator and scored, as a campaign does, and throws it away. */
    public static Finding generation() {
        String what = "generation";
        String nothing = "a campaign cannot work here; ./jbang campaign --total 1 --debug shows more";
        try {
            Path folder = Files.createTempDirectory("moviola-doctor");
            try (Campaign campaign = Campaign.start(folder, sample())) {
                DispatchSummary made =
                        campaign.dispatch(DispatchOptions.defaults(), progress -> {}, (dispatcher, running) -> {});
                ScoringSummary scored = campaign.score(progress -> {});
                List<JobRow> rows = JobRows.of(campaign.run().ledger());
                if (made.done() != 1 || scored.scored() != 1) {
                    String why = scored.failures().isEmpty()
                            ? Steps.brief(rows.get(0).failure())
                            : scored.failures().get(0);
                    return new Finding(what, State.FAULT, "no scored clip came of it: " + why, nothing);
                }
                return new Finding(
                        what,
                        State.OK,
                        String.format(
                                Locale.ROOT,
                                "made, decoded and scored a clip of %d frames: %.1f of 100",
                                scored.frames(),
                                rows.get(0).overall()),
                        "");
            } finally {
                Folders.remove(folder);
            }
        } catch (IOException | MoviolaException | LinkageError e) {
            return new Finding(what, State.FAULT, String.valueOf(e.getMessage()), nothing);
        }
    }

    private static CampaignSpec sample() {
        return new CampaignSpec(
                "doctor",
                MutationSpec.of(MutationOptions.DEFAULT_PROMPT)
                        .control(true)
                        .total(1)
                        .build(),
                BackendSpec.rehearsal().withRequest("duration", 1),
                Limits.none());
    }

    private static Finding java() {
        int version = Runtime.version().feature();
        String text = Runtime.version() + ", " + System.getProperty("java.vendor") + ", "
                + System.getProperty("os.name").toLowerCase(Locale.ROOT) + " " + System.getProperty("os.arch") + ", "
                + System.getProperty("java.home");
        return version >= OLDEST_JAVA
                ? new Finding("java", State.OK, text, "")
                : new Finding("java", State.FAULT, text, "install a JDK, " + OLDEST_JAVA + " or newer");
    }

    private static Finding memory() {
        Runtime runtime = Runtime.getRuntime();
        return new Finding(
                "memory",
                State.OK,
                String.format(
                        Locale.ROOT,
                        "%d processors, a heap of up to %.1f GiB",
                        runtime.availableProcessors(),
                        runtime.maxMemory() / GIBI),
                "");
    }

    private Finding disk() {
        try {
            FileStore store = Files.getFileStore(folder);
            double free = store.getUsableSpace() / GIBI;
            String text = String.format(Locale.ROOT, "%.1f GiB free for %s", free, folder);
            if (!Files.isWritable(folder)) {
                return new Finding("disk", State.FAULT, text, "this folder cannot be written to; work in another one");
            }
            return free >= LITTLE_DISK_GIB
                    ? new Finding("disk", State.OK, text, "")
                    : new Finding("disk", State.NOTE, text, "1,000 clips of 480p need about 2 GiB; make room");
        } catch (IOException e) {
            return new Finding("disk", State.FAULT, "no answer for " + folder + ": " + e.getMessage(), "");
        }
    }

    /** Writes a clip and reads it back, since a native library that loads need not work. */
    private static Finding decoder() {
        try {
            Path clip = Files.createTempFile("moviola-doctor", ".mp4");
            try {
                try (ClipWriter writer = ClipWriter.open(clip, CLIP_SIDE, CLIP_SIDE, CLIP_FRAMES)) {
                    for (int i = 0; i < CLIP_FRAMES; i++) {
                        byte[] luma = new byte[CLIP_SIDE * CLIP_SIDE];
                        Arrays.fill(luma, (byte) (16 * i));
                        writer.write(Frame.gray(i, (double) i / CLIP_FRAMES, CLIP_SIDE, CLIP_SIDE, luma));
                    }
                }
                int frames = 0;
                try (Frames decoded = Frames.open(clip)) {
                    while (decoded.hasNext()) {
                        decoded.next();
                        frames++;
                    }
                }
                return frames == CLIP_FRAMES
                        ? new Finding("decoder", State.OK, "made and read a clip of " + frames + " frames", "")
                        : new Finding("decoder", State.FAULT, "read " + frames + " of " + CLIP_FRAMES + " frames", "");
            } finally {
                Files.deleteIfExists(clip);
            }
        } catch (IOException | MoviolaException | LinkageError e) {
            return new Finding(
                    "decoder", State.FAULT, String.valueOf(e.getMessage()), "videos can be neither made nor scored");
        }
    }

    private List<Finding> gpus() {
        Map<String, Long> free;
        try {
            free = devices.freeMebibytes();
        } catch (MoviolaException e) {
            return List.of(new Finding("gpu", State.NOTE, String.valueOf(e.getMessage()), ""));
        }
        if (free.isEmpty()) {
            return List.of(
                    new Finding("gpu", State.NOTE, "none (nvidia-smi names none)", "everything runs on the CPU"));
        }
        return free.entrySet().stream()
                .map(gpu -> new Finding(
                        "gpu " + gpu.getKey(),
                        State.OK,
                        String.format(Locale.ROOT, "%,d MiB free", gpu.getValue()),
                        ""))
                .toList();
    }

    private List<Finding> key(String name, String how) {
        List<Finding> findings = new ArrayList<>();
        try {
            findings.add(
                    keys.find(name).isPresent()
                            ? new Finding(name, State.OK, "present", "")
                            : new Finding(
                                    name, State.NOTE, "not set", "only needed to spend money: export it, or " + how));
        } catch (MoviolaException e) {
            findings.add(new Finding(name, State.FAULT, String.valueOf(e.getMessage()), ""));
        }
        for (String warning : keys.warnings()) {
            findings.add(new Finding(".env", State.NOTE, warning, ""));
        }
        return findings;
    }
}
