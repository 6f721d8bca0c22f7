package dev.moviola.kernel.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moviola.kernel.comm.Comms;
import dev.moviola.kernel.engine.CellOutput;
import dev.moviola.kernel.protocol.Message;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Gathers what a cell prints into larger messages: one goes out when {@value #LIMIT} bytes are there, or {@value
 * #DELAY_MILLIS} ms after the first of them. Whoever prints waits while the clients are behind.
 */
public final class StreamOutput implements CellOutput {
    static final int LIMIT = 32 * 1024;
    static final int DELAY_MILLIS = 20;

    private final Outlet outlet;
    private final Question question;
    private final ScheduledExecutorService timer;
    private final Comms comms;
    private byte[] held = new byte[512];
    private int count;
    private boolean error;
    private boolean scheduled;

    /** Sends a message that belongs to the cell. */
    public interface Outlet {
        /** A message of the protocol, by its type. */
        void publish(String type, ObjectNode content);
    }

    /** Asks the user. */
    public interface Question {
        /** The line, without its end. */
        String ask(String prompt, boolean password) throws InterruptedException;
    }

    StreamOutput(Outlet outlet, Question question, ScheduledExecutorService timer, Comms comms) {
        this.outlet = outlet;
        this.question = question;
        this.timer = timer;
        this.comms = comms;
    }

    /** The comms of the session. */
    public Comms comms() {
        return comms;
    }

    @Override
    public synchronized void write(boolean toError, byte[] bytes, int offset, int length) {
        if (toError != error) {
            send(true);
            error = toError;
        }
        int at = offset;
        int left = length;
        while (left > 0) {
            int part = Math.min(left, LIMIT - count);
            if (held.length < count + part) {
                held = Arrays.copyOf(held, Math.min(LIMIT, Math.max(count + part, 2 * held.length)));
            }
            System.arraycopy(bytes, at, held, count, part);
            count += part;
            at += part;
            left -= part;
            if (count == LIMIT) {
                send(false);
            }
        }
        if (count > 0 && !scheduled) {
            scheduled = true;
            timer.schedule(this::flushLater, DELAY_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private synchronized void flushLater() {
        scheduled = false;
        send(false);
    }

    @Override
    public synchronized void flush() {
        send(false);
    }

    /** Sends a message of another kind after all that was printed before it. */
    synchronized void publish(String type, ObjectNode content) {
        send(true);
        outlet.publish(type, content);
    }

    @Override
    public void clear(boolean wait) {
        publish("clear_output", Message.object().put("wait", wait));
    }

    @Override
    public String input(String prompt, boolean password) throws InterruptedException {
        flush();
        return question.ask(prompt, password);
    }

    private void send(boolean all) {
        int whole = all ? count : wholeCharacters();
        if (whole > 0) {
            outlet.publish(
                    "stream",
                    Message.object()
                            .put("name", error ? "stderr" : "stdout")
                            .put("text", new String(held, 0, whole, StandardCharsets.UTF_8)));
            System.arraycopy(held, whole, held, 0, count - whole);
            count -= whole;
        }
    }

    /** How many bytes there are up to the last whole character. */
    private int wholeCharacters() {
        for (int back = 1; back <= Math.min(3, count); back++) {
            int lead = held[count - back] & 0xff;
            if (lead >= 0xc0) {
                int needed = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
                return needed > back ? count - back : count;
            }
            if (lead < 0x80) {
                return count;
            }
        }
        return count;
    }
}
