package dev.moviola.campaign;

import dev.moviola.MoviolaException;
import dev.moviola.ledger.Artefact;
import dev.moviola.ledger.Billed;
import dev.moviola.ledger.Failure;
import dev.moviola.ledger.FailureCategory;
import dev.moviola.ledger.Job;
import dev.moviola.ledger.Money;
import dev.moviola.ledger.Parameters;
import dev.moviola.ledger.Run;
import dev.moviola.ledger.Submission;
import dev.moviola.video.Probe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Takes videos that a user already has into a run, so that they are scored, ranked and reported like any others.
 *
 * <p>Files are copied; the originals are only read. A file that is no video becomes a FAILED job that says why.
 */
public final class ClipImport {
    private static final Set<String> VIDEO_ENDINGS =
            Set.of("mp4", "m4v", "mov", "mkv", "webm", "avi", "ogv", "ogg", "mpg", "mpeg", "gif");
    private static final int DEEPEST = 16;

    private ClipImport() {}

    /**
     * The videos at {@code paths}: files as they are named, folders searched for files with a video's ending, in order
     * of name.
     *
     * @throws MoviolaException when a path does not exist, or no video is found
     */
    public static List<Path> find(List<Path> paths) {
        List<Path> found = new ArrayList<>();
        for (Path path : paths) {
            if (Files.isDirectory(path)) {
                try (Stream<Path> walk = Files.walk(path, DEEPEST)) {
                    walk.filter(Files::isRegularFile)
                            .filter(file -> VIDEO_ENDINGS.contains(ending(file)))
                            .sorted()
                            .forEach(found::add);
                } catch (IOException e) {
                    throw new MoviolaException("the folder " + path + " cannot be read: " + e.getMessage(), e);
                }
            } else if (Files.isRegularFile(path)) {
                found.add(path);
            } else {
                throw new MoviolaException("there is no file or folder " + path);
            }
        }
        if (found.isEmpty()) {
            throw new MoviolaException("no video was found in " + paths + "; videos end in one of "
                    + String.join(", ", new TreeSet<>(VIDEO_ENDINGS)));
        }
        return found;
    }

    /** Adds {@code files} to {@code run}, one job each. Files that the run already holds are left as they are. */
    public static void into(Run run, List<Path> files) {
        for (Path file : files) {
            add(run, file);
        }
    }

    private static void add(Run run, Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        Job job;
        try {
            job = Job.of(
                    "import",
                    Parameters.of(
                            "prompt",
                            String.valueOf(absolute.getFileName()),
                            "file",
                            absolute.toString(),
                            "bytes",
                            Files.size(absolute),
                            "modified",
                            Files.getLastModifiedTime(absolute).toMillis()),
                    Parameters.of("strategy", "import", "base_prompt", String.valueOf(absolute.getParent())));
        } catch (IOException e) {
            throw new MoviolaException("the file " + file + " cannot be read: " + e.getMessage(), e);
        }
        if (run.ledger().add(List.of(job)).join() == 0) {
            return;
        }
        Submission submission = run.ledger()
                .intend(List.of(job.key()), "import", null, Money.ZERO)
                .join();
        run.ledger().accept(submission.id(), absolute.toString()).join();
        try {
            Probe.of(absolute);
            Path copy = Files.createTempFile(run.folder(), "import", "." + ending(file));
            Files.copy(absolute, copy, StandardCopyOption.REPLACE_EXISTING);
            Artefact artefact = run.admit(copy, job.key(), Artefact.CLIP, "video/" + ending(file));
            run.ledger().succeed(submission.id(), List.of(artefact), Money.ZERO).join();
        } catch (IOException | MoviolaException e) {
            Failure why = Failure.of(FailureCategory.ARTEFACT, Billed.NO, "", String.valueOf(e.getMessage()));
            run.ledger().fail(submission.id(), why, Money.ZERO, false).join();
        }
    }

    private static String ending(Path file) {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "mp4" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }
}
