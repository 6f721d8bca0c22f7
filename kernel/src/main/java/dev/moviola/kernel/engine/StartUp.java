package dev.moviola.kernel.engine;

import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What every session knows before its first cell. */
final class StartUp {
    /** The imports of jshell's default start-up, and the functions of the notebook. */
    static final List<String> LINES = List.of(
            "import java.io.*;",
            "import java.math.*;",
            "import java.net.*;",
            "import java.nio.file.*;",
            "import java.util.*;",
            "import java.util.concurrent.*;",
            "import java.util.function.*;",
            "import java.util.prefs.*;",
            "import java.util.regex.*;",
            "import java.util.stream.*;",
            "import static dev.moviola.kernel.Notebook.*;");

    private static final Pattern WORD = Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$]*+");

    private static final Set<String> KNOWN_ANYWAY = Set.of(
            "String", "System", "Math", "Object", "Integer", "Long", "Double", "Boolean", "Character", "StringBuilder");

    /** The functions of the notebook. */
    static final Set<String> FUNCTIONS = Set.of(
            "cellMagic",
            "clearOutput",
            "comms",
            "context",
            "display",
            "eval",
            "input",
            "lineMagic",
            "password",
            "render",
            "updateDisplay");

    private StartUp() {}

    /** Whether {@code code} might mean something else without these imports: it may name a type or a function of theirs. */
    static boolean mayMatter(String code) {
        return code.contains("\\u")
                || WORD.matcher(code)
                        .results()
                        .map(MatchResult::group)
                        .anyMatch(word -> FUNCTIONS.contains(word)
                                || !Character.isLowerCase(word.charAt(0)) && !KNOWN_ANYWAY.contains(word));
    }
}
