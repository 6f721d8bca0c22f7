package dev.moviola.kernel.dependency.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;

/** What a jar says that Maven has built it from. */
public final class JarCoordinates {
    private static final String PROPERTIES = "META-INF/maven/[^/]+/[^/]+/pom.properties";

    private JarCoordinates() {}

    /** The artifact that a jar says it is; empty if it does not say, or is made of several. */
    public static Optional<Artifact> of(Path jar) {
        try (JarFile file = new JarFile(jar.toFile())) {
            List<JarEntry> entries = file.stream()
                    .filter(entry -> entry.getName().matches(PROPERTIES))
                    .limit(2)
                    .toList();
            if (entries.size() != 1) {
                return Optional.empty();
            }
            Properties properties = new Properties();
            try (InputStream in = file.getInputStream(entries.get(0))) {
                properties.load(in);
            }
            String group = properties.getProperty("groupId", "");
            String name = properties.getProperty("artifactId", "");
            String version = properties.getProperty("version", "");
            return group.isEmpty() || name.isEmpty() || version.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new DefaultArtifact(group, name, "jar", version));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
