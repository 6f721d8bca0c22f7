package dev.moviola.kernel.engine;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * Defines the classes of snippets, with checks for a stop woven in, and decides which copy of a library they see.
 *
 * <p>The JDK comes first. The packages {@link ClassPath#shared shared} with the kernel come from the kernel. A package
 * of a jar that the notebook added comes from there and from nowhere else, so that two versions of a library never mix.
 * Everything else comes from the kernel's class path, except for what only the kernel itself {@link ClassPath#hidden
 * uses}.
 */
final class SnippetLoader extends URLClassLoader {
    private static final String SERVICES = "META-INF/services/";
    private static final ClassLoader JDK = ClassLoader.getPlatformClassLoader();

    static {
        registerAsParallelCapable();
    }

    private final Map<String, byte[]> declared = new ConcurrentHashMap<>();
    private final Set<String> packages = ConcurrentHashMap.newKeySet();

    SnippetLoader(ClassLoader parent) {
        super("snippets", new URL[0], parent);
    }

    void declare(String name, byte[] bytes) {
        declared.put(name, bytes);
    }

    void add(Path entry) throws IOException {
        if (Files.isRegularFile(entry)) {
            try (JarFile jar = new JarFile(entry.toFile())) {
                jar.stream()
                        .filter(file -> file.getName().endsWith(".class"))
                        .map(file -> file.getName()
                                .substring(0, Math.max(0, file.getName().lastIndexOf('/'))))
                        .map(home -> home.replace('/', '.'))
                        .forEach(packages::add);
            }
        }
        addURL(entry.toUri().toURL());
    }

    private static String packageOf(String className) {
        return className.substring(0, Math.max(0, className.lastIndexOf('.')));
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            if (declared.containsKey(name)) {
                return findClass(name);
            }
            if (packages.contains(packageOf(name)) && !ClassPath.shared(name)) {
                return ofNotebook(name);
            }
            if (ClassPath.hidden(name)) {
                return findClass(name);
            }
            return super.loadClass(name, resolve);
        }
    }

    private Class<?> ofNotebook(String name) throws ClassNotFoundException {
        try {
            return JDK.loadClass(name);
        } catch (ClassNotFoundException e) {
            return findClass(name);
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = declared.remove(name);
        if (bytes == null) {
            return super.findClass(name);
        }
        byte[] woven = StopWeaver.weave(bytes);
        return defineClass(name, woven, 0, woven.length);
    }

    @Override
    public @Nullable URL getResource(String name) {
        URL own = findResource(name);
        return own != null ? own : super.getResource(name);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        List<URL> found = new ArrayList<>(Collections.list(findResources(name)));
        // Providers of the kernel's copy of an interface do not implement the notebook's copy of it.
        boolean ownService =
                name.startsWith(SERVICES) && packages.contains(packageOf(name.substring(SERVICES.length())));
        if (!ownService) {
            found.addAll(Collections.list(getParent().getResources(name)));
        }
        return Collections.enumeration(found);
    }
}
