package dev.moviola.kernel.engine;

import java.util.Map;
import jdk.jshell.JShell;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/** Makes the JShells of a session. */
final class Shells {
    private Shells() {}

    /** One whose snippets run where {@code control} says and see {@code classPath}. */
    static JShell build(ExecutionControl control, ClassPath classPath) {
        JShell shell = JShell.builder()
                .fileManager(classPath::govern)
                .executionEngine(
                        new ExecutionControlProvider() {
                            @Override
                            public String name() {
                                return "moviola";
                            }

                            @Override
                            public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
                                return control;
                            }
                        },
                        Map.of())
                .build();
        CompilerPasses.unite(shell);
        return shell;
    }

    /** Makes {@code entry} visible to the snippets of {@code shell}. */
    static void addToClassPath(JShell shell, String entry) {
        shell.addToClasspath(entry);
        CompilerPasses.unite(shell);
    }

    /** One in which nothing ever runs. */
    static JShell idle(ClassPath classPath) {
        return build(new Idle(), classPath);
    }

    /** Loads nothing and runs nothing. */
    private static final class Idle extends DirectExecutionControl {
        @Override
        public void load(ClassBytecodes[] bytecodes) {
            // what is only rehearsed is not loaded
        }

        @Override
        public String invoke(String className, String methodName) {
            return "";
        }

        @Override
        public void addToClasspath(String path) {
            // the compiler has its own
        }
    }
}
