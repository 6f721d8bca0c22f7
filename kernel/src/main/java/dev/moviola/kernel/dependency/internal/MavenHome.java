package dev.moviola.kernel.dependency.internal;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the installation of Maven whose global settings the user's own builds go by. */
public final class MavenHome {
    private MavenHome() {}

    /** The one that the environment names, else the one whose {@code mvn} is on the path. */
    public static Optional<Path> find() {
        return Stream.concat(
                        Stream.of("MAVEN_HOME", "M2_HOME")
                                .map(System::getenv)
                                .filter(value -> value != null && !value.isBlank())
                                .map(Path::of),
                        onPath())
                .filter(home -> Files.isDirectory(home.resolve("conf")))
                .findFirst();
    }

    private static Stream<Path> onPath() {
        String path = System.getenv("PATH");
        return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(path == null ? "" : path)
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder, "mvn"))
                .filter(Files::isExecutable)
                .flatMap(MavenHome::home);
    }

    private static Stream<Path> home(Path mvn) {
        try {
            Path bin = mvn.toRealPath().getParent();
            return bin == null || bin.getParent() == null ? Stream.empty() : Stream.of(bin.getParent());
        } catch (IOException e) {
            return Stream.empty();
        }
    }
}
