package dev.moviola.kernel.engine;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jdk.jshell.execution.LoaderDelegate;
import jdk.jshell.spi.ExecutionControl;
import org.jspecify.annotations.Nullable;

/** The classes of a session as they were loaded, and the static fields in which its variables lie. */
final class SnippetClasses implements LoaderDelegate {
    private final SnippetLoader loader;
    private final Map<String, Class<?>> classes = new ConcurrentHashMap<>();
    private final Map<String, Field> variables = new ConcurrentHashMap<>();
    private final ThreadLocal<@Nullable Replacements> replacements = new ThreadLocal<>();

    SnippetClasses(SnippetLoader loader) {
        this.loader = loader;
    }

    /** Where to note the variables that get another class from now on by what this thread does; null for nowhere. */
    void noteReplaced(@Nullable Replacements into) {
        replacements.set(into);
    }

    /** Lets go of what the variable {@code name} holds, in each version of it. */
    void clear(String name) {
        for (Class<?> type : classes.values()) {
            try {
                Field field = type.getDeclaredField(name);
                if (!field.getType().isPrimitive()) {
                    field.setAccessible(true);
                    field.set(null, null);
                }
            } catch (NoSuchFieldException ignored) {
                // most classes of the session hold other things
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Gives the variable in whose place {@code before} once was the value that is there, if its type is the same. */
    void restore(Field before) {
        Field now = variables.get(before.getName());
        if (now != null) {
            Replacements.copy(before, now);
        }
    }

    @Override
    public void load(ExecutionControl.ClassBytecodes[] bytecodes)
            throws ExecutionControl.ClassInstallException, ExecutionControl.NotImplementedException {
        for (ExecutionControl.ClassBytecodes each : bytecodes) {
            loader.declare(each.name(), each.bytecodes());
        }
        boolean[] loaded = new boolean[bytecodes.length];
        for (int i = 0; i < bytecodes.length; i++) {
            try {
                Class<?> type = loader.loadClass(bytecodes[i].name());
                classes.put(type.getName(), type);
                note(type);
                loaded[i] = true;
            } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
                throw new ExecutionControl.ClassInstallException("load: " + e, loaded);
            }
        }
    }

    private void note(Class<?> type) {
        if (type.getEnclosingClass() != null) {
            return;
        }
        for (Field field : type.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers()) && Modifier.isPublic(field.getModifiers())) {
                field.setAccessible(true);
                Field before = variables.put(field.getName(), field);
                Replacements noted = replacements.get();
                if (before != null && noted != null) {
                    noted.note(before, field);
                }
            }
        }
    }

    @Override
    public void classesRedefined(ExecutionControl.ClassBytecodes[] bytecodes) {
        throw new UnsupportedOperationException("classes are replaced, never redefined");
    }

    @Override
    public void addToClasspath(String path) throws ExecutionControl.InternalException {
        try {
            for (String entry : path.split(File.pathSeparator)) {
                loader.add(Path.of(entry));
            }
        } catch (IOException e) {
            throw new ExecutionControl.InternalException(e.toString());
        }
    }

    @Override
    public Class<?> findClass(String name) throws ClassNotFoundException {
        Class<?> type = classes.get(name);
        if (type == null) {
            throw new ClassNotFoundException(name + " is not a class of this session");
        }
        return type;
    }
}
