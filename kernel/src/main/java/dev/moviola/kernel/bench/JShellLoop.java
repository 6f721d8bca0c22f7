package dev.moviola.kernel.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;

/** What JShell itself, in this process and one snippet after another, takes for a cell of declarations. */
public final class JShellLoop {
    private static final int WARM_UP = 80;
    private static final List<String> IMPORTS = Stream.of(
                    "io",
                    "math",
                    "net",
                    "nio.file",
                    "util",
                    "util.concurrent",
                    "util.function",
                    "util.prefs",
                    "util.regex",
                    "util.stream")
            .map(name -> "import java." + name + ".*;")
            .toList();

    private JShellLoop() {}

    /** Variables and methods in turn, all of other names. */
    static List<String> declarations(int count) {
        return IntStream.range(0, count)
                .mapToObj(i ->
                        i % 2 == 0 ? "int v" + i + " = " + i + ";" : "int f" + i + "(int x) { return x + " + i + "; }")
                .toList();
    }

    /** Prints the milliseconds for as many declarations as the only argument says. */
    public static void main(String[] arguments) {
        List<String> declarations = declarations(Integer.parseInt(arguments[0]));
        try (JShell shell = JShell.builder().executionEngine("local").build()) {
            IMPORTS.forEach(shell::eval);
            for (int i = 0; i < WARM_UP; i++) {
                shell.eval("int x = 1+1;");
            }
            long start = System.nanoTime();
            boolean declared = declarations.stream()
                    .flatMap(declaration -> shell.eval(declaration).stream())
                    .allMatch(event -> event.status() == Snippet.Status.VALID);
            double millis = (System.nanoTime() - start) / 1e6;
            if (!declared) {
                throw new IllegalStateException("JShell refused a declaration");
            }
            System.out.printf(Locale.ROOT, "%.1f%n", millis);
        }
    }
}
