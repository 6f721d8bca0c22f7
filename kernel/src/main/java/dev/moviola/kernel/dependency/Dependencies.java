package dev.moviola.kernel.dependency;

import dev.moviola.MoviolaException;
import dev.moviola.kernel.dependency.internal.Coordinates;
import dev.moviola.kernel.dependency.internal.JarCoordinates;
import dev.moviola.kernel.dependency.internal.MavenHome;
import dev.moviola.kernel.dependency.internal.Resolver;
import eu.maveniverse.maven.mima.context.Context;
import eu.maveniverse.maven.mima.context.ContextOverrides;
import eu.maveniverse.maven.mima.context.Runtimes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.util.artifact.SubArtifact;
import org.jspecify.annotations.Nullable;

/**
 * The libraries of one session.
 *
 * <p>Every request is resolved together with all earlier ones, so that there is one version of each library; a version
 * that is on the class path already stays. Settings, mirrors, credentials and the local repository are those of Maven.
 * Safe for use by many threads.
 */
public final class Dependencies implements LibrarySources, AutoCloseable {
    private static final long TICK_MILLIS = 1_000;
    private static final long SOURCES_MILLIS = 4_000;
    private static final List<String> DOCUMENTING = List.of("sources", "javadoc");

    private final DependencyOptions options;
    private final ThreadPoolExecutor worker;
    private final Map<String, Dependency> requested = new LinkedHashMap<>();
    private final Map<String, Dependency> managed = new LinkedHashMap<>();
    private final Map<String, Artifact> present = new LinkedHashMap<>();
    private final Map<String, RemoteRepository> repositories = new LinkedHashMap<>();
    private final Map<Path, Future<Optional<Path>>> sources = new ConcurrentHashMap<>();
    private @Nullable Context context;

