package dev.moviola.ledger;

import dev.moviola.MoviolaException;
import dev.moviola.ledger.internal.RunLock;
import dev.moviola.ledger.internal.Shelves;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One experiment: a folder with a frozen spec, a ledger, and the files that came back, each under its hash.
 *
 * <pre>{@code
 * try (Run run = Run.create(Path.of("runs"), "samurai vs T-rex", Parameters.of("seed", 7))) {
 *     run.ledger().add(jobs).join();
 * }
 * }</pre>
 *
 * <p>A run is open for writing in one place at a time; it can be looked at from anywhere. Safe for use by many threads.
 */
public final class Run implements AutoCloseable {
    private static final String SPEC = "run.json";
    private static final String LEDGER = "ledger.db";
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HHmmss", Locale.ROOT);
    private static final int READ_AT_ONCE = 1 << 16;
    private static final int LONGEST_SLUG = 40;
    private static final Pattern ENDING = Pattern.compile("\\.[a-z0-9]{1,8}");

    private final Path folder;
    private final Parameters frozen;
    private final Ledger ledger;
    private final @Nullable RunLock lock;
    private final Shelves shelves;

    private Run(Path folder, Parameters frozen, Ledger ledger, @Nullable RunLock lock) {
        this.folder = folder;
        this.frozen = frozen;
        this.ledger = ledger;
        this.lock = lock;
        this.shelves = new Shelves(folder);
    }

