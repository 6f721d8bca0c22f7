package dev.moviola.kernel.protocol;

/**
 * A thread that runs no code of the user. It may write to a socket itself: its stack never overflows in the middle of a
 * message, and no cell interrupts it. Others leave that to the socket's own thread.
 */
public final class KernelThread extends Thread {
    /** One that does not keep the process alive. */
    public KernelThread(String name, Runnable work) {
        super(null, work, name);
        setDaemon(true);
    }

    static boolean isCurrent() {
        return Thread.currentThread() instanceof KernelThread;
    }
}