    /** A session without libraries. */
    public Dependencies(DependencyOptions options) {
        this.options = options;
        worker = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
            Thread thread = new Thread(null, work, "moviola-dependencies");
            thread.setDaemon(true);
            thread.setContextClassLoader(Dependencies.class.getClassLoader());
            return thread;
        });
        // Threads that the first request started would belong to its cell, and end with it.
        worker.prestartCoreThread();
    }

    /**
     * Asks one more repository, after those that are there.
     *
     * @param name by which settings and messages know it
     * @param url its address; a path of a folder is one as well
     * @return the name under which it was added, another one if that name was taken by another address
     */
    public synchronized String repository(String name, String url) {
        if (!url.matches("(?i)(https?|file):.*") && url.contains("://")) {
            throw new MoviolaException("a repository must have an http, https or file address, but was " + url);
        }
        String address = url.matches("(?i)(https?|file):.*")
                ? url
                : Path.of(url).toAbsolutePath().normalize().toUri().toString();
        String free = name;
        for (int i = 2; taken(free, address); i++) {
            free = name + "-" + i;
        }
        repositories.put(free, new RemoteRepository.Builder(free, "default", address).build());
        return free;
    }

    private boolean taken(String name, String address) {
        RemoteRepository there = repositories.get(name);
        return name.equals("central") || there != null && !there.getUrl().equals(address);
    }

    /** The names and addresses of the repositories that were added. */
    public synchronized Map<String, String> repositories() {
        Map<String, String> all = new LinkedHashMap<>();
        repositories.forEach((name, repository) -> all.put(name, repository.getUrl()));
        return all;
    }

    /**
     * Resolves artifacts and all that they need.
     *
     * @param coordinates as {@link Coordinates#parse} reads them; one of packaging {@code pom} brings its dependencies
     *     and the versions that it manages
     * @param offline whether only the local repository is asked
     * @param progress told in a few words how far it is, about once a second, on the calling thread
     * @throws MoviolaException if one cannot be found or fetched; the session is then as before
     */
    public Resolution add(Collection<String> coordinates, boolean offline, Consumer<String> progress)
            throws InterruptedException {
        List<Artifact> artifacts = coordinates.stream().map(Coordinates::parse).toList();
        return perform(offline, progress, resolver -> resolver.artifacts(artifacts));
    }

    /**
     * Resolves what a POM depends on.
     *
     * @param scopes those of its dependencies that count
     * @param progress as for {@link #add}
     * @throws MoviolaException if the POM is broken, or something cannot be found or fetched
     */
    public Resolution addPom(Path pom, Set<String> scopes, boolean offline, Consumer<String> progress)
            throws InterruptedException {
        return perform(offline, progress, resolver -> resolver.pom(pom.toAbsolutePath(), scopes));
    }

    private Resolution perform(boolean offline, Consumer<String> progress, Work work) throws InterruptedException {
        Resolver.Transfers transfers = new Resolver.Transfers();
        return await(() -> resolve(offline, transfers, work), transfers, progress);
    }

    private interface Work {
        Resolver.Request request(Resolver resolver);
    }

    private synchronized Resolution resolve(boolean offline, Resolver.Transfers transfers, Work work) {
        Resolver resolver = new Resolver(context(), offline || options.offline(), repositories.values(), transfers);
        Resolver.Request asked = work.request(resolver);
        Map<String, Dependency> roots = new LinkedHashMap<>(requested);
        Map<String, Dependency> versions = new LinkedHashMap<>(managed);
        asked.managed()
                .forEach(dependency -> versions.putIfAbsent(Coordinates.key(dependency.getArtifact()), dependency));
        List<String> notes = new ArrayList<>();
        for (Dependency dependency : asked.roots()) {
            Dependency versioned = versioned(dependency, versions);
            String key = Coordinates.key(versioned.getArtifact());
            Artifact there = present.get(key);
            if (there != null
                    && !there.getVersion().equals(versioned.getArtifact().getVersion())) {
                notes.add(there.getArtifactId() + " " + there.getVersion() + " is on the class path already and stays; "
                        + versioned.getArtifact().getVersion() + " takes its place after a restart");
                continue;
            }
            roots.put(key, versioned);
        }
        // What code may have loaded by now cannot be replaced any more.
        present.forEach((key, artifact) -> versions.put(key, new Dependency(artifact, "compile")));
        List<Artifact> resolved = resolver.resolve(List.copyOf(roots.values()), List.copyOf(versions.values()));
        List<Path> added = new ArrayList<>();
        for (Artifact artifact : resolved) {
            if (artifact.getExtension().equals("pom") || present.containsKey(Coordinates.key(artifact))) {
                continue;
            }
            present.put(Coordinates.key(artifact), artifact);
            added.add(artifact.getFile().toPath());
        }
        requested.putAll(roots);
        asked.managed()
                .forEach(dependency -> managed.putIfAbsent(Coordinates.key(dependency.getArtifact()), dependency));
        asked.repositories().forEach(each -> repositories.putIfAbsent(each.getId(), each));
        return new Resolution(added, notes, transfers.bytes());
    }

    private static Dependency versioned(Dependency dependency, Map<String, Dependency> versions) {
        Artifact artifact = dependency.getArtifact();
        if (!artifact.getVersion().isEmpty()) {
            return dependency;
        }
        Dependency known = versions.get(Coordinates.key(artifact));
        if (known == null) {
            throw new MoviolaException("there is no version for " + artifact.getGroupId() + ":"
                    + artifact.getArtifactId() + "; add one, or add a BOM that manages it first");
        }
        return dependency.setArtifact(artifact.setVersion(known.getArtifact().getVersion()));
    }

    private Context context() {
        Context made = context;
        if (made == null) {
            ContextOverrides.Builder overrides = ContextOverrides.create().withUserSettings(true);
            MavenHome.find().ifPresent(overrides::withMavenSystemHomeOverride);
            if (options.localRepository() != null) {
                overrides.withLocalRepositoryOverride(options.localRepository());
            }
            if (options.userHome() != null) {
                overrides.withMavenUserHomeOverride(options.userHome().resolve(".m2"));
            }
            made = Runtimes.INSTANCE.getRuntime().create(overrides.build());
            context = made;
        }
        return made;
    }

    private Resolution await(Callable<Resolution> work, Resolver.Transfers transfers, Consumer<String> progress)
            throws InterruptedException {
        Future<Resolution> future = worker.submit(work);
        try {
            while (true) {
                try {
                    return future.get(TICK_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    progress.accept(transfers.text());
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof MoviolaException known) {
                throw known;
            }
            throw new MoviolaException("the dependencies cannot be resolved: " + e.getCause(), e.getCause());
        } finally {
            future.cancel(true);
        }
    }

    @Override
    public Optional<Path> of(Path jar) {
        Path library = jar.toAbsolutePath().normalize();
        Future<Optional<Path>> found = sources.computeIfAbsent(library, key -> worker.submit(() -> fetchSources(key)));
        try {
            return found.get(SOURCES_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private Optional<Path> fetchSources(Path jar) {
        for (String classifier : DOCUMENTING) {
            Path beside = jar.resolveSibling(
                    String.valueOf(jar.getFileName()).replaceFirst("\\.jar$", "-" + classifier + ".jar"));
            if (!beside.equals(jar) && Files.isRegularFile(beside)) {
                return Optional.of(beside);
            }
        }
        Optional<Artifact> artifact = known(jar).or(() -> JarCoordinates.of(jar));
        if (artifact.isEmpty()) {
            return Optional.empty();
        }
        Resolver resolver = resolver();
        return DOCUMENTING.stream()
                .flatMap(classifier -> resolver.file(new SubArtifact(artifact.get(), classifier, "jar")).stream())
                .findFirst();
    }

    private synchronized Optional<Artifact> known(Path jar) {
        return present.values().stream()
                .filter(artifact -> artifact.getFile() != null
                        && artifact.getFile()
                                .toPath()
                                .toAbsolutePath()
                                .normalize()
                                .equals(jar))
                .findFirst();
    }

    private synchronized Resolver resolver() {
        return new Resolver(context(), options.offline(), repositories.values(), new Resolver.Transfers());
    }

    /** Group, artifact and version of each library that is there. */
    public synchronized List<String> libraries() {
        return present.values().stream()
                .map(artifact -> artifact.getGroupId() + ":" + artifact.getArtifactId() + ":"
                        + (artifact.getClassifier().isEmpty() ? "" : artifact.getClassifier() + ":")
                        + artifact.getVersion())
                .collect(Collectors.toUnmodifiableList());
    }

    @Override
    public synchronized void close() {
        worker.shutdownNow();
        if (context != null) {
            context.close();
        }
    }
}
