package dev.moviola.kernel.install;

import dev.moviola.MoviolaException;
import java.nio.file.Path;
import java.util.List;

/**
 * What is to be installed.
 *
 * @param name the folder's name and the kernel's in Jupyter: ASCII letters, digits, {@code -}, {@code .} and {@code _}
 * @param displayName what a user reads in the launcher
 * @param java the java program that runs the kernel
 * @param jvmOptions options for it, after those that the kernel sets itself
 * @param jars the class path of the kernel
 * @param classPath further jars and folders that notebooks see from the start
 */
public record KernelPlan(
        String name, String displayName, Path java, List<String> jvmOptions, List<Path> jars, List<Path> classPath) {
    /** The name that is taken when none is given. */
    public static final String STANDARD_NAME = "moviola";

    /** Checks the rules. */
    public KernelPlan {
        if (!name.matches("[A-Za-z0-9._-]{1,100}") || name.matches("\\.+")) {
            throw new MoviolaException(
                    "the name of a kernel must be 1..100 ASCII letters, digits, -, . or _, but was \"" + name + "\"");
        }
        if (displayName.isBlank()) {
            throw new MoviolaException("the display name of a kernel must not be blank");
        }
        if (!java.toFile().canExecute() || java.toFile().isDirectory()) {
            throw new MoviolaException("--java must name a java program that can be run, but was " + java);
        }
        jvmOptions = List.copyOf(jvmOptions);
        for (String option : jvmOptions) {
            if (!option.startsWith("-")) {
                throw new MoviolaException("an option for the JVM must begin with -, but was \"" + option + "\"");
            }
        }
        jars = List.copyOf(jars);
        classPath = classPath.stream()
                .map(path -> path.toAbsolutePath().normalize())
                .toList();
        for (Path entry : classPath) {
            if (!entry.toFile().exists()) {
                throw new MoviolaException("--classpath must name jars and folders that exist, but has " + entry);
            }
        }
    }
}
