package dev.moviola.dispatch;

/** Is told how a dispatch goes, at most a few times a second, always from one thread. Must not block for long. */
@FunctionalInterface
public interface DispatchListener {
    /** How things stand. The last call, when everything has ended, is always made. */
    void progress(DispatchProgress progress);
}
