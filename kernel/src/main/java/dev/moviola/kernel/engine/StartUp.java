package dev.moviola.kernel.engine;

import java.util.List;

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

    private StartUp() {}
}
