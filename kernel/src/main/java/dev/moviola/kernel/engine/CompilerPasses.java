package dev.moviola.kernel.engine;

import java.lang.reflect.Field;
import java.util.List;
import jdk.jshell.JShell;

/**
 * Spares JShell the second of the two passes that its compiler makes over each snippet. That takes a look inside of
 * JShell: it is made only in a JVM that was started with {@link #OPTIONS} and whose JShell is as those known; in all
 * others JShell works as it always does.
 */
public final class CompilerPasses {
    /** The options of a JVM that let the kernel reach the compiler. */
    public static final List<String> OPTIONS = List.of(
            "--add-exports=jdk.compiler/com.sun.tools.javac.api=ALL-UNNAMED",
            "--add-exports=jdk.compiler/com.sun.tools.javac.code=ALL-UNNAMED",
            "--add-exports=jdk.compiler/com.sun.tools.javac.util=ALL-UNNAMED",
            "--add-opens=jdk.jshell/jdk.jshell=ALL-UNNAMED");

    private CompilerPasses() {}

    /** Has {@code shell} make one pass from now on, until its class path changes; false where that cannot be. */
    static boolean unite(JShell shell) {
        try {
            Object factory = reach(JShell.class, "taskFactory").get(shell);
            Field tasks = reach(factory.getClass(), "javacTaskPool");
            tasks.set(
                    factory,
                    Class.forName(CompilerPasses.class.getPackageName() + ".OnePassCompiler")
                            .getConstructor()
                            .newInstance());
            return true;
        } catch (ReflectiveOperationException | RuntimeException | LinkageError closed) {
            return false;
        }
    }

    private static Field reach(Class<?> type, String name) throws NoSuchFieldException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }
}
