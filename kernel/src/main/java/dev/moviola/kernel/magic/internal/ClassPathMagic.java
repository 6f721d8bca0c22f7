package dev.moviola.kernel.magic.internal;

import dev.moviola.MoviolaException;
import dev.moviola.kernel.magic.Arguments;
import dev.moviola.kernel.magic.Magic;
import dev.moviola.kernel.magic.MagicContext;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code %classpath} and {@code %jars}: jars and folders of this machine, also by patterns. */
public final class ClassPathMagic implements Magic {
    private static final int DEEPEST = 32;

    @Override
    public Set<String> names() {
        return Set.of("classpath", "jars", "jar");
    }

    @Override
    public String summary() {
        return "adds jars and folders of classes; * ? ** {a,b} match; without any, lists those added";
    }

    @Override
    public boolean showsResult() {
        return false;
    }

    @Override
    public @Nullable Object execute(String name, String arguments, @Nullable String body, MagicContext context)
            throws Exception {
        List<String> words = Arguments.split(arguments);
        String verb = words.size() < 3 ? "" : words.get(0) + " " + words.get(1);
        switch (verb) {
            // BeakerX's spellings.
            case "add jar" -> words = words.subList(2, words.size());
            case "add mvn" -> {
                return context.magic("maven", String.join(":", words.subList(2, words.size())), null);
            }
            case "config resolver" -> {
                return context.magic("mavenRepo", Arguments.join(words.subList(2, words.size())), null);
            }
            default -> {
                // What follows is the paths.
            }
        }
        if (words.isEmpty()) {
            context.classPath().forEach(context.out()::println);
        }
        Set<Path> entries = new LinkedHashSet<>();
        for (String word : words) {
            List<Path> found = find(word);
            if (found.isEmpty()) {
                // As in IJava, what is missing here stops a notebook only where it is needed.
                context.err()
                        .println("nothing on this machine matches " + word + " from "
                                + Path.of("").toAbsolutePath());
            }
            entries.addAll(found);
        }
        context.addToClassPath(entries);
        return entries.stream().map(Path::toAbsolutePath).map(Path::toString).toList();
    }

    private static List<Path> find(String word) {
        String pattern = word.replaceFirst("^~(?=/|$)", System.getProperty("user.home"));
        if (!pattern.matches(".*[*?{\\[].*")) {
            Path path = Path.of(pattern);
            return Files.exists(path) ? List.of(path) : List.of();
        }
        Path start = Path.of(pattern.startsWith("/") ? "/" : "");
        List<String> rest = new ArrayList<>();
        for (String part : pattern.split("/")) {
            if (rest.isEmpty() && !part.matches(".*[*?{\\[].*")) {
                start = part.isEmpty() ? start : start.resolve(part);
            } else {
                rest.add(part);
            }
        }
        return walk(start, String.join("/", rest));
    }

    private static List<Path> walk(Path start, String pattern) {
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
        int depth = pattern.contains("**") ? DEEPEST : pattern.split("/").length;
        if (!Files.isDirectory(start)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(start, depth)) {
            return files.filter(file -> !file.equals(start) && matcher.matches(start.relativize(file)))
                    .filter(file -> Files.isDirectory(file) || file.toString().matches("(?i).*\\.(jar|zip)"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new MoviolaException(start + " cannot be searched: " + e.getMessage(), e);
        }
    }
}
