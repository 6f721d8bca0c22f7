package dev.moviola.kernel.protocol;

import org.jspecify.annotations.Nullable;

/**
 * What the kernel has to say to whoever runs it. A logger is looked for when there is something to say, and not before:
 * to find the first one, the JDK looks into every jar.
 */
public final class KernelLog {
    private KernelLog() {}

    /** Something went wrong that the kernel survives. */
    public static void warn(Class<?> by, String what, @Nullable Throwable cause) {
        log(System.Logger.Level.WARNING, by, what, cause);
    }

    /** Something that only helps to find a fault. */
    public static void debug(Class<?> by, String what, @Nullable Throwable cause) {
        log(System.Logger.Level.DEBUG, by, what, cause);
    }

    private static void log(System.Logger.Level level, Class<?> by, String what, @Nullable Throwable cause) {
        System.getLogger(by.getName()).log(level, what, cause);
    }
}
