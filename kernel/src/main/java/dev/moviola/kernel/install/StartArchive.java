package dev.moviola.kernel.install;

import dev.moviola.MoviolaException;
import dev.moviola.kernel.engine.CompilerPasses;
import dev.moviola.kernel.protocol.Json;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The classes that a kernel's start needs, loaded and linked beforehand: an archive of class data, which JDK 17 and later
 * know, or from JDK 25 on the cache of ahead-of-time work. It is made by a start that does what a first cell does.
 *
 * <p>The JVM itself checks that archive and jars belong together and starts without it if not. What it was made for is
 * noted beside it, so that a kernel that finds it stale can have a new one made while it works.
 */
public final class StartArchive {
    private static final int FIRST_WITH_AOT = 25;
    private static final int PATIENCE_SECONDS = 45;
    private static final String NOTE = "start-archive.txt";

    private StartArchive() {}

    /** Options that every kernel gets: a small footprint, no windows, and nothing on standard output but the user's. */
    static List<String> standardOptions() {
        List<String> options = new ArrayList<>(List.of(
                "-XX:+UseSerialGC",
                // No file of counters for other tools to map.
                "-XX:-UsePerfData",
                // A heap that gives back what it does not use, and begins just large enough for a first cell.
                "-Xms40m",
                "-XX:NewSize=16m",
                "-XX:MinHeapFreeRatio=10",
                "-XX:MaxHeapFreeRatio=25",
                // The second compiler waits longer: in the first seconds it took more time than all cells together.
                "-XX:Tier4InvocationThreshold=100000",
                "-XX:Tier4MinInvocationThreshold=10000",
                "-XX:Tier4CompileThreshold=200000",
                "-XX:Tier4BackEdgeThreshold=200000",
                "-Xlog:disable",
                "-Xlog:all=error:stderr",
                "-Djava.awt.headless=true",
                "--enable-native-access=ALL-UNNAMED"));
        options.addAll(CompilerPasses.OPTIONS);
        return List.copyOf(options);
    }

    /** The options by which {@code java} uses the archive in {@code folder}, whether it exists or not. */
    static List<String> use(Path java, Path folder) {
        return version(java) >= FIRST_WITH_AOT
                ? List.of("-XX:AOTCache=" + folder.resolve("start.aot"))
                : List.of("-XX:SharedArchiveFile=" + folder.resolve("start.jsa"));
    }

    /**
     * Makes the archive for an installed kernel. Takes some seconds.
     *
     * @throws MoviolaException when the JVM cannot make one; the kernel works without
     */
    public static Path make(InstalledKernel kernel) {
        List<String> words = kernel.command();
        Path java = Path.of(words.get(0));
        boolean ahead = version(java) >= FIRST_WITH_AOT;
        Path archive = kernel.folder().resolve(ahead ? "start.aot" : "start.jsa");
        try {
            Path fresh = Files.createTempFile(kernel.folder(), "start-", ".tmp");
            Files.delete(fresh);
            List<String> command = new ArrayList<>();
            for (String word : words) {
                if (word.startsWith("-XX:AOTCache=") || word.startsWith("-XX:SharedArchiveFile=")) {
                    command.add((ahead ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + fresh);
                } else {
                    command.add(word.equals("{connection_file}") ? "--rehearse" : word);
                }
            }
            Path log = Files.createTempFile("moviola-archive", ".log");
            try {
                Process process = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
                if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new MoviolaException(
                            "the archive for a fast start must be made within " + PATIENCE_SECONDS + " s, but was not");
                }
                if (process.exitValue() != 0 || !Files.exists(fresh)) {
                    String said = Files.readString(log);
                    throw new MoviolaException("the archive for a fast start was not made (exit code "
                            + process.exitValue() + "): " + said.substring(0, Math.min(1_000, said.length())));
                }
                Files.move(fresh, archive, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
                Files.writeString(kernel.folder().resolve(NOTE), madeFor(words));
            } finally {
                Files.deleteIfExists(log);
                Files.deleteIfExists(fresh);
                Files.deleteIfExists(Path.of(fresh + ".config"));
            }
        } catch (IOException e) {
            throw new MoviolaException(
                    "the archive for a fast start cannot be written to " + kernel.folder() + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MoviolaException("interrupted while making the archive for a fast start", e);
        }
        return archive;
    }

    /** Has a new archive made by another process if that of the kernel in {@code home} does not fit any more. */
    public static void refresh(Path home) {
        Path spec = home.resolve("kernel.json");
        try {
            List<String> words = new ArrayList<>();
            Json.read(Files.readAllBytes(spec)).path("argv").forEach(word -> words.add(word.asText()));
            Path note = home.resolve(NOTE);
            if (!words.isEmpty()
                    && !(Files.exists(note) && Files.readString(note).equals(madeFor(words)))) {
                // Noted first: an archive that cannot be made is not tried again at every start.
                Files.writeString(note, madeFor(words));
                make(new InstalledKernel(String.valueOf(home.getFileName()), "", home, words, true));
            }
        } catch (IOException | UncheckedIOException | MoviolaException e) {
            System.getLogger(StartArchive.class.getName())
                    .log(System.Logger.Level.INFO, "no archive for a fast start: " + e.getMessage());
        }
    }

    /** What an archive depends on: the JDK and each jar's size and time. */
    private static String madeFor(List<String> words) {
        Path java = Path.of(words.get(0));
        String jars = Stream.of(words.get(words.indexOf("-cp") + 1).split(File.pathSeparator))
                .map(entry -> {
                    File jar = new File(entry);
                    return jar.getName() + " " + jar.length() + " " + jar.lastModified();
                })
                .collect(Collectors.joining("\n"));
        return java + "\n" + release(java) + "\n" + jars + "\n";
    }

    private static int version(Path java) {
        return release(java)
                .lines()
                .filter(line -> line.startsWith("JAVA_VERSION="))
                .map(line -> line.replaceAll("[^0-9.]", "").split("\\.")[0])
                .filter(number -> !number.isEmpty())
                .map(Integer::parseInt)
                .findFirst()
                .orElse(17);
    }

    /** The file in which a JDK says what it is; empty where there is none. */
    private static String release(Path java) {
        try {
            Path home = java.toRealPath().getParent();
            for (int up = 0; up < 3 && home != null; up++, home = home.getParent()) {
                if (Files.isRegularFile(home.resolve("release"))) {
                    return Files.readString(home.resolve("release"));
                }
            }
        } catch (IOException e) {
            return "";
        }
        return "";
    }
}
