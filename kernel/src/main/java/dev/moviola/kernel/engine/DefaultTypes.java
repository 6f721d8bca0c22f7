package dev.moviola.kernel.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The types that cells may name without importing them: those of the library, of Tablesaw and of XChart. Which names
 * there are is looked up when first asked. Safe for use by many threads.
 */
public final class DefaultTypes {
    /** In the order in which they are asked for a name that several of them have. */
    private static final List<String> PACKAGES = List.of(
            "dev.moviola",
            "tech.tablesaw.api",
            "tech.tablesaw.aggregate",
            "tech.tablesaw.selection",
            "tech.tablesaw.joining",
            "tech.tablesaw.sorting",
            "tech.tablesaw.columns",
            "tech.tablesaw.io",
            "tech.tablesaw.io.csv",
            "org.knowm.xchart",
            "org.knowm.xchart.style",
            "org.knowm.xchart.style.colors",
            "org.knowm.xchart.style.lines",
            "org.knowm.xchart.style.markers",
            "org.knowm.xchart.style.theme");

    private static final List<String> ANCHORS =
            List.of("dev/moviola/MoviolaException", "tech/tablesaw/api/Table", "org/knowm/xchart/XYChart");

    private static final Set<String> NOT_FOR_CELLS = Set.of("dev.moviola.cli", "dev.moviola.kernel");

    private final ClassLoader loader;
    private @Nullable Map<String, String> names;

    DefaultTypes(ClassLoader loader) {
        this.loader = loader;
    }

    /** The full name of the type with that simple name; null if there is none. */
    public synchronized @Nullable String find(String simpleName) {
        String found = names().get(simpleName);
        if (found == null) {
            return null;
        }
        try {
            return Modifier.isPublic(Class.forName(found, false, loader).getModifiers()) ? found : null;
        } catch (ClassNotFoundException | LinkageError e) {
            return null;
        }
    }

    /** The simple names that begin so, sorted. */
    public synchronized Set<String> beginningWith(String prefix) {
        Set<String> found = new TreeSet<>();
        names().keySet().stream().filter(name -> name.startsWith(prefix)).forEach(found::add);
        return found;
    }

    private Map<String, String> names() {
        if (names == null) {
            Map<String, String> read = new HashMap<>();
            read.put("Notebook", "dev.moviola.kernel.Notebook");
            for (String anchor : ANCHORS) {
                try {
                    read(anchor + ".class", read);
                } catch (IOException | URISyntaxException e) {
                    throw new UncheckedIOException(new IOException("the class path cannot be read at " + anchor, e));
                }
            }
            names = read;
        }
        return names;
    }

    private void read(String anchor, Map<String, String> into) throws IOException, URISyntaxException {
        URL url = loader.getResource(anchor);
        if (url == null) {
            return;
        }
        if (url.openConnection() instanceof JarURLConnection connection) {
            try (JarFile jar =
                    new JarFile(Path.of(connection.getJarFileURL().toURI()).toFile())) {
                jar.stream().forEach(entry -> note(entry.getName(), into));
            }
        } else if (url.getProtocol().equals("file")) {
            Path root = Path.of(url.toURI());
            for (int i = anchor.split("/").length; i > 0 && root != null; i--) {
                root = root.getParent();
            }
            Path top = root;
            if (top != null) {
                try (Stream<Path> walk = Files.walk(top)) {
                    walk.forEach(file -> note(top.relativize(file).toString().replace('\\', '/'), into));
                }
            }
        }
    }

    private static void note(String file, Map<String, String> into) {
        if (!file.endsWith(".class") || file.indexOf('$') >= 0 || file.indexOf('-') >= 0) {
            return;
        }
        String type = file.substring(0, file.length() - ".class".length()).replace('/', '.');
        String simple = type.substring(type.lastIndexOf('.') + 1);
        int rank = rank(type);
        if (rank >= 0) {
            into.merge(simple, type, (old, found) -> rank(old) <= rank ? old : found);
        }
    }

    private static int rank(String type) {
        String home = type.substring(0, type.lastIndexOf('.'));
        if (home.startsWith("dev.moviola.")) {
            boolean open = !home.contains(".internal")
                    && NOT_FOR_CELLS.stream().noneMatch(closed -> (home + ".").startsWith(closed + "."));
            return open || type.equals("dev.moviola.kernel.Notebook") ? 0 : -1;
        }
        return PACKAGES.indexOf(home);
    }
}