    /**
     * Makes a run in a new folder of {@code runsRoot}, named by the time and the title, and opens it for writing.
     *
     * @param spec what the run is to do; frozen in run.json together with the versions of Moviola and Java
     * @throws MoviolaException when the folder cannot be made
     */
    public static Run create(Path runsRoot, String title, Parameters spec) {
        LocalDateTime now = LocalDateTime.now();
        Parameters frozen = Parameters.of(
                "title",
                title,
                "created",
                now.toString(),
                "spec",
                spec,
                "versions",
                Parameters.of(
                        "moviola", version(),
                        "java", System.getProperty("java.version"),
                        "os", System.getProperty("os.name") + " " + System.getProperty("os.arch")));
        Path folder = newFolder(runsRoot, STAMP.format(now) + "_" + slug(title));
        RunLock lock = RunLock.take(folder);
        try {
            Files.writeString(folder.resolve(SPEC), frozen.json() + "\n");
            sync(folder.resolve(SPEC));
            return new Run(folder, frozen, Ledger.open(folder.resolve(LEDGER)), lock);
        } catch (IOException e) {
            lock.close();
            throw new MoviolaException(
                    "the run " + folder + " cannot be written: " + e.getMessage()
                            + "; make room or choose another place",
                    e);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /**
     * Opens a run for writing.
     *
     * @throws RunInUseException when it is open for writing elsewhere
     * @throws MoviolaException when {@code folder} is no run
     */
    public static Run open(Path folder) {
        Parameters frozen = read(folder);
        RunLock lock = RunLock.take(folder);
        try {
            return new Run(folder, frozen, Ledger.open(folder.resolve(LEDGER)), lock);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /**
     * Opens a run for reading alone, also while another process writes it.
     *
     * @throws MoviolaException when {@code folder} is no run
     */
    public static Run look(Path folder) {
        return new Run(folder, read(folder), Ledger.look(folder.resolve(LEDGER)), null);
    }

    /** The newest run in {@code runsRoot}, if there is one. */
    public static Optional<Path> latest(Path runsRoot) {
        if (!Files.isDirectory(runsRoot)) {
            return Optional.empty();
        }
        try (Stream<Path> folders = Files.list(runsRoot)) {
            return folders.filter(folder -> Files.isRegularFile(folder.resolve(SPEC)))
                    .max((a, b) ->
                            a.getFileName().toString().compareTo(b.getFileName().toString()));
        } catch (IOException e) {
            throw new MoviolaException("the folder " + runsRoot + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The run's folder. */
    public Path folder() {
        return folder;
    }

    /** The folder's name. */
    public String name() {
        return String.valueOf(folder.toAbsolutePath().normalize().getFileName());
    }

    /** The title that the run was given. */
    public String title() {
        return frozen.text("title", name());
    }

    /** What the run is to do, as it was frozen at the start. */
    public Parameters spec() {
        return frozen.object("spec");
    }

    /** Everything that was frozen at the start: title, created, spec, versions. */
    public Parameters frozen() {
        return frozen;
    }

    /** The truth about the run. */
    public Ledger ledger() {
        return ledger;
    }

    /** A folder for downloads in progress, on the file system of the run. It need not exist yet. */
    public Path scratch() {
        return folder.resolve("scratch");
    }

    /**
     * Takes a file into the run under the name of its hash: renamed in one step to {@code clips/ab/<sha256>.<ending>},
     * then flushed to disk together with its name. The file itself is moved away. A file of the same content that is
     * already there is kept.
     *
     * @throws MoviolaException when the run's disk cannot hold it
     */
    public Artefact admit(Path file, JobKey job, String role, String mediaType) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            String sha256 = sha256(channel);
            long bytes = channel.size();
            String path = "clips/" + sha256.substring(0, 2) + "/" + sha256 + ending(file, mediaType);
            Path target = folder.resolve(path);
            Path shelf = Objects.requireNonNull(target.getParent());
            shelves.make(shelf);
            if (holds(target, bytes, sha256)) {
                Files.delete(file);
                sync(target);
            } else if (move(file, target, shelf)) {
                // Flushed after it was renamed: journals then write the content and the name down in one go.
                channel.force(true);
            } else {
                sync(target);
            }
            shelves.flush(shelf);
            return new Artefact(job, role, sha256, bytes, mediaType, path);
        } catch (IOException e) {
            throw new MoviolaException(
                    "the file " + file + " of job " + job.brief() + " cannot be taken into " + folder + ": "
                            + e.getMessage() + "; make room on the disk and resume",
                    e);
        }
    }

    /** Whether that content is there already. A power cut may have left a name with the wrong one. */
    private static boolean holds(Path target, long bytes, String sha256) throws IOException {
        File there = target.toFile(); // unlike Files, it makes no exception of a file that is missing
        return there.isFile() && there.length() == bytes && sha256(target).equals(sha256);
    }

    /** Where an artefact can be read. */
    public Path file(Artefact artefact) {
        Path path = folder.resolve(artefact.path()).normalize();
        if (!path.startsWith(folder.normalize())) {
            throw new LedgerException(
                    "an artefact must lie in its run, but " + artefact.path() + " points outside " + folder);
        }
        return path;
    }

    /** Finishes what is being written and lets others open the run. */
    @Override
    public void close() {
        ledger.close();
        shelves.close();
        if (lock != null) {
            lock.close();
        }
    }

    /** SHA-256 of a file, as 64 lower-case hex digits. */
    public static String sha256(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return sha256(channel);
        }
    }

    private static String sha256(FileChannel channel) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            ByteBuffer buffer = ByteBuffer.allocate((int) Math.max(1, Math.min(READ_AT_ONCE, channel.size())));
            while (channel.read(buffer) >= 0) {
                digest.update(buffer.flip());
                buffer.clear();
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static Parameters read(Path folder) {
        Path spec = folder.resolve(SPEC);
        if (!Files.isRegularFile(spec)) {
            throw new MoviolaException("there is no run in " + folder + ": it has no " + SPEC + "; name a run folder");
        }
        try {
            return Parameters.parse(Files.readString(spec, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new MoviolaException("the file " + spec + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Path newFolder(Path runsRoot, String name) {
        try {
            Files.createDirectories(runsRoot);
            for (int i = 1; ; i++) {
                try {
                    return Files.createDirectory(runsRoot.resolve(i == 1 ? name : name + "-" + i));
                } catch (FileAlreadyExistsException e) {
                    if (i == 10_000) {
                        throw e;
                    }
                }
            }
        } catch (IOException e) {
            throw new MoviolaException(
                    "no run folder can be made in " + runsRoot + ": " + e.getMessage() + "; choose another place", e);
        }
    }

    static String slug(String title) {
        String ascii = Normalizer.normalize(title, Normalizer.Form.NFKD)
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\p{M}+", "")
                .replaceAll("[^a-z0-9]+", "-");
        String cut = ascii.substring(0, Math.min(LONGEST_SLUG, ascii.length())).replaceAll("^-+|-+$", "");
        return cut.isEmpty() ? "run" : cut;
    }

    private static String ending(Path file, String mediaType) {
        return switch (mediaType) {
            case "video/mp4" -> ".mp4";
            case "video/webm" -> ".webm";
            case "image/png" -> ".png";
            case "image/jpeg" -> ".jpg";
            default -> {
                String name = String.valueOf(file.getFileName());
                int dot = name.lastIndexOf('.');
                String own = dot < 0 ? "" : name.substring(dot).toLowerCase(Locale.ROOT);
                yield ENDING.matcher(own).matches() ? own : "";
            }
        };
    }

    /** Moves by renaming, or else by a copy; says which. */
    private static boolean move(Path file, Path target, Path shelf) throws IOException {
        try {
            Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return true;
        } catch (AtomicMoveNotSupportedException e) {
            Path beside = Files.createTempFile(shelf, "admit", ".tmp");
            Files.copy(file, beside, StandardCopyOption.REPLACE_EXISTING);
            Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            Files.delete(file);
            return false;
        }
    }

    private static void sync(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static String version() {
        String version = Run.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
