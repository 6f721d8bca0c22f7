package dev.moviola.kernel.assist;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** The full names of the types of libraries and of the JDK. Safe for use by many threads. */
final class TypeIndex {
    private static final int MOST = 50;

    private final Map<Path, Set<String>> jars = new ConcurrentHashMap<>();
    private @Nullable Set<String> platform;

    /** The outermost types of a jar; none if it cannot be read. */
    Set<String> of(Path jar) {
        return jars.computeIfAbsent(jar, TypeIndex::read);
    }

    /** Types of the JDK's packages that begin with java and of the jars, by the beginning of their simple name. */
    Set<String> beginningWith(String prefix, Collection<Path> libraries) {
        return Stream.concat(platform().stream(), libraries.stream().flatMap(jar -> of(jar).stream()))
                .filter(type -> type.startsWith(prefix, type.lastIndexOf('.') + 1))
                .sorted()
                .limit(MOST)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private synchronized Set<String> platform() {
        Set<String> known = platform;
        if (known == null) {
            known = new TreeSet<>();
            for (ModuleReference module : ModuleFinder.ofSystem().findAll()) {
                if (module.descriptor().name().startsWith("java.")) {
                    exported(module, known);
                }
            }
            platform = known;
        }
        return known;
    }

    private static void exported(ModuleReference module, Set<String> into) {
        Set<String> packages = module.descriptor().exports().stream()
                .filter(exports -> !exports.isQualified())
                .map(ModuleDescriptor.Exports::source)
                .filter(name -> name.startsWith("java."))
                .collect(Collectors.toSet());
        try (ModuleReader reader = module.open();
                Stream<String> entries = reader.list()) {
            types(entries)
                    .filter(type -> packages.contains(type.substring(0, Math.max(0, type.lastIndexOf('.')))))
                    .forEach(into::add);
        } catch (IOException e) {
            // what cannot be listed is not suggested
        }
    }

    private static Set<String> read(Path jar) {
        if (!Files.isRegularFile(jar)) {
            return Set.of();
        }
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return types(zip.stream().map(ZipEntry::getName)).collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            return Set.of();
        }
    }

    private static Stream<String> types(Stream<String> entries) {
        return entries.filter(entry -> entry.endsWith(".class") && entry.indexOf('$') < 0 && entry.indexOf('-') < 0)
                .map(entry ->
                        entry.substring(0, entry.length() - ".class".length()).replace('/', '.'));
    }
}
