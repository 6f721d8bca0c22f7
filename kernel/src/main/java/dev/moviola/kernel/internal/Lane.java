package dev.moviola.kernel.internal;

import dev.moviola.kernel.protocol.KernelLog;
import dev.moviola.kernel.protocol.KernelThread;
import dev.moviola.kernel.protocol.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/** Requests that are dealt with one after the other: the main shell is one, each subshell is another. */
final class Lane {
    private static final Runnable END = () -> {};

    private final BlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
    private final Thread thread;

    private record Task(Message request, Consumer<Message> perform, Consumer<Message> abort) implements Runnable {
        @Override
        public void run() {
            perform.accept(request);
        }
    }

    Lane(String name) {
        thread = new KernelThread(name, this::serve);
        thread.start();
    }

    void submit(Message request, Consumer<Message> perform, Consumer<Message> abort) {
        queue.add(new Task(request, perform, abort));
    }

    /** Takes what waits now out of the lane; to abort it is left to the caller. Only while a request is performed. */
    Runnable takeWaiting() {
        List<Runnable> waiting = new ArrayList<>();
        queue.drainTo(waiting);
        List<Task> requests = new ArrayList<>();
        for (Runnable task : waiting) {
            if (task instanceof Task request) {
                requests.add(request);
            } else {
                queue.add(task);
            }
        }
        return () -> requests.forEach(request -> request.abort().accept(request.request()));
    }

    void end() {
        queue.add(END);
    }

    private void serve() {
        try {
            while (true) {
                Runnable task = queue.take();
                if (task == END) {
                    return;
                }
                try {
                    task.run();
                } catch (RuntimeException | Error e) {
                    KernelLog.warn(Lane.class, "a request failed in the kernel itself", e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
