package dev.moviola.kernel.dependency.internal;

import dev.moviola.MoviolaException;
import eu.maveniverse.maven.mima.context.Context;
import eu.maveniverse.maven.mima.extensions.mmr.MavenModelReader;
import eu.maveniverse.maven.mima.extensions.mmr.ModelRequest;
import eu.maveniverse.maven.mima.extensions.mmr.ModelResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositoryException;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactDescriptorRequest;
import org.eclipse.aether.resolution.ArtifactDescriptorResult;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.eclipse.aether.resolution.DependencyResult;
import org.eclipse.aether.transfer.AbstractTransferListener;
import org.eclipse.aether.transfer.ArtifactNotFoundException;
import org.eclipse.aether.transfer.TransferEvent;
import org.eclipse.aether.util.artifact.JavaScopes;
import org.eclipse.aether.util.filter.DependencyFilterUtils;

/** One request to Maven's resolver. */
public final class Resolver {
    private static final Pattern CREDENTIALS = Pattern.compile("(://)[^/@\\s]+@");

    private final Context context;
    private final DefaultRepositorySystemSession session;
    private final List<RemoteRepository> repositories;

    /**
     * What is asked for.
     *
     * @param roots in order
     * @param managed versions for what has none and for what the roots depend on
     * @param repositories that the request brings along
     */
    public record Request(List<Dependency> roots, List<Dependency> managed, List<RemoteRepository> repositories) {}

    /** A request that may ask {@code further} repositories after those of the settings. */
    public Resolver(Context context, boolean offline, Collection<RemoteRepository> further, Transfers transfers) {
        this.context = context;
        session = new DefaultRepositorySystemSession(context.repositorySystemSession());
        session.setOffline(offline || session.isOffline());
        session.setTransferListener(transfers);
        session.setConfigProperty("aether.connector.connectTimeout", 10_000);
        session.setConfigProperty("aether.connector.requestTimeout", 60_000);
        session.setConfigProperty("aether.connector.http.retryHandler.count", 1);
        repositories = new ArrayList<>(context.remoteRepositories());
        repositories.addAll(context.repositorySystem().newResolutionRepositories(session, List.copyOf(further)));
    }

    /** A request for {@code artifacts}; a POM among them stands for what it depends on and manages. */
    public Request artifacts(List<Artifact> artifacts) {
        List<Dependency> roots = new ArrayList<>();
        List<Dependency> managed = new ArrayList<>();
        for (Artifact artifact : artifacts) {
            if (!artifact.getExtension().equals("pom")) {
                roots.add(new Dependency(artifact, JavaScopes.COMPILE));
                continue;
            }
            ArtifactDescriptorResult pom = describe(artifact);
            managed.addAll(pom.getManagedDependencies());
            roots.addAll(runtime(pom.getDependencies(), Set.of(JavaScopes.COMPILE, JavaScopes.RUNTIME)));
        }
        return new Request(roots, managed, List.of());
    }

    private static List<Dependency> runtime(List<Dependency> all, Set<String> scopes) {
        return all.stream()
                .filter(dependency ->
                        scopes.contains(dependency.getScope()) && !Boolean.TRUE.equals(dependency.getOptional()))
                .toList();
    }

    private ArtifactDescriptorResult describe(Artifact pom) {
        try {
            // The file first: a missing POM would otherwise pass for one that says nothing.
            context.repositorySystem().resolveArtifact(session, new ArtifactRequest(pom, repositories, "notebook"));
            return context.repositorySystem()
                    .readArtifactDescriptor(session, new ArtifactDescriptorRequest(pom, repositories, "notebook"));
        } catch (RepositoryException e) {
            throw failure(e);
        }
    }

    /** A request for what the POM in a file depends on. */
    public Request pom(Path file, Set<String> scopes) {
        if (!Files.isRegularFile(file)) {
            throw new MoviolaException("there is no file " + file);
        }
        try {
            ModelResponse model = new MavenModelReader(context)
                    .readModel(ModelRequest.builder()
                            .setPomFile(file)
                            .setRepositories(repositories)
                            .build());
            ArtifactDescriptorResult pom = model.toArtifactDescriptorResult(model.getEffectiveModel());
            List<RemoteRepository> brought = pom.getRepositories().stream()
                    .filter(each -> !each.getId().equals("central"))
                    .toList();
            repositories.addAll(context.repositorySystem().newResolutionRepositories(session, brought));
            return new Request(runtime(pom.getDependencies(), scopes), pom.getManagedDependencies(), brought);
        } catch (RepositoryException e) {
            throw failure(e);
        } catch (RuntimeException e) {
            throw new MoviolaException(file + " is not a usable POM: " + line(e), e);
        }
    }

    /** The files of {@code roots} and of all that they need, nearest versions first. */
    public List<Artifact> resolve(List<Dependency> roots, List<Dependency> managed) {
        // A scope such as provided would keep what was asked for by name off the class path.
        List<Dependency> asked =
                roots.stream().map(root -> root.setScope(JavaScopes.COMPILE)).toList();
        CollectRequest collect = new CollectRequest(asked, managed, repositories);
        try {
            DependencyResult result = context.repositorySystem()
                    .resolveDependencies(
                            session,
                            new DependencyRequest(collect, DependencyFilterUtils.classpathFilter(JavaScopes.RUNTIME)));
            return result.getArtifactResults().stream()
                    .map(ArtifactResult::getArtifact)
                    .toList();
        } catch (DependencyResolutionException e) {
            throw failure(e);
        }
    }

    /** The file of one artifact alone; empty if there is none. */
    public Optional<Path> file(Artifact artifact) {
        try {
            return Optional.of(context.repositorySystem()
                    .resolveArtifact(session, new ArtifactRequest(artifact, repositories, "notebook"))
                    .getArtifact()
                    .getFile()
                    .toPath());
        } catch (RepositoryException e) {
            return Optional.empty();
        }
    }

    private MoviolaException failure(RepositoryException thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof ArtifactNotFoundException missing) {
                String where = session.isOffline()
                        ? "the local repository, and this request is offline"
                        : repositories.stream()
                                .map(RemoteRepository::getId)
                                .distinct()
                                .collect(Collectors.joining(", "));
                return new MoviolaException(
                        "there is no " + missing.getArtifact() + " in " + where + "; check group, artifact and version",
                        thrown);
            }
        }
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return new MoviolaException(line(thrown) + (root == thrown ? "" : " (" + line(root) + ")"), thrown);
    }

    private static String line(Throwable thrown) {
        String message = String.valueOf(thrown.getMessage()).lines().findFirst().orElse("");
        return CREDENTIALS.matcher(message).replaceAll("$1");
    }

    /** Counts what is fetched. Safe for use by many threads. */
    public static final class Transfers extends AbstractTransferListener {
        private final AtomicInteger files = new AtomicInteger();
        private final AtomicLong bytes = new AtomicLong();
        private volatile String latest = "";

        @Override
        public void transferProgressed(TransferEvent event) {
            bytes.addAndGet(event.getDataLength());
            latest = event.getResource().getResourceName();
        }

        @Override
        public void transferSucceeded(TransferEvent event) {
            files.incrementAndGet();
        }

        /** How many bytes were fetched so far. */
        public long bytes() {
            return bytes.get();
        }

        /** How far it is. */
        public String text() {
            String name = latest.substring(latest.lastIndexOf('/') + 1);
            return String.format(
                    Locale.ROOT,
                    "fetching: %d files, %.1f MB so far%s",
                    files.get(),
                    bytes.get() / 1e6,
                    name.isEmpty() ? "" : ", now " + name);
        }
    }
}
