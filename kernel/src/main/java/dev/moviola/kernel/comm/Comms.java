package dev.moviola.kernel.comm;

import java.util.Map;
import java.util.function.BiConsumer;

/** The comms of a session. Safe for use by many threads. */
public interface Comms {
    /**
     * Lets the front end open comms by that name; another registration takes the place of this one.
     *
     * @param opened gets the comm and the data with which it was opened, on a thread of a cell
     */
    void register(String target, BiConsumer<Comm, Map<String, Object>> opened);

    /** Closes a name again; comms that are open stay so. */
    void unregister(String target);

    /** Opens a comm to what the front end knows by that name. */
    Comm open(String target, Map<String, ?> data);
}
