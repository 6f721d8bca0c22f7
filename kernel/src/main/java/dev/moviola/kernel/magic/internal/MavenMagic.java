package dev.moviola.kernel.magic.internal;

import dev.moviola.MoviolaException;
import dev.moviola.kernel.dependency.Dependencies;
import dev.moviola.kernel.dependency.DependencyOptions;
import dev.moviola.kernel.dependency.LibrarySources;
import dev.moviola.kernel.dependency.Resolution;
import dev.moviola.kernel.dependency.internal.PomText;
import dev.moviola.kernel.magic.Arguments;
import dev.moviola.kernel.magic.Magic;
import dev.moviola.kernel.magic.MagicContext;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Libraries from Maven repositories, in the spellings of IJava, rapaio and JBang. */
public final class MavenMagic implements Magic, LibrarySources {
    private static final Map<String, String> HELP = new TreeMap<>(Map.of(
            "maven", "adds libraries and what they need: group:artifact:version …, --offline for local ones only",
            "addMavenDependency", "the same as %maven",
            "addMavenDependencies", "the same as %maven",
            "mavenRepo", "asks one more repository: NAME URL",
            "addMavenRepo", "the same as %mavenRepo",
            "loadFromPOM", "adds what a POM depends on: FILE [SCOPE …], or pieces of a POM below it",
            "dependency", "rapaio's: /add group:artifact:version, /add-repo NAME URL, /list, /resolve",
            "DEPS", "JBang's: adds libraries, as %maven",
            "REPOS", "JBang's: asks more repositories, as NAME=URL, URL or a known name"));

    /** Names that JBang gives to well-known repositories; those without an address are always there. */
    private static final Map<String, String> KNOWN = Map.of(
            "mavencentral", "",
            "central", "",
            "mavenlocal", "",
            "google", "https://maven.google.com/",
            "jitpack", "https://jitpack.io/",
            "redhat", "https://maven.repository.redhat.com/ga/",
            "central-portal-snapshots", "https://central.sonatype.com/repository/maven-snapshots/");

    /** What rapaio takes for when to ask a repository; here Maven's settings say so. */
    private static final Pattern POLICY = Pattern.compile("(?i)(?:release|snapshot)\\|[\\w:]+");

    private final Dependencies dependencies = new Dependencies(DependencyOptions.standard());

    @Override
    public Set<String> names() {
        return HELP.keySet();
    }

    @Override
    public boolean onCell() {
        return true;
    }

    @Override
    public String summary() {
        return "libraries from Maven repositories";
    }

    @Override
    public String summary(String name) {
        return HELP.getOrDefault(name, summary());
    }

    @Override
    public @Nullable Object execute(String name, String arguments, @Nullable String body, MagicContext context)
            throws Exception {
        List<String> words = new ArrayList<>(Arguments.split(
                (arguments + (body == null || name.equals("loadFromPOM") ? "" : "\n" + body)).replace(',', ' ')));
        boolean offline = words.removeIf(word -> word.equals("--offline") || word.equals("-o"));
        switch (name) {
            case "mavenRepo", "addMavenRepo" -> repositoryByName(words);
            case "REPOS" -> words.forEach(this::repository);
            case "dependency" -> rapaio(words, offline, context);
            case "loadFromPOM" -> pom(words, body, offline, context);
            default -> artifacts(words, offline, context);
        }
        return null;
    }

    @Override
    public Optional<Path> of(Path jar) {
        return dependencies.of(jar);
    }

    private void artifacts(List<String> words, boolean offline, MagicContext context) throws InterruptedException {
        if (words.isEmpty()) {
            throw new MoviolaException("there must be at least one artifact, as group:artifact:version");
        }
        join(dependencies.add(words, offline, context.out()::println), context);
    }

    private void repositoryByName(List<String> words) {
        if (words.size() == 1) {
            repository(words.get(0));
        } else if (words.size() == 2) {
            dependencies.repository(words.get(0), words.get(1));
        } else {
            throw new MoviolaException("a repository is added by NAME URL, but there were " + words.size() + " words");
        }
    }

    private void repository(String word) {
        int equals = word.indexOf('=');
        String known = KNOWN.get(word.toLowerCase(Locale.ROOT));
        if (known != null) {
            if (!known.isEmpty()) {
                dependencies.repository(word.toLowerCase(Locale.ROOT), known);
            }
        } else if (equals > 0 && word.substring(0, equals).matches("[\\w.-]+")) {
            dependencies.repository(word.substring(0, equals), word.substring(equals + 1));
        } else if (word.contains(":") || word.contains("/")) {
            String host = word.contains("://") ? URI.create(word).getHost() : null;
            dependencies.repository(host == null ? "notebook" : host, word);
        } else {
            throw new MoviolaException("there is no known repository " + word + "; write NAME=URL, or one of "
                    + String.join(", ", new TreeMap<>(KNOWN).keySet()));
        }
    }

    private void rapaio(List<String> words, boolean offline, MagicContext context) throws InterruptedException {
        String verb = words.isEmpty() ? "" : words.get(0);
        List<String> rest = words.isEmpty() ? words : new ArrayList<>(words.subList(1, words.size()));
        switch (verb) {
            case "/add" -> {
                rest.remove("--optional");
                artifacts(rest, offline, context);
            }
            case "/add-repo" -> {
                rest.removeIf(word -> POLICY.matcher(word).matches());
                repositoryByName(rest);
            }
            case "/list", "/list-dependencies", "/list-artifacts" ->
                dependencies.libraries().forEach(context.out()::println);
            case "/list-repos" ->
                dependencies.repositories().forEach((name, url) -> context.out().println(name + " " + url));
            case "/resolve" -> {
                // /add has resolved already
            }
            default ->
                throw new MoviolaException(
                        "%dependency takes /add, /add-repo, /list, /list-repos or /resolve, but was given \"" + verb
                                + "\"");
        }
    }

    private void pom(List<String> words, @Nullable String body, boolean offline, MagicContext context)
            throws IOException, InterruptedException {
        if (body == null && words.isEmpty()) {
            throw new MoviolaException("%loadFromPOM takes the file of a POM");
        }
        Set<String> scopes = new LinkedHashSet<>(body == null ? words.subList(1, words.size()) : words);
        if (scopes.isEmpty()) {
            scopes = Set.of("compile", "runtime", "import");
        }
        Path file = body == null ? Path.of(words.get(0)) : Files.createTempFile("notebook", ".pom");
        try {
            if (body != null) {
                Files.writeString(file, PomText.complete(body));
            } else if (Files.isDirectory(file)) {
                file = file.resolve("pom.xml");
            }
            join(dependencies.addPom(file, scopes, offline, context.out()::println), context);
        } finally {
            if (body != null) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static void join(Resolution resolution, MagicContext context) {
        context.addToClassPath(resolution.added());
        resolution.notes().forEach(context.err()::println);
        if (resolution.fetchedBytes() > 100_000) {
            context.out()
                    .printf(
                            Locale.ROOT,
                            "%d jars added, %.1f MB fetched%n",
                            resolution.added().size(),
                            resolution.fetchedBytes() / 1e6);
        }
    }
}
