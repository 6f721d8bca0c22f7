package dev.moviola.kernel.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.execution.LocalExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompilerPassesTest {
    private static final List<String> SNIPPETS = List.of(
            "import java.util.*;",
            "import java.util.stream.*;",
            "int x = 1 + 1;",
            "x + 1",
            "var list = List.of(1, 2, 3);",
            "int f(int a) { return g(a) + 1; }",
            "int g(int a) { return a * 2; }",
            "f(3)",
            "enum Side { LEFT, RIGHT { int sign() { return 1; } }; int sign() { return -1; } }",
            "int of(Side side) { switch (side) { case LEFT: return 1; default: return 2; } }",
            "of(Side.RIGHT)",
            "record Point(int x, String label) {}",
            "new Point(1, \"a\")",
            "sealed interface Shape permits Disc, Box {}",
            "final class Disc implements Shape {}",
            "final class Box implements Shape {}",
            "list.stream().map(i -> i + x).collect(Collectors.toList())",
            "Runnable task = new Runnable() { public void run() { x++; } };",
            "task.run()",
            "for (int i = 0; i < 3; i++) { x += i; }",
            "int x = 5;",
            "String x = \"text\";",
            "x",
            "class Outer { int v = 1; class Inner { int w = v; } static int s() { return new Object() { int z = 4; }.z; } }",
            "new Outer().new Inner().w",
            "Outer.s()",
            "class Outer { int v = 2; }",
            "<T extends Comparable<T>> T most(List<T> of) { T m = of.get(0); for (T t : of) { if (t.compareTo(m) > 0) { m = t; } } return m; }",
            "most(List.of(3, 9, 2))",
            "String either(Object o) { return o instanceof String s ? s : \"none\"; }",
            "either(3)",
            "int length = switch (x.length()) { case 1 -> 10; default -> 20; };",
            "int wrong = \"text\";",
            "missing()",
            "try { throw new IllegalStateException(\"thrown\"); } catch (IllegalStateException e) { x = e.getMessage(); }",
            "var anonymous = new Object() { int q = 5; };",
            "anonymous.q",
            "int a1 = 1, b1 = 2, c1;",
            "import static java.lang.Math.*;",
            "abs(-3)",
            "interface Default { default int d() { return 7; } }",
            "new Default() {}.d()",
            "@FunctionalInterface interface Two { int of(int a, int b); }",
            "Two add = (a, b) -> a + b;",
            "add.of(1, 2)",
            "int[] numbers = {1, 2, 3};",
            "numbers[1]",
            "synchronized (list) { x.length(); }",
            "long factorial(int n) { return n < 2 ? 1 : n * factorial(n - 1); }",
            "factorial(10)",
            "List raw = new ArrayList();",
            "raw.add(1)",
            "throw new IllegalStateException(\"end\")",
            "x.length()");

    @TempDir
    Path folder;

    @Test
    void oneMakesTheSameClassFilesAsTwoAndTellsTheSame() throws Exception {
        Session two = new Session(false);
        Session one = new Session(true);
        for (String snippet : SNIPPETS) {
            assertThat(one.told(snippet)).as(snippet).isEqualTo(two.told(snippet));
        }
        assertThat(one.classes.keySet()).isEqualTo(two.classes.keySet());
        one.classes.forEach((name, bytes) -> assertThat(bytes).as(name).isEqualTo(two.classes.get(name)));
        assertThat(one.reused()).isGreaterThan(45);
    }

    @Test
    void oneIsMadeStillAfterTheClassPathChanged() throws Exception {
        Session session = new Session(true);
        session.told("int x = 1;");
        session.told("int y = 1;");
        int before = session.reused();
        assertThat(before).isPositive();
        Shells.addToClassPath(session.shell, folder.toString());
        session.told("int x = 2;");
        session.told("int y = 2;");
        assertThat(session.reused()).isPositive();
    }

    @Test
    void aKernelWhoseJvmLetsNobodyReachTheCompilerWorksAllTheSame() throws Exception {
        Process kernel = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Closed.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(new String(kernel.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualToIgnoringNewLines("one pass: false, value: 42");
    }

    /** Runs cells in a JVM that was started without the options. */
    static final class Closed {
        public static void main(String[] arguments) {
            try (Engine engine = new Engine();
                    JShell another = JShell.create()) {
                StartUpTest.Unheard unheard = new StartUpTest.Unheard();
                engine.run(new Cell(1, unheard), "int x = 20; int y() { return x + 1; }");
                System.out.println("one pass: " + CompilerPasses.unite(another) + ", value: "
                        + engine.run(new Cell(2, unheard), "x + y() + 1").value());
            }
        }
    }

    /** A JShell that keeps the class files which it is given to load. */
    private static final class Session {
        private final Map<String, byte[]> classes = new LinkedHashMap<>();
        private final JShell shell;

        Session(boolean one) {
            LocalExecutionControl control = new LocalExecutionControl() {
                @Override
                public void load(ClassBytecodes[] loaded)
                        throws ClassInstallException, NotImplementedException, EngineTerminationException {
                    for (ClassBytecodes each : loaded) {
                        classes.put(each.name(), each.bytecodes());
                    }
                    super.load(loaded);
                }
            };
            shell = JShell.builder()
                    .executionEngine(
                            new ExecutionControlProvider() {
                                @Override
                                public String name() {
                                    return "kept";
                                }

                                @Override
                                public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
                                    return control;
                                }
                            },
                            Map.of())
                    .build();
            if (one) {
                assertThat(CompilerPasses.unite(shell)).isTrue();
            }
        }

        /** What the session says of a snippet, but for what differs from one session to the next. */
        List<String> told(String code) {
            List<String> told = new ArrayList<>();
            for (SnippetEvent event : shell.eval(code)) {
                Snippet snippet = event.snippet();
                String value = String.valueOf(event.value()).replaceAll("@\\p{XDigit}+|Lambda\\S*", "");
                told.add(snippet.id() + " " + event.status() + " " + value + " " + event.exception());
                shell.diagnostics(snippet).forEach(diag -> told.add(diag.getMessage(null)));
            }
            return told;
        }

        int reused() throws ReflectiveOperationException {
            Field factory = JShell.class.getDeclaredField("taskFactory");
            factory.setAccessible(true);
            Object tasks = factory.get(shell);
            Field pool = tasks.getClass().getDeclaredField("javacTaskPool");
            pool.setAccessible(true);
            Object compiler = pool.get(tasks);
            return (int) compiler.getClass().getMethod("reused").invoke(compiler);
        }
    }
}
