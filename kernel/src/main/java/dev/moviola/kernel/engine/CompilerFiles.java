package dev.moviola.kernel.engine;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * The files of a session's compiler. Of the class path it opens only those jars that have the package which is asked for:
 * the compiler's own files open all of them at once, which takes longer than a first cell.
 */
final class CompilerFiles extends ForwardingJavaFileManager<StandardJavaFileManager>
        implements StandardJavaFileManager {
    private final Supplier<List<Path>> classPath;
    private final PackageIndex index;
    private final BooleanSupplier extended;
    private final Map<Path, StandardJavaFileManager> opened = new ConcurrentHashMap<>();

    /**
     * Files of a compiler.
     *
     * @param extended whether the notebook added anything to the class path
     */
    CompilerFiles(
            StandardJavaFileManager files,
            Supplier<List<Path>> classPath,
            PackageIndex index,
            BooleanSupplier extended) {
        super(files);
        this.extended = extended;
        this.classPath = classPath;
        this.index = index;
    }

    private List<StandardJavaFileManager> having(String packageName) {
        List<Path> entries = classPath.get();
        index.learn(entries);
        return entries.stream()
                .filter(entry -> index.has(entry, packageName))
                .map(entry -> opened.computeIfAbsent(entry, CompilerFiles::open))
                .toList();
    }

    private static StandardJavaFileManager open(Path entry) {
        StandardJavaFileManager files = ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, null, null);
        String version = String.valueOf(Runtime.version().feature());
        files.handleOption("--multi-release", List.of(version).iterator());
        try {
            files.setLocationFromPaths(StandardLocation.CLASS_PATH, List.of(entry));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    @Override
    public Iterable<JavaFileObject> list(
            JavaFileManager.Location location, String packageName, Set<JavaFileObject.Kind> kinds, boolean recurse)
            throws IOException {
        if (location != StandardLocation.CLASS_PATH || recurse) {
            return super.list(location, packageName, kinds, recurse);
        }
        List<JavaFileObject> found = new ArrayList<>();
        for (StandardJavaFileManager files : having(packageName)) {
            files.list(location, packageName, kinds, false).forEach(found::add);
        }
        return found;
    }

    @Override
    public @Nullable JavaFileObject getJavaFileForInput(
            JavaFileManager.Location location, String className, JavaFileObject.Kind kind) throws IOException {
        if (location != StandardLocation.CLASS_PATH) {
            return super.getJavaFileForInput(location, className, kind);
        }
        for (StandardJavaFileManager files : having(className.substring(0, Math.max(0, className.lastIndexOf('.'))))) {
            JavaFileObject found = files.getJavaFileForInput(location, className, kind);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** Where the compiler looks for plugins: the kernel's own jars have none, and to look into all of them takes long. */
    @Override
    public @Nullable ClassLoader getClassLoader(JavaFileManager.Location location) {
        return location == StandardLocation.CLASS_PATH && !extended.getAsBoolean()
                ? ClassLoader.getPlatformClassLoader()
                : super.getClassLoader(location);
    }

    @Override
    public void close() throws IOException {
        for (StandardJavaFileManager files : opened.values()) {
            files.close();
        }
        super.close();
    }

    @Override
    public Iterable<? extends JavaFileObject> getJavaFileObjectsFromFiles(Iterable<? extends File> files) {
        return fileManager.getJavaFileObjectsFromFiles(files);
    }

    @Override
    public Iterable<? extends JavaFileObject> getJavaFileObjectsFromPaths(Collection<? extends Path> paths) {
        return fileManager.getJavaFileObjectsFromPaths(paths);
    }

    @Override
    public Iterable<? extends JavaFileObject> getJavaFileObjects(File... files) {
        return fileManager.getJavaFileObjects(files);
    }

    @Override
    public Iterable<? extends JavaFileObject> getJavaFileObjects(Path... paths) {
        return fileManager.getJavaFileObjects(paths);
    }

    @Override
    public Iterable<? extends JavaFileObject> getJavaFileObjectsFromStrings(Iterable<String> names) {
        return fileManager.getJavaFileObjectsFromStrings(names);
    }

    @Override
    public Iterable<? extends JavaFileObject> getJavaFileObjects(String... names) {
        return fileManager.getJavaFileObjects(names);
    }

    @Override
    public void setLocation(JavaFileManager.Location location, @Nullable Iterable<? extends File> files)
            throws IOException {
        fileManager.setLocation(location, files);
    }

    @Override
    public void setLocationFromPaths(JavaFileManager.Location location, Collection<? extends Path> paths)
            throws IOException {
        fileManager.setLocationFromPaths(location, paths);
    }

    @Override
    public void setLocationForModule(
            JavaFileManager.Location location, String moduleName, Collection<? extends Path> paths) throws IOException {
        fileManager.setLocationForModule(location, moduleName, paths);
    }

    @Override
    public @Nullable Iterable<? extends File> getLocation(JavaFileManager.Location location) {
        return fileManager.getLocation(location);
    }

    @Override
    public @Nullable Iterable<? extends Path> getLocationAsPaths(JavaFileManager.Location location) {
        return fileManager.getLocationAsPaths(location);
    }

    @Override
    public Path asPath(FileObject file) {
        return fileManager.asPath(file);
    }

    @Override
    public void setPathFactory(StandardJavaFileManager.PathFactory factory) {
        fileManager.setPathFactory(factory);
    }

    @Override
    public boolean handleOption(String current, Iterator<String> remaining) {
        return fileManager.handleOption(current, remaining);
    }
}
