package dev.moviola.command.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Reads a stream to its end and keeps only the last bytes of it. */
final class Tail {
    private static final int LONGEST_LINE = 1 << 16;

    private final byte[] ring;
    private long seen;

    Tail(int bytes) {
        ring = new byte[bytes];
    }

    /** Reads until the stream ends or breaks. */
    void drain(InputStream in) {
        drain(in, line -> {});
    }

    /** As {@link #drain(InputStream)}, and hands on each line that is not longer than 64 KiB. */
    void drain(InputStream in, Consumer<String> lines) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        try (in) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                append(buffer, n);
                for (int i = 0; i < n; i++) {
                    if (buffer[i] == '\n') {
                        if (line.size() <= LONGEST_LINE) {
                            lines.accept(line.toString(StandardCharsets.UTF_8));
                        }
                        line.reset();
                    } else if (line.size() <= LONGEST_LINE) {
                        line.write(buffer[i]);
                    }
                }
            }
        } catch (IOException e) {
            append("\n".getBytes(StandardCharsets.UTF_8), 1);
        }
    }

    /** The last bytes as text, without characters that control a terminal. */
    synchronized String text() {
        int length = (int) Math.min(seen, ring.length);
        byte[] last = new byte[length];
        for (int i = 0; i < length; i++) {
            last[i] = ring[(int) ((seen - length + i) % ring.length)];
        }
        return new String(last, StandardCharsets.UTF_8)
                .replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", "")
                .strip();
    }

    private synchronized void append(byte[] bytes, int count) {
        for (int i = 0; i < count; i++) {
            ring[(int) (seen++ % ring.length)] = bytes[i];
        }
    }
}
