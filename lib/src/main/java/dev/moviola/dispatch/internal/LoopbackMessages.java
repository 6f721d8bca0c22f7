package dev.moviola.dispatch.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP/1.1 messages that come over one connection, each with a body whose length its head names. What is read goes
 * through a buffer that the connections of one thread share, so that a thousand of them keep nothing while they wait.
 */
final class LoopbackMessages {
    /** The most bytes that a message may have. */
    static final int LARGEST = 1 << 13;

    private static final String LENGTH = "\r\ncontent-length:";
    private static final byte[] NOTHING = {};

    private final ByteBuffer in;
    private byte[] rest = NOTHING;

    /** With a buffer of {@link #buffer()}, which one thread uses. */
    LoopbackMessages(ByteBuffer shared) {
        in = shared;
    }

    /** A buffer for the connections of one thread. */
    static ByteBuffer buffer() {
        return ByteBuffer.allocate(LARGEST);
    }

    /**
     * A message.
     *
     * @param start its first line
     * @param body what follows its head
     */
    record Message(String start, byte[] body) {}

    /** Is given each message once it is whole. */
    interface Taker {
        void take(Message message) throws IOException;
    }

    /** Takes in what has come; false at the end of the connection. */
    boolean read(ReadableByteChannel channel, Taker each) throws IOException {
        in.clear().put(rest);
        if (!in.hasRemaining()) {
            throw new IOException("a message must have at most " + LARGEST + " bytes, but has more");
        }
        boolean open = channel.read(in) >= 0;
        in.flip();
        for (Message whole = next(); whole != null; whole = next()) {
            each.take(whole);
        }
        rest = in.hasRemaining() ? Arrays.copyOfRange(in.array(), in.position(), in.limit()) : NOTHING;
        return open;
    }

    private @Nullable Message next() throws IOException {
        int end = endOfHead();
        if (end < 0) {
            return null;
        }
        String head = new String(in.array(), in.position(), end - in.position(), StandardCharsets.ISO_8859_1);
        int length = contentLength(head);
        if (in.limit() - end < length) {
            return null;
        }
        byte[] body = Arrays.copyOfRange(in.array(), end, end + length);
        in.position(end + length);
        return new Message(head.substring(0, head.indexOf('\r')), body);
    }

    private int endOfHead() {
        byte[] bytes = in.array();
        for (int i = in.position() + 3; i < in.limit(); i++) {
            if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n' && bytes[i - 3] == '\r') {
                return i + 1;
            }
        }
        return -1;
    }

    private static int contentLength(String head) throws IOException {
        int at = head.toLowerCase(Locale.ROOT).indexOf(LENGTH);
        if (at < 0) {
            return 0;
        }
        int from = at + LENGTH.length();
        String length = head.substring(from, head.indexOf('\r', from)).trim();
        try {
            return Math.max(0, Integer.parseInt(length));
        } catch (NumberFormatException e) {
            throw new IOException("a content length must be a number, but was " + length, e);
        }
    }
}
