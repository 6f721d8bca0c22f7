package dev.moviola.campaign.internal;

import dev.moviola.MoviolaException;
import dev.moviola.ledger.Artefact;
import dev.moviola.ledger.JobKey;
import dev.moviola.ledger.JobState;
import dev.moviola.ledger.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Clips that lie in earlier runs, by the content key of their job. Immutable. */
public final class EarlierClips {
    private final Map<JobKey, Found> clips;

    private EarlierClips(Map<JobKey, Found> clips) {
        this.clips = clips;
    }

    /**
     * A clip of an earlier run.
     *
     * @param file where it lies
     * @param run the name of the run
     */
    public record Found(Path file, String run) {}

    /** Looks through the runs in {@code runsRoot}, but not {@code own}; those that cannot be read are passed over. */
    public static EarlierClips in(Path runsRoot, Path own) {
        Map<JobKey, Found> clips = new HashMap<>();
        for (Path folder : runs(runsRoot)) {
            if (folder.toAbsolutePath().normalize().equals(own.toAbsolutePath().normalize())) {
                continue;
            }
            try (Run run = Run.look(folder)) {
                run.ledger().eachJob(record -> {
                    if (record.state() == JobState.DONE && record.job().kind().equals("generate")) {
                        for (Artefact artefact : record.artefacts()) {
                            Path file = run.file(artefact);
                            if (artefact.role().equals(Artefact.CLIP) && Files.isRegularFile(file)) {
                                clips.put(record.job().key(), new Found(file, run.name()));
                            }
                        }
                    }
                });
            } catch (MoviolaException e) {
                System.getLogger("dev.moviola.campaign")
                        .log(System.Logger.Level.DEBUG, "the run " + folder + " is passed over", e);
            }
        }
        return new EarlierClips(clips);
    }

    /** The clip of that job, if an earlier run has it. */
    public Optional<Found> find(JobKey job) {
        return Optional.ofNullable(clips.get(job));
    }

    static List<Path> runs(Path root) {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(root)) {
            return folders.filter(folder -> Files.isRegularFile(folder.resolve("run.json")))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new MoviolaException("the folder " + root + " cannot be read: " + e.getMessage(), e);
        }
    }
}
