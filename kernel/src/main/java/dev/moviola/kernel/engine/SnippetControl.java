package dev.moviola.kernel.engine;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.SPIResolutionException;
import org.jspecify.annotations.Nullable;

/**
 * Runs the code of snippets, each on a thread of its own in the group of its cell. While it runs, the lock of the
 * engine is free, so that completion and other cells go on.
 */
final class SnippetControl extends DirectExecutionControl {
    private static final long REACTS_WITHIN_MILLIS = 1_000;

    private final SnippetClasses classes;
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

        /** What only is to be noted instead of run. */
        @Nullable
        List<Method> deferred;

        /** The variables that were replaced by what is evaluated and do not have their values again. */
        @Nullable
        Replacements replaced;

        boolean muted;
        boolean replaying;

        Run(Cell cell) {
            this.cell = cell;
        }
    }

    SnippetControl(SnippetLoader loader, ReentrantLock lock) {
        this(new SnippetClasses(loader), lock);
    }

    private SnippetControl(SnippetClasses classes, ReentrantLock lock) {
        super(classes);
        this.classes = classes;
        this.lock = lock;
    }

    /** Lets go of what the variable {@code name} holds, in each version of it. */
    void clear(String name) {
        classes.clear(name);
    }

    Run begin(Cell cell) {
        Run run = new Run(cell);
        runs.set(run);
        return run;
    }

    void end() {
        runs.remove();
    }

    /** Notes what {@code declaring} would run, and which variables it replaces, instead of running it. */
    <T> T deferring(Run run, List<Method> work, Replacements replaced, Supplier<T> declaring) {
        run.deferred = work;
        classes.noteReplaced(replaced);
        try {
            return declaring.get();
        } finally {
            run.deferred = null;
            classes.noteReplaced(null);
        }
    }

    /**
     * Notes which variables are replaced by what is evaluated. Those that are not themselves declared by it have their
     * values again when its code runs, since that may use and change them.
     */
    <T> T replacing(Run run, Replacements replaced, Supplier<T> evaluating) {
        run.replaced = replaced;
        classes.noteReplaced(replaced);
        try {
            return evaluating.get();
        } finally {
            classes.noteReplaced(null);
        }
    }

    /** Runs nothing of what is evaluated meanwhile. */
    void muted(Run run, Runnable declaring) {
        run.muted = true;
        try {
            declaring.run();
        } finally {
            run.muted = false;
        }
    }

    /** Throws again what {@code run} threw when the next snippet is evaluated, for JShell to tell where that was. */
    <T> T replaying(Run run, Supplier<T> evaluating) {
        run.replaying = true;
        try {
            return evaluating.get();
        } finally {
            run.replaying = false;
        }
    }

    /** Gives a variable that was declared again the value that it had. */
    void restore(Field before) {
        classes.restore(before);
    }

    /** Runs what was deferred. */
    void perform(Run run, Method method) throws InterruptedException {
        perform(run, method.getDeclaringClass().getClassLoader(), () -> method.invoke(null));
    }

    @Override
    protected String invoke(Method method) throws Exception {
        Run run = runs.get();
        if (run == null || run.muted) {
            return "";
        }
        if (run.deferred != null) {
            run.deferred.add(method);
            return "";
        }
        if (!run.replaying) {
            Replacements replaced = run.replaced;
            if (replaced != null) {
                replaced.carryOverOutside(method.getDeclaringClass());
                run.replaced = null;
            }
            perform(run, method);
        }
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
}
