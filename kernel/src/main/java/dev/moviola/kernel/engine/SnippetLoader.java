package dev.moviola.kernel.engine;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Defines the classes of snippets, with checks for a stop woven in. */
final class SnippetLoader extends URLClassLoader {
    static {
        registerAsParallelCapable();
    }

    private final Map<String, byte[]> declared = new ConcurrentHashMap<>();

    SnippetLoader(ClassLoader parent) {
        super("snippets", new URL[0], parent);
    }

    void declare(String name, byte[] bytes) {
        declared.put(name, bytes);
    }

    void add(Path entry) throws MalformedURLException {
        addURL(entry.toUri().toURL());
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
}
