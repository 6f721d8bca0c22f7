package dev.moviola.kernel.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Puts streams in the place of {@code System.out}, {@code System.err} and {@code System.in} that lead to the cell whose
 * thread uses them.
 */
public final class StandardStreams implements AutoCloseable {
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final InputStream in = System.in;

    private final PrintStream toOut = new PrintStream(new ToCell(false, out), false, StandardCharsets.UTF_8);
    private final PrintStream toErr = new PrintStream(new ToCell(true, err), false, StandardCharsets.UTF_8);
    private final InputStream fromUser = new FromUser();

    private StandardStreams() {
        System.setOut(toOut);
        System.setErr(toErr);
        System.setIn(fromUser);
    }

    /** Takes the streams over until closed. */
    public static StandardStreams redirect() {
        return new StandardStreams();
    }

    /** Gives back those streams that nobody has replaced since. */
    @Override
    public void close() {
        if (System.out == toOut) {
            System.setOut(out);
        }
        if (System.err == toErr) {
            System.setErr(err);
        }
        if (System.in == fromUser) {
            System.setIn(in);
        }
    }

    private static final class ToCell extends OutputStream {
        private final boolean error;
        private final PrintStream otherwise;

        ToCell(boolean error, PrintStream otherwise) {
            this.error = error;
            this.otherwise = otherwise;
        }

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            Cell cell = Cell.current();
            if (cell == null) {
                otherwise.write(bytes, offset, length);
            } else {
                cell.output().write(error, bytes, offset, length);
            }
        }
    }

    private static final class FromUser extends InputStream {
        private byte[] line = new byte[0];
        private int at;

        @Override
        public synchronized int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public synchronized int read(byte[] bytes, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            Cell cell = Cell.current();
            if (at == line.length) {
                if (cell == null) {
                    return -1;
                }
                try {
                    line = (cell.output().input("", false) + "\n").getBytes(StandardCharsets.UTF_8);
                    at = 0;
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new CellStop(null);
                }
            }
            int count = Math.min(length, line.length - at);
            System.arraycopy(line, at, bytes, offset, count);
            at += count;
            return count;
        }

        @Override
        public synchronized int available() {
            return line.length - at;
        }
    }
}
