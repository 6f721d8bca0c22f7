package dev.moviola.display;

import java.util.Optional;

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

    /** Whether an update takes the place of what was shown, which a terminal cannot do. */
    default boolean isLive() {
        return true;
    }

    /**
     * Lets the page of a value that is about to be shown ask {@code answerer}, as long as the process lives. Old ones are
     * forgotten when there are many.
     *
     * @return where the page's script finds it; by default nowhere
     */
    default Optional<PageLine> answering(Answerer answerer) {
        return Optional.empty();
    }
}
