package dev.moviola.kernel.engine;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.execution.LoaderDelegate;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.SPIResolutionException;
import org.jspecify.annotations.Nullable;

/**
 * Runs the code of snippets, each on a thread of its own in the group of its cell. While it runs, the lock of the
 * engine is free, so that completion and other cells go on.
 */
final class SnippetControl extends DirectExecutionControl {
    private static final long REACTS_WITHIN_MILLIS = 1_000;

    private final Delegate delegate;
    private final ReentrantLock lock;
    private final ThreadLocal<@Nullable Run> runs = new ThreadLocal<>();

    /** What the snippet that the calling thread evaluates gave. */
    static final class Run {
        final Cell cell;

        @Nullable
        Object value;

        @Nullable
        Throwable thrown;

        @Nullable
        Thread leftRunning;

        boolean finished;

        Run(Cell cell) {
            this.cell = cell;
        }
    }

    SnippetControl(SnippetLoader loader, ReentrantLock lock) {
        this(new Delegate(loader), lock);
    }

    private SnippetControl(Delegate delegate, ReentrantLock lock) {
        super(delegate);
        this.delegate = delegate;
        this.lock = lock;
    }

    /** Lets go of what the variable {@code name} holds, in each version of it. */
    void clear(String name) {
        for (Class<?> type : delegate.classes().values()) {
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

    Run begin(Cell cell) {
        Run run = new Run(cell);
        runs.set(run);
        return run;
    }

    void end() {
        runs.remove();
    }

    @Override
    protected String invoke(Method method) throws Exception {
        Run run = runs.get();
        if (run == null) {
            return "";
        }
        perform(run, method.getDeclaringClass().getClassLoader(), () -> method.invoke(null));
        Throwable thrown = run.thrown;
        if (run.leftRunning != null || thrown instanceof CellStop) {
            throw new ExecutionControl.StoppedException();
        }
        if (thrown instanceof SPIResolutionException unresolved) {
            throw new ExecutionControl.ResolutionException(unresolved.id(), unresolved.getStackTrace());
        }
        if (thrown != null) {
            throw UserErrors.convert(thrown);
        }
        return "";
    }

    /** Calls {@code work} on a thread of the cell; what it gives or throws is then in {@code run}. */
    void perform(Run run, @Nullable ClassLoader loader, Callable<@Nullable Object> work) throws InterruptedException {
        run.value = null;
        run.thrown = null;
        run.finished = false;
        Thread thread = new Thread(
                run.cell.threads(), () -> run.cell.enter(() -> call(run, work)), "cell " + run.cell.number());
        thread.setDaemon(true);
        thread.setContextClassLoader(loader);
        int held = lock.getHoldCount();
        for (int i = 0; i < held; i++) {
            lock.unlock();
        }
        try {
            thread.start();
            await(thread, run);
        } finally {
            for (int i = 0; i < held; i++) {
                lock.lock();
            }
        }
    }

    private static void call(Run run, Callable<@Nullable Object> work) {
        try {
            run.value = work.call();
        } catch (InvocationTargetException e) {
            run.thrown = e.getCause();
        } catch (Throwable e) {
            run.thrown = e;
        } finally {
            synchronized (run.cell) {
                run.finished = true;
                run.cell.notifyAll();
            }
        }
    }

    private static void await(Thread thread, Run run) throws InterruptedException {
        long stoppedAt = 0;
        synchronized (run.cell) {
            while (!run.finished) {
                if (!run.cell.stopped()) {
                    run.cell.wait();
                    continue;
                }
                long now = System.nanoTime();
                if (stoppedAt == 0) {
                    stoppedAt = now;
                } else if (now - stoppedAt > REACTS_WITHIN_MILLIS * 1_000_000) {
                    run.leftRunning = thread;
                    return;
                }
                run.cell.interruptThreads();
                run.cell.wait(20);
            }
        }
        thread.join();
    }

    private record Delegate(SnippetLoader loader, Map<String, Class<?>> classes) implements LoaderDelegate {
        Delegate(SnippetLoader loader) {
            this(loader, new ConcurrentHashMap<>());
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
                    loaded[i] = true;
                } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
                    throw new ExecutionControl.ClassInstallException("load: " + e, loaded);
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
}
