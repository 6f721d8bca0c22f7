package dev.moviola.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Compares the notices with the dependencies that the build has resolved. */
class ThirdPartyNoticesTest {
    private static final Pattern RESOLVED =
            Pattern.compile("(?m)^ +([^: ]+):([^: ]+):[^: ]+:(?:[^: ]+:)?([^: ]+):(?:compile|runtime)");
    private static final Pattern NOTICE = Pattern.compile("(?m)^\\| ([^: |]+):([^: |]+) \\| ([^ |]+) \\| [^|]+ \\|$");

    @Test
    void everyRuntimeDependencyIsNamedWithItsVersionAndLicence() throws IOException {
        Set<String> resolved = names(RESOLVED, Path.of("target", "runtime-dependencies.txt"));
        Set<String> noticed = names(NOTICE, Path.of("..", "THIRD-PARTY-NOTICES.md"));

        assertThat(resolved).hasSizeGreaterThan(10);
        assertThat(noticed).isEqualTo(resolved);
    }

    private static Set<String> names(Pattern pattern, Path file) throws IOException {
        Set<String> names = new TreeSet<>();
        Matcher matcher = pattern.matcher(Files.readString(file));
        while (matcher.find()) {
            names.add(matcher.group(1) + ":" + matcher.group(2) + " " + matcher.group(3));
        }
        return names;
    }
}
