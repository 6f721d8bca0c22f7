package dev.moviola.kernel.engine;

import org.jspecify.annotations.Nullable;

/** What woven code calls. Public only because that code lives in another class loader. */
public final class StopCheck {
    private static final long GRACE_NANOS = 200_000_000L;

    private static final ThreadLocal<@Nullable Long> FIRST_STOP = new ThreadLocal<>();
    private static int stops;
    private static volatile boolean raised;

    private StopCheck() {}

    static synchronized void raise() {
        stops++;
        raised = true;
    }

    static synchronized void lower() {
        stops--;
        raised = stops > 0;
    }

    /** Called at each method entry and before each jump back: ends the thread if its cell was stopped. */
    public static void check() {
        if (raised) {
            decide(true);
        }
    }

    /** Called where an exception was caught that may be a stop: does not let it be swallowed. */
    public static void caught() {
        if (raised) {
            decide(false);
        }
    }

    private static void decide(boolean withGrace) {
        Cell cell = Cell.current();
        if (cell != null && !cell.stopped()) {
            return;
        }
        // The code of finally blocks gets a moment in which it is not stopped again.
        Long first = FIRST_STOP.get();
        long now = System.nanoTime();
        if (first == null) {
            FIRST_STOP.set(now);
        } else if (withGrace && now - first < GRACE_NANOS) {
            return;
        }
        throw new CellStop(null);
    }

    /** Stands in for {@code System.exit}. */
    public static void exit(int status) {
        throw new CellStop(status);
    }

    /** Stands in for {@code Runtime.exit} and {@code Runtime.halt}. */
    public static void exit(Runtime runtime, int status) {
        throw new CellStop(status);
    }
}
