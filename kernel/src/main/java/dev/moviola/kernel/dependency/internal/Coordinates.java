package dev.moviola.kernel.dependency.internal;

import dev.moviola.MoviolaException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.ArtifactProperties;
import org.eclipse.aether.artifact.DefaultArtifact;

/** Reads artifacts as Maven, IJava and JBang write them. */
public final class Coordinates {
    private static final Pattern PART = Pattern.compile("[\\w.+\\-\\[\\](),$]+");
    private static final Pattern VERSION = Pattern.compile("[\\d\\[(].*|LATEST|RELEASE|v\\d.*");
    private static final Pattern TYPE = Pattern.compile(
            "jar|bundle|test-jar|pom|maven-plugin|ejb|java-source|javadoc|zip|war|eclipse-plugin|so|dll");

    /** Packagings whose file has another ending, or a classifier of its own: packaging to ending and classifier. */
    private static final Map<String, List<String>> PACKAGINGS = Map.of(
            "bundle", List.of("jar", ""),
            "maven-plugin", List.of("jar", ""),
            "ejb", List.of("jar", ""),
            "eclipse-plugin", List.of("jar", ""),
            "test-jar", List.of("jar", "tests"),
            "java-source", List.of("jar", "sources"),
            "javadoc", List.of("jar", "javadoc"));

    private Coordinates() {}

    /**
     * The artifact that {@code text} names: {@code group:artifact}, {@code group:artifact:version}, {@code
     * group:artifact:packaging:version}, {@code group:artifact:packaging:classifier:version} or {@code
     * group:artifact:version:classifier}, each with {@code @packaging} behind it where JBang allows it. The version is
     * empty if it is left to a BOM.
     */
    public static Artifact parse(String text) {
        String type = "jar";
        String main = text;
        int at = text.lastIndexOf('@');
        if (at >= 0) {
            type = text.substring(at + 1);
            main = text.substring(0, at);
        }
        String[] parts = main.split(":", -1);
        boolean plain = parts.length >= 2 && parts.length <= 5 && !type.isEmpty();
        for (String part : parts) {
            plain = plain && PART.matcher(part).matches();
        }
        if (!plain) {
            throw new MoviolaException("an artifact must look like group:artifact:version or"
                    + " group:artifact:packaging:classifier:version, but was \"" + text + "\"");
        }
        String version = parts.length == 2 ? "" : parts[parts.length - 1];
        String classifier = "";
        if (parts.length == 4
                && !TYPE.matcher(parts[2]).matches()
                && VERSION.matcher(parts[2]).matches()) {
            version = parts[2];
            classifier = parts[3];
        } else if (parts.length >= 4) {
            type = parts[2];
            classifier = parts.length == 5 ? parts[3] : "";
        }
        List<String> packaging = PACKAGINGS.getOrDefault(type, List.of(type, ""));
        return new DefaultArtifact(
                parts[0],
                parts[1],
                classifier.isEmpty() ? packaging.get(1) : classifier,
                packaging.get(0),
                version,
                Map.of(ArtifactProperties.TYPE, type),
                (java.io.File) null);
    }

    /** Group, artifact, classifier and ending: what there can be one version of on a class path. */
    public static String key(Artifact artifact) {
        return artifact.getGroupId() + ":" + artifact.getArtifactId() + ":" + artifact.getExtension() + ":"
                + artifact.getClassifier();
    }
}
