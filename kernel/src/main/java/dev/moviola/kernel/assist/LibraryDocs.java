package dev.moviola.kernel.assist;

import dev.moviola.kernel.dependency.LibrarySources;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** The Javadoc of libraries, from the jars that document them. Safe for use by many threads. */
final class LibraryDocs {
    private static final int LARGEST = 4 << 20;
    private static final String INHERITED = "{@inheritDoc}";
    private static final Path JDK_SOURCES = Path.of(System.getProperty("java.home"), "lib", "src.zip");

    private final LibrarySources sources;
    private final TypeIndex types;
    private final Supplier<ClassLoader> loader;

    /**
     * Javadoc of libraries.
     *
     * @param loader what the session's code sees, to learn from whom a method inherits its comment
     */
    LibraryDocs(LibrarySources sources, TypeIndex types, Supplier<ClassLoader> loader) {
        this.sources = sources;
        this.types = types;
        this.loader = loader;
    }

    /**
     * The Javadoc of what a signature is about; null if it is of no library, or not documented.
     *
     * @param imports the full names that the session imports, those of packages with a star
     * @param added the jars of the notebook
     */
    @Nullable
    String javadoc(String signature, Collection<String> imports, Collection<Path> added) {
        Optional<MemberName> name = MemberName.of(signature);
        if (name.isEmpty()) {
            return null;
        }
        MemberName wanted = name.get();
        Map<String, Path> candidates = new LinkedHashMap<>();
        jars(added).forEach(jar -> named(jar, wanted).forEach(type -> candidates.putIfAbsent(type, jar)));
        String best = candidates.keySet().stream()
                .filter(type -> imports.contains(type) || imports.contains(packageOf(type) + ".*"))
                .findFirst()
                .orElse(candidates.keySet().stream().findFirst().orElse(null));
        Path library = best == null ? null : candidates.get(best);
        if (best == null || library == null) {
            return null;
        }
        Optional<String> own = sources.of(library).flatMap(jar -> read(jar, best, wanted));
        boolean inherits = wanted.parameters() != null && !MemberName.CONSTRUCTOR.equals(wanted.member());
        if (!inherits || own.isPresent() && !own.get().contains(INHERITED)) {
            return own.orElse(null);
        }
        Optional<String> inherited = inherited(best, wanted);
        return own.map(text -> text.replace(INHERITED, inherited.orElse("")).strip())
                .or(() -> inherited)
                .filter(text -> !text.isEmpty())
                .orElse(null);
    }

    /** The comment of the method above a method that has none of its own. */
    private Optional<String> inherited(String type, MemberName wanted) {
        String nested =
                String.join("$", wanted.types().subList(1, wanted.types().size()));
        return Supertypes.of(nested.isEmpty() ? type : type + "$" + nested, loader.get()).stream()
                .map(above -> above(above, wanted))
                .flatMap(Optional::stream)
                .filter(text -> !text.contains(INHERITED))
                .findFirst();
    }

    private Optional<String> above(Supertypes.Type above, MemberName wanted) {
        List<String> simple = List.of(
                above.name().substring(above.name().lastIndexOf('.') + 1).split("\\$"));
        MemberName there = new MemberName(packageOf(above.name()), simple, wanted.member(), wanted.parameters());
        String outermost = there.home().isEmpty() ? simple.get(0) : there.home() + "." + simple.get(0);
        if (above.module() != null) {
            return JDK_SOURCES.toFile().isFile()
                    ? read(JDK_SOURCES, above.module() + "/", outermost, there)
                    : Optional.empty();
        }
        return Optional.ofNullable(above.jar()).flatMap(sources::of).flatMap(jar -> read(jar, outermost, there));
    }

    private static Stream<Path> jars(Collection<Path> added) {
        Stream<Path> own = Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(System.getProperty("java.class.path", ""))
                .map(Path::of);
        return Stream.concat(added.stream(), own).filter(path -> path.toString().endsWith(".jar"));
    }

    private List<String> named(Path jar, MemberName wanted) {
        String simple = wanted.types().get(0);
        return types.of(jar).stream()
                .filter(type -> type.endsWith("." + simple))
                .filter(type -> wanted.home().isEmpty() || packageOf(type).equals(wanted.home()))
                .toList();
    }

    private static String packageOf(String type) {
        return type.substring(0, Math.max(0, type.lastIndexOf('.')));
    }

    private static Optional<String> read(Path jar, String type, MemberName wanted) {
        return read(jar, "", type, wanted);
    }

    private static Optional<String> read(Path jar, String folder, String type, MemberName wanted) {
        boolean pages = jar.toString().endsWith("-javadoc.jar");
        String inner = pages ? String.join(".", wanted.types()) : wanted.types().get(0);
        String entry = folder + packageOf(type).replace('.', '/') + "/" + inner + (pages ? ".html" : ".java");
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            ZipEntry found = zip.getEntry(entry);
            if (found == null) {
                return Optional.empty();
            }
            try (InputStream in = zip.getInputStream(found)) {
                String text = new String(in.readNBytes(LARGEST), StandardCharsets.UTF_8);
                return pages ? JavadocPage.comment(text, wanted) : SourceComments.comment(text, wanted);
            }
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
