package dev.moviola.kernel.assist;

import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a class extends and implements, in the order in which comments are inherited. Nothing of it is initialized. */
final class Supertypes {
    private static final int MOST = 64;

    private Supertypes() {}

    /**
     * A type and where it is declared.
     *
     * @param name its binary name
     * @param module the module of the JDK; null if it is of a library
     * @param jar the library; null if it is of the JDK, or of no jar
     */
    record Type(
            String name, @Nullable String module, @Nullable Path jar) {}

    /** The types above the class with that binary name; none if {@code loader} does not find it. */
    static List<Type> of(String name, ClassLoader loader) {
        try {
            Set<Class<?>> found = new LinkedHashSet<>();
            collect(Class.forName(name, false, loader), found);
            List<Type> types = new ArrayList<>();
            found.forEach(
                    type -> types.add(new Type(type.getName(), type.getModule().getName(), jar(type))));
            return types;
        } catch (ClassNotFoundException | LinkageError incomplete) {
            return List.of();
        }
    }

    /** Interfaces first, then the superclass and what is above it, as the javadoc tool looks for comments. */
    private static void collect(Class<?> type, Set<Class<?>> into) {
        List<Class<?>> above = new ArrayList<>(Arrays.asList(type.getInterfaces()));
        if (type.getSuperclass() != null) {
            above.add(type.getSuperclass());
        }
        for (Class<?> each : above) {
            if (into.size() < MOST && into.add(each)) {
                collect(each, into);
            }
        }
    }

    private static @Nullable Path jar(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null || type.getModule().isNamed()) {
            return null;
        }
        try {
            return Path.of(source.getLocation().toURI());
        } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException odd) {
            return null;
        }
    }
}
