package dev.moviola.kernel.engine;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import org.jspecify.annotations.Nullable;

/**
 * What the compiler of a session finds: what the library offers as its own, then the jars of the notebook, then what the
 * library happens to use. So a notebook that asks for a version of a library gets that one, whatever the kernel uses.
 */
final class ClassPath {
    /** Packages of which there is one copy in the process, since notebook and library hand their objects to each other. */
    private static final List<String> SHARED_PACKAGES = List.of(
            "dev.moviola.", "tech.tablesaw.", "org.knowm.xchart.", "io.github.spencerpark.", "org.dflib.jjava.");

    private static final List<String> SHARED_JARS = List.of("moviola", "tablesaw-core", "xchart");

    private static final List<String> HIDDEN_PACKAGES = List.of(
            "org.objectweb.asm.",
            "eu.maveniverse.",
            "org.eclipse.aether.",
            "org.apache.maven.",
            "org.codehaus.plexus.");

    private static final List<String> HIDDEN_JARS =
            List.of("asm-", "context-", "standalone-", "runtime-", "maven-", "plexus-", "mima");

    private final List<Path> first = new ArrayList<>();
    private final List<Path> added = new ArrayList<>();
    private final List<Path> last = new ArrayList<>();
    private final PackageIndex index;
    private @Nullable StandardJavaFileManager files;

    /** What this process was started with, its jars being found by {@code index}. */
    ClassPath(PackageIndex index) {
        this.index = index;
        for (String entry : System.getProperty("java.class.path", "").split(File.pathSeparator, -1)) {
            if (entry.isEmpty()) {
                continue;
            }
            Path path = Path.of(entry).toAbsolutePath().normalize();
            String name = path.getFileName() == null ? "" : path.getFileName().toString();
            if (!Files.isRegularFile(path) || startsWithAny(name, SHARED_JARS)) {
                first.add(path);
            } else if (!startsWithAny(name, HIDDEN_JARS)) {
                last.add(path);
            }
        }
    }

    private static boolean startsWithAny(String name, List<String> beginnings) {
        return beginnings.stream().anyMatch(name::startsWith);
    }

    /** Whether the class is taken from the kernel's class path even when the notebook has another copy. */
    static boolean shared(String className) {
        // The library's parts that are published apart, such as Tablesaw's readers, come from where they are.
        return startsWithAny(className, SHARED_PACKAGES) && inKernel(className);
    }

    private static boolean inKernel(String className) {
        return ClassPath.class.getClassLoader().getResource(className.replace('.', '/') + ".class") != null;
    }

    /** Whether the class is of a library that the kernel itself runs on, which notebooks do not see. */
    static boolean hidden(String className) {
        return startsWithAny(className, HIDDEN_PACKAGES);
    }

    /** Takes the place of the class path of a compiler. */
    StandardJavaFileManager govern(StandardJavaFileManager manager) {
        files = manager;
        apply(manager);
        return new CompilerFiles(manager, this::entries, index, () -> !added.isEmpty());
    }

    /** Another one with the same entries. */
    ClassPath copy() {
        ClassPath copy = new ClassPath(index);
        copy.added.addAll(added);
        return copy;
    }

    private List<Path> entries() {
        return Stream.of(first, added, last).flatMap(List::stream).toList();
    }

    /** Notes an entry; false if it was there. */
    boolean add(Path entry) {
        return !added.contains(entry) && added.add(entry);
    }

    /** Puts the entries in their order again, after the compiler appended one. */
    void apply() {
        if (files != null) {
            apply(files);
        }
    }

    private void apply(StandardJavaFileManager manager) {
        try {
            manager.setLocationFromPaths(StandardLocation.CLASS_PATH, entries());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the notebook added, in order. */
    List<Path> added() {
        return List.copyOf(added);
    }
}
