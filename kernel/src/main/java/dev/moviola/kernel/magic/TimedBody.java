package dev.moviola.kernel.magic;

import org.jspecify.annotations.Nullable;

/** What {@code %%timeit} makes of the code that it measures. */
@FunctionalInterface
public interface TimedBody {
    /**
     * Runs the code once.
     *
     * @return its value, so that the machine cannot leave its computation out; null if it has none
     * @throws Throwable what the code throws
     */
    @Nullable
    Object run() throws Throwable;
}
