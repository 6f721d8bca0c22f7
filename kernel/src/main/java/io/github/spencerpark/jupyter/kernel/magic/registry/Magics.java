package io.github.spencerpark.jupyter.kernel.magic.registry;

import dev.moviola.MoviolaException;
import dev.moviola.kernel.Notebook;
import dev.moviola.kernel.magic.Arguments;
import dev.moviola.kernel.magic.Magic;
import dev.moviola.kernel.magic.MagicContext;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Registers magics with the session of the calling cell. */
public final class Magics {
    /** The magics of the kernel. */
    public Magics() {}

    /** Registers a function as a line magic. */
    public void registerLineMagic(String name, LineMagicFunction<?> function) {
        Notebook.context()
                .addMagic(new Registered(Set.of(name), false, (arguments, body) -> function.execute(arguments)));
    }

    /** Registers a function as a cell magic. */
    public void registerCellMagic(String name, CellMagicFunction<?> function) {
        Notebook.context()
                .addMagic(new Registered(Set.of(name), true, (arguments, body) -> function.execute(arguments, body)));
    }

    /** Registers the static methods of a class that are marked as magics. */
    public void registerMagics(Class<?> type) {
        register(type, null);
    }

    /** Registers the methods of an object that are marked as magics. */
    public void registerMagics(Object magics) {
        register(magics.getClass(), magics);
    }

    private static void register(Class<?> type, @Nullable Object target) {
        for (Method method : type.getMethods()) {
            LineMagic line = method.getAnnotation(LineMagic.class);
            CellMagic cell = method.getAnnotation(CellMagic.class);
            if (line == null && cell == null || target == null && !Modifier.isStatic(method.getModifiers())) {
                continue;
            }
            Set<String> names = new LinkedHashSet<>();
            String name = line != null ? line.value() : cell.value();
            names.add(name.isEmpty() ? method.getName() : name);
            names.addAll(List.of(line != null ? line.aliases() : cell.aliases()));
            Notebook.context()
                    .addMagic(new Registered(
                            names, line == null, (arguments, body) -> call(method, target, arguments, body)));
        }
    }

    private static @Nullable Object call(Method method, @Nullable Object target, List<String> arguments, String body)
            throws Exception {
        try {
            return method.getParameterCount() == 2
                    ? method.invoke(target, arguments, body)
                    : method.getParameterCount() == 1 ? method.invoke(target, arguments) : method.invoke(target);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Exception thrown) {
                throw thrown;
            }
            throw new MoviolaException("the magic failed: " + e.getCause(), e.getCause());
        }
    }

    private record Registered(Set<String> names, boolean onCell, CellMagicFunction<?> function) implements Magic {
        @Override
        public boolean onLine() {
            return !onCell;
        }

        @Override
        public String summary() {
            return "registered by this notebook";
        }

        @Override
        public @Nullable Object execute(String name, String arguments, @Nullable String body, MagicContext context)
                throws Exception {
            return function.execute(Arguments.split(arguments), body == null ? "" : body);
        }
    }
}
