package dev.moviola.kernel.protocol;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads what one peer sends, in whatever pieces it comes. Memory is taken for what has arrived, never for what a peer
 * merely announces. For one thread.
 */
final class WireReader {
    private static final long LONGEST_MESSAGE = 1L << 30;
    private static final int LONGEST_COMMAND = 1 << 20;
    private static final int LONGEST_SHORT = 255;
    // What a frame takes beside its bytes: without it, frames without bytes would be free.
    private static final int FRAME_OVERHEAD = 32;

    private final Sink sink;
    private State state = State.GREETING;
    private byte[] part = new byte[Wire.GREETING];
    private int filled;
    private int wanted = Wire.GREETING;
    private int flags;
    private boolean ready;
    private long size;
    private List<byte[]> frames = new ArrayList<>();

    private enum State {
        GREETING,
        FLAGS,
        LENGTH,
        BODY
    }

    /** Whom to tell what was read. */
    interface Sink {
        /** The peer speaks this protocol. */
        void greeted();

        /** The peer said what it is; the names of its properties are in lower case. */
        void ready(Map<String, byte[]> properties);

        /** A command after that. */
        void command(String name, byte[] body);

        /** A whole message. */
        void message(List<byte[]> frames);
    }

    WireReader(Sink sink) {
        this.sink = sink;
    }

    /**
     * Takes all that is in {@code bytes}.
     *
     * @throws BadMessageException if it is not what the protocol allows; the connection is then of no further use
     */
    void read(ByteBuffer bytes) {
        while (true) {
            int count = Math.min(wanted - filled, bytes.remaining());
            if (part.length < filled + count) {
                part = Arrays.copyOf(part, (int) Math.min(wanted, Math.max(2L * part.length, filled + count)));
            }
            bytes.get(part, filled, count);
            filled += count;
            if (filled < wanted) {
                return;
            }
            filled = 0;
            next();
        }
    }

    private void next() {
        switch (state) {
            case GREETING -> {
                greeted();
                want(State.FLAGS, 1);
            }
            case FLAGS -> {
                flags = part[0];
                want(State.LENGTH, (flags & Wire.LONG) != 0 ? Long.BYTES : 1);
            }
            case LENGTH -> {
                long length = (flags & Wire.LONG) != 0 ? ByteBuffer.wrap(part).getLong() : part[0] & LONGEST_SHORT;
                boolean command = (flags & Wire.COMMAND) != 0;
                if (command && (length < 0 || length > LONGEST_COMMAND)) {
                    throw new BadMessageException("a command must have at most " + LONGEST_COMMAND + " bytes");
                }
                if (length < 0 || length > LONGEST_MESSAGE - size) {
                    throw new BadMessageException("a message must have at most " + LONGEST_MESSAGE + " bytes");
                }
                size += command ? 0 : length + FRAME_OVERHEAD;
                want(State.BODY, (int) length);
            }
            case BODY -> {
                byte[] body = Arrays.copyOf(part, wanted);
                if (part.length > 1 << 16) {
                    part = new byte[Wire.GREETING];
                }
                frame(body);
                want(State.FLAGS, 1);
            }
        }
    }

    private void want(State next, int bytes) {
        state = next;
        wanted = bytes;
    }

    private void greeted() {
        String mechanism = new String(part, 12, 20, StandardCharsets.US_ASCII).replace("\0", "");
        if ((part[0] & 0xff) != 0xff || part[9] != 0x7f || part[10] < 3 || !mechanism.equals("NULL")) {
            throw new BadMessageException("a client must speak ZMTP 3 without encryption");
        }
        sink.greeted();
    }

    private void frame(byte[] body) {
        if ((flags & Wire.COMMAND) != 0) {
            command(body);
            return;
        }
        if (!ready) {
            throw new BadMessageException("a client must say what it is before its first message");
        }
        frames.add(body);
        if ((flags & Wire.MORE) == 0) {
            List<byte[]> whole = frames;
            frames = new ArrayList<>();
            size = 0;
            sink.message(whole);
        }
    }

    private void command(byte[] body) {
        int length = body.length == 0 ? 0 : body[0] & LONGEST_SHORT;
        if (body.length < 1 + length) {
            throw new BadMessageException("a command must have a name");
        }
        String name = new String(body, 1, length, StandardCharsets.US_ASCII);
        byte[] rest = Arrays.copyOfRange(body, 1 + length, body.length);
        if (ready) {
            sink.command(name, rest);
        } else if (name.equals("READY")) {
            ready = true;
            sink.ready(properties(ByteBuffer.wrap(rest)));
        } else {
            throw new BadMessageException("a client must begin with READY, but said " + name);
        }
    }

    private static Map<String, byte[]> properties(ByteBuffer from) {
        Map<String, byte[]> properties = new HashMap<>();
        try {
            while (from.hasRemaining()) {
                byte[] name = new byte[from.get() & LONGEST_SHORT];
                from.get(name);
                int length = from.getInt();
                if (length < 0 || length > from.remaining()) {
                    throw new BadMessageException("a property must end with its command");
                }
                byte[] value = new byte[length];
                from.get(value);
                properties.put(new String(name, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT), value);
            }
        } catch (BufferUnderflowException e) {
            throw new BadMessageException("a property must end with its command");
        }
        return properties;
    }
}
