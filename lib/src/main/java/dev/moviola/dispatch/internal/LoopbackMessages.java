package dev.moviola.dispatch.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The HTTP/1.1 messages that come over one connection, each with a body whose length its head names. */
final class LoopbackMessages {
    /** The most bytes that a message may have. */
    static final int LARGEST = 1 << 13;

    private static final String LENGTH = "\r\ncontent-length:";

    private final ByteBuffer in = ByteBuffer.allocate(LARGEST);
    private int seen;

    /**
     * A message.
     *
     * @param start its first line
     * @param body what follows its head
     */
    record Message(String start, byte[] body) {}

    /** Takes in what has come; false at the end of the connection. */
    boolean read(ReadableByteChannel channel) throws IOException {
        if (!in.hasRemaining()) {
            throw new IOException("a message must have at most " + LARGEST + " bytes, but has more");
        }
        return channel.read(in) >= 0;
    }

    /** The next message, null while some of it is still to come. */
    @Nullable
    Message next() throws IOException {
        int end = endOfHead();
        if (end < 0) {
            return null;
        }
        String head = new String(in.array(), 0, end, StandardCharsets.ISO_8859_1);
        int length = contentLength(head);
        if (in.position() < end + length) {
            return null;
        }
        byte[] body = Arrays.copyOfRange(in.array(), end, end + length);
        in.flip().position(end + length);
        in.compact();
        seen = 0;
        return new Message(head.substring(0, head.indexOf('\r')), body);
    }

    private int endOfHead() {
        byte[] bytes = in.array();
        for (int i = Math.max(seen, 3); i < in.position(); i++) {
            if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n' && bytes[i - 3] == '\r') {
                seen = i;
                return i + 1;
            }
        }
        seen = in.position();
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
