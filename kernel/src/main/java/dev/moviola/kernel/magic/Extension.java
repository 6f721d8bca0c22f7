package dev.moviola.kernel.magic;

/**
 * Set up when its jar joins a session: registers renderers, declares imports or helper functions.
 *
 * <p>Implementations have a public constructor without arguments and are named in {@code
 * META-INF/services/dev.moviola.kernel.magic.Extension}. Each is installed once.
 */
public interface Extension {
    /**
     * Sets it up.
     *
     * @throws Exception shown to the user; the session goes on without it
     */
    void install(MagicContext context) throws Exception;
}
