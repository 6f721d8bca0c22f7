package dev.moviola.display;

/**
 * Where shown values go: the terminal, or the client of a notebook kernel. Called from any thread, also from several at
 * once.
 */
public interface DisplayTarget {
    /**
     * Shows a bundle.
     *
     * @param id names this display so that it can be updated; unique within the process unless the caller chose it
     */
    void show(String id, MimeBundle bundle);

    /** Puts {@code bundle} in the place of what was shown under {@code id}. */
    void update(String id, MimeBundle bundle);
}
