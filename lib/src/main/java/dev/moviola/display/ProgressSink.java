package dev.moviola.display;

/** Where {@link LiveProgress} shows how work stands. Called from one thread at a time, a few times a second at most. */
public interface ProgressSink {
    /** How it stands now. */
    void show(Progress progress);

    /**
     * How it ended; nothing comes after it.
     *
     * @param last how it stood last
     * @param sentence what came of it
     */
    void end(Progress last, String sentence);

    /**
     * A new display among those of {@link Display}: in a notebook one that updates in place and stays, elsewhere a line
     * now and then on standard output.
     */
    static ProgressSink display() {
        return new dev.moviola.display.internal.DisplayedProgress();
    }
}
