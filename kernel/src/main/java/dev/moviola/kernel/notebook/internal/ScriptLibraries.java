package dev.moviola.kernel.notebook.internal;

import dev.moviola.MoviolaException;
import dev.moviola.kernel.dependency.Dependencies;
import dev.moviola.kernel.dependency.DependencyOptions;
import dev.moviola.kernel.dependency.internal.Coordinates;
import dev.moviola.kernel.dependency.internal.PomText;
import dev.moviola.kernel.magic.Arguments;
import dev.moviola.kernel.magic.CellParts.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.eclipse.aether.artifact.Artifact;

/** The libraries that magics ask for, as JBang's directives, and their jars. */
final class ScriptLibraries implements AutoCloseable {
    private final Dependencies dependencies = new Dependencies(DependencyOptions.standard());
    private final Set<String> libraries = new LinkedHashSet<>();
    private final Set<String> repositories = new LinkedHashSet<>();

    /** The words behind {@code //DEPS}. */
    List<String> libraries() {
        return List.copyOf(libraries);
    }

    /** The words behind {@code //REPOS}. */
    List<String> repositories() {
        return List.copyOf(repositories);
    }

    /**
     * Takes what a magic asks for.
     *
     * @return the jars that it adds
     */
    List<Path> take(Command command) throws InterruptedException {
        String body = command.body();
        List<String> words = new ArrayList<>(Arguments.split(
                (command.arguments() + "\n" + (body == null || pom(command) ? "" : body)).replace(',', ' ')));
        boolean offline = words.removeIf(word -> word.equals("--offline") || word.equals("-o"));
        words.remove("--optional");
        if (pom(command)) {
            return pom(body, words, offline);
        }
        String verb = command.name().equals("dependency") && !words.isEmpty() ? words.remove(0) : "";
        switch (command.name() + verb) {
            case "mavenRepo", "addMavenRepo", "dependency/add-repo" -> {
                if (words.size() == 2) {
                    repository(words.get(0) + "=" + words.get(1));
                } else {
                    words.forEach(this::repository);
                }
                return List.of();
            }
            case "REPOS" -> {
                words.forEach(this::repository);
                return List.of();
            }
            case "maven", "addMavenDependency", "addMavenDependencies", "DEPS", "dependency/add" -> {
                words.stream().map(ScriptLibraries::jbang).forEach(libraries::add);
                return dependencies.add(words, offline, line -> {}).added();
            }
            default -> {
                return List.of();
            }
        }
    }

    private static boolean pom(Command command) {
        return command.name().equals("loadFromPOM");
    }

    private void repository(String word) {
        repositories.add(word);
        int equals = word.indexOf('=');
        if (equals > 0) {
            dependencies.repository(word.substring(0, equals), word.substring(equals + 1));
        } else if (word.contains("://")) {
            dependencies.repository("notebook", word);
        } else if (word.toLowerCase(Locale.ROOT).equals("jitpack")) {
            dependencies.repository("jitpack", "https://jitpack.io/");
        } else if (word.toLowerCase(Locale.ROOT).equals("google")) {
            dependencies.repository("google", "https://maven.google.com/");
        }
    }

    /** As a script says it: the POM may be gone by then, so all that it brings is named. */
    private List<Path> pom(@org.jspecify.annotations.Nullable String body, List<String> words, boolean offline)
            throws InterruptedException {
        if (body == null && words.isEmpty()) {
            throw new MoviolaException("%loadFromPOM takes the file of a POM");
        }
        Set<String> scopes = new LinkedHashSet<>(body == null ? words.subList(1, words.size()) : words);
        if (scopes.isEmpty()) {
            scopes = Set.of("compile", "runtime", "import");
        }
        List<String> before = dependencies.libraries();
        List<Path> added;
        try {
            Path file = body == null ? Path.of(words.get(0)) : Files.createTempFile("notebook", ".pom");
            try {
                if (body != null) {
                    Files.writeString(file, PomText.complete(body));
                } else if (Files.isDirectory(file)) {
                    file = file.resolve("pom.xml");
                }
                added = dependencies.addPom(file, scopes, offline, line -> {}).added();
            } finally {
                if (body != null) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> brought = new ArrayList<>(dependencies.libraries());
        brought.removeAll(before);
        for (String each : brought) {
            String[] parts = each.split(":");
            libraries.add(parts.length == 4 ? parts[0] + ":" + parts[1] + ":" + parts[3] + ":" + parts[2] : each);
        }
        dependencies.repositories().forEach((name, url) -> repositories.add(name + "=" + url));
        return added;
    }

    private static String jbang(String word) {
        Artifact artifact = Coordinates.parse(word);
        return artifact.getGroupId() + ":" + artifact.getArtifactId()
                + (artifact.getVersion().isEmpty() ? "" : ":" + artifact.getVersion())
                + (artifact.getClassifier().isEmpty() ? "" : ":" + artifact.getClassifier())
                + (artifact.getExtension().equals("jar") ? "" : "@" + artifact.getExtension());
    }

    @Override
    public void close() {
        dependencies.close();
    }
}
