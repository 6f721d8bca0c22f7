package dev.moviola.dispatch;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * What Ctrl+C does while a dispatch runs: the first drains, the second stops, a third ends the process with exit code
 * 130, and a fourth does so without waiting for anything. Closing it brings back what Ctrl+C did before.
 *
 * <pre>{@code
 * try (var handler = InterruptHandler.on(dispatcher, System.err::println)) {
 *     dispatcher.run(jobs);
 * }
 * }</pre>
 */
public final class InterruptHandler implements AutoCloseable {
    private static final int EXIT_INTERRUPTED = 130;

    private final Signal signal;
    private final SignalHandler before;

    private InterruptHandler(Signal signal, SignalHandler before) {
        this.signal = signal;
        this.before = before;
    }

    /** Installs the handler. {@code say} is told what each Ctrl+C did, in a sentence. */
    public static InterruptHandler on(Dispatcher dispatcher, Consumer<String> say) {
        return on(dispatcher::drain, dispatcher::stop, say);
    }

    /** Installs the handler for something else that can be drained and stopped. */
    public static InterruptHandler on(Runnable drain, Runnable stop, Consumer<String> say) {
        return on(
                new Answer("waiting for what is in flight; press Ctrl+C again to stop at once", drain),
                new Answer("stopping; resume asks after what was submitted", stop),
                say);
    }

    /** Installs the handler with answers of its own to the first and the second Ctrl+C. */
    public static InterruptHandler on(Answer first, Answer second, Consumer<String> say) {
        AtomicInteger times = new AtomicInteger();
        Signal signal = new Signal("INT");
        SignalHandler before = Signal.handle(signal, received -> {
            switch (times.incrementAndGet()) {
                case 1 -> first.give(say);
                case 2 -> second.give(say);
                case 3 -> System.exit(EXIT_INTERRUPTED);
                default -> Runtime.getRuntime().halt(EXIT_INTERRUPTED);
            }
        });
        return new InterruptHandler(signal, before);
    }

    @Override
    public void close() {
        Signal.handle(signal, before);
    }

    /**
     * What a Ctrl+C does.
     *
     * @param said told to the user before
     * @param action done then; must not block
     */
    public record Answer(String said, Runnable action) {
        private void give(Consumer<String> say) {
            say.accept(said);
            action.run();
        }
    }
}
