package dev.moviola.kernel.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Which packages each jar has. What was found in the kernel's own jars is kept in a file beside them, with length and
 * time of each, since the tables of contents of large jars take long to read. Safe for use by many threads.
 */
final class PackageIndex {
    private static final String FILE = "packages.txt";
    private static final Pattern VERSION = Pattern.compile("META-INF/versions/\\d+/(.*)");

    private final @Nullable Path home;
    private final Map<Path, Jar> jars = new ConcurrentHashMap<>();
    private boolean loaded;

    private record Jar(long length, long modified, Set<String> packages) {}

    /**
     * An index.
     *
     * @param home the folder in which the file lies; null if nothing is to be kept
     */
    PackageIndex(@Nullable Path home) {
        this.home = home;
    }

    /** One for this kernel, as it was installed. */
    static PackageIndex standard() {
        String home = System.getProperty("moviola.kernel.home");
        return new PackageIndex(home == null ? null : Path.of(home));
    }

    /** Reads what is not known yet of these jars, and keeps it. */
    synchronized void learn(List<Path> entries) {
        load();
        boolean fresh = false;
        for (Path entry : entries) {
            if (!jars.containsKey(entry) && Files.isRegularFile(entry)) {
                read(entry);
                fresh |= home != null && entry.startsWith(home);
            }
        }
        if (fresh && home != null) {
            save(home);
        }
    }

    /** Whether the jar or folder may have classes of that package. */
    boolean has(Path entry, String packageName) {
        Jar jar = jars.get(entry);
        if (jar == null && Files.isRegularFile(entry)) {
            jar = read(entry);
        }
        return jar != null
                ? jar.packages().contains(packageName)
                : Files.isDirectory(entry.resolve(packageName.replace('.', '/')));
    }

    private Jar read(Path path) {
        Set<String> packages = new TreeSet<>();
        try (ZipFile zip = new ZipFile(path.toFile())) {
            zip.stream().map(ZipEntry::getName).forEach(name -> {
                // A descriptor of a module does not make a package of the root, in which the compiler looks first.
                boolean code = name.endsWith(".class") || name.endsWith(".java");
                if (code && !name.endsWith("module-info.class")) {
                    Matcher version = VERSION.matcher(name);
                    String inside = version.matches() ? version.group(1) : name;
                    packages.add(inside.substring(0, Math.max(0, inside.lastIndexOf('/')))
                            .replace('/', '.'));
                }
            });
            Jar jar = new Jar(Files.size(path), Files.getLastModifiedTime(path).toMillis(), packages);
            jars.put(path, jar);
            return jar;
        } catch (IOException e) {
            // A file that is no archive has no packages; the compiler would skip it as well.
            Jar none = new Jar(-1, -1, Set.of());
            jars.put(path, none);
            return none;
        }
    }

    private void load() {
        if (loaded || home == null) {
            return;
        }
        loaded = true;
        try {
            for (String line : Files.readAllLines(home.resolve(FILE))) {
                String[] parts = line.split("\t", -1);
                Path path = Path.of(parts[0]);
                Jar jar = new Jar(Long.parseLong(parts[1]), Long.parseLong(parts[2]), Set.of(parts[3].split(",", -1)));
                if (Files.size(path) == jar.length()
                        && Files.getLastModifiedTime(path).toMillis() == jar.modified()) {
                    jars.put(path, jar);
                }
            }
        } catch (IOException | RuntimeException e) {
            // Without the file, or with a broken one, the jars are read again.
            jars.clear();
        }
    }

    private void save(Path folder) {
        List<String> lines = new ArrayList<>();
        jars.forEach((path, jar) -> {
            if (path.startsWith(folder)) {
                lines.add(path + "\t" + jar.length() + "\t" + jar.modified() + "\t" + String.join(",", jar.packages()));
            }
        });
        // Not a temporary file of the JDK's: those only their owner may read.
        Path fresh = folder.resolve(FILE + "." + ProcessHandle.current().pid());
        try {
            try {
                Files.write(fresh, lines);
                Files.move(
                        fresh,
                        folder.resolve(FILE),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException e) {
            System.getLogger(PackageIndex.class.getName())
                    .log(System.Logger.Level.DEBUG, "the index of packages is not kept: " + e.getMessage());
        }
    }
}
