package dev.moviola.kernel.comm;

import java.util.Map;
import java.util.function.Consumer;

/** One open line to the front end. Data are JSON trees of maps, lists, text, numbers and booleans. */
public interface Comm {
    /** Its unique id. */
    String id();

    /** The name under which it was opened. */
    String target();

    /** Sends data; nothing happens once the comm is closed. */
    void send(Map<String, ?> data);

    /** Sets who gets what comes in, on a thread of a cell. */
    void onMessage(Consumer<Map<String, Object>> received);

    /** Sets who is told when the front end closes it. */
    void onClose(Runnable closed);

    /** Closes it. */
    void close();
}
