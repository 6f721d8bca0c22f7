package dev.moviola.kernel.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;

/**
 * How two ends of ZeroMQ talk: the bytes of ZMTP 3.0 without encryption, as its specification 23/ZMTP has them.
 *
 * <p>Of our own, since these few messages are all that a kernel needs, and a general library's queues and threads took a
 * large part of the time of a short cell.
 */
final class Wire {
    static final int GREETING = 64;
    static final int MORE = 1;
    static final int LONG = 2;
    static final int COMMAND = 4;

    private static final int SHORTEST_LONG = 256;

    private Wire() {}

    /** What both ends send first. */
    static byte[] greeting() {
        byte[] greeting = new byte[GREETING];
        greeting[0] = (byte) 0xff;
        greeting[8] = 1;
        greeting[9] = 0x7f;
        greeting[10] = 3;
        byte[] mechanism = "NULL".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(mechanism, 0, greeting, 12, mechanism.length);
        return greeting;
    }

    /** Says what this end is, such as {@code ROUTER}. */
    static byte[] ready(String socketType) {
        byte[] name = "Socket-Type".getBytes(StandardCharsets.US_ASCII);
        byte[] value = socketType.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer body = ByteBuffer.allocate(1 + name.length + 4 + value.length);
        body.put((byte) name.length).put(name).putInt(value.length).put(value);
        return command("READY", body.array());
    }

    /** A command of the protocol itself. */
    static byte[] command(String name, byte[] body) {
        byte[] word = name.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer all = ByteBuffer.allocate(1 + word.length + body.length);
        all.put((byte) word.length).put(word).put(body);
        byte[] frame = all.array();
        ByteBuffer into = ByteBuffer.allocate(size(frame));
        put(into, COMMAND, frame);
        return into.array();
    }

    /** A message of these frames. */
    static byte[] message(Collection<byte[]> frames) {
        int size = Math.toIntExact(frames.stream().mapToLong(Wire::size).sum());
        ByteBuffer into = ByteBuffer.allocate(size);
        int left = frames.size();
        for (byte[] frame : frames) {
            left--;
            put(into, left > 0 ? MORE : 0, frame);
        }
        return into.array();
    }

    /** A message of one frame. */
    static byte[] message(byte[] frame) {
        return message(List.of(frame));
    }

    private static int size(byte[] frame) {
        return Math.addExact(frame.length, frame.length < SHORTEST_LONG ? 2 : 9);
    }

    private static void put(ByteBuffer into, int flags, byte[] frame) {
        if (frame.length < SHORTEST_LONG) {
            into.put((byte) flags).put((byte) frame.length);
        } else {
            into.put((byte) (flags | LONG)).putLong(frame.length);
        }
        into.put(frame);
    }
}
