package dev.moviola.kernel.dependency;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where libraries come from and go to.
 *
 * @param localRepository the folder in which fetched files are kept; null for the one of the user's settings, which is
 *     {@code ~/.m2/repository} unless they say otherwise
 * @param userHome whose {@code .m2/settings.xml} is read; null for the user who runs this
 * @param offline whether only what is in the local repository is used
 */
public record DependencyOptions(
        @Nullable Path localRepository, @Nullable Path userHome, boolean offline) {
    /** As Maven would do it for this user; the system property {@code maven.repo.local} names another folder. */
    public static DependencyOptions standard() {
        String local = System.getProperty("maven.repo.local");
        return new DependencyOptions(local == null ? null : Path.of(local), null, false);
    }
}
