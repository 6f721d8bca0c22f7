package dev.moviola.sweep.internal;

import dev.moviola.MoviolaException;
import dev.moviola.ledger.Parameters;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A connection between a study and a guest: one JSON object a line, each way in turn. */
public final class Wire implements AutoCloseable {
    /** What says, in a run's folder, where guests are let in. */
    public static final String FILE = "study.door";

    /** How long each side waits for the other's greeting. */
    public static final int GREETING_MILLIS = 10_000;

    /** How long a guest waits before it asks again. */
    public static final long WAIT_MILLIS = 200;

    private static final int LONGEST_LINE = 1 << 20;

    private final Socket socket;
    private final InputStream in;

    /** Talks over {@code socket}, and closes it in the end. */
    public Wire(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /** Writes where guests are let in, so that only the owner of the file can read it. */
    public static void announce(Path file, int port, String key) throws IOException {
        Path draft = file.resolveSibling(FILE + ".new");
        Files.deleteIfExists(draft);
        boolean posix = Files.getFileStore(file.toAbsolutePath().getParent()).supportsFileAttributeView("posix");
        FileAttribute<?>[] own = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        Files.createFile(draft, own);
        Files.writeString(draft, Parameters.of("port", port, "key", key).json());
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Comes in where {@code file} says; empty when nobody is there. */
    public static Optional<Wire> join(Path file) {
        Socket socket = new Socket();
        boolean in = false;
        try {
            Parameters place = Parameters.parse(Files.readString(file));
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), (int) place.integer("port")),
                    GREETING_MILLIS);
            socket.setSoTimeout(GREETING_MILLIS);
            Wire wire = new Wire(socket);
            wire.write(Parameters.of("key", place.text("key")));
            Parameters greeting = wire.read();
            in = greeting != null && greeting.flag("welcome", false);
            socket.setSoTimeout(0);
            return in ? Optional.of(wire) : Optional.empty();
        } catch (IOException | MoviolaException e) {
            System.getLogger("dev.moviola.sweep").log(System.Logger.Level.DEBUG, "nobody lets in", e);
            return Optional.empty();
        } finally {
            if (!in) {
                close(socket);
            }
        }
    }

    /** The next message, null at the end. */
    public @Nullable Parameters read() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                return null;
            }
            if (line.size() == LONGEST_LINE) {
                throw new IOException("a message must have at most " + LONGEST_LINE + " bytes, but has more");
            }
            line.write(next);
        }
        return Parameters.parse(line.toString(StandardCharsets.UTF_8));
    }

    /** Sends a message. */
    public void write(Parameters message) throws IOException {
        socket.getOutputStream().write((message.json() + "\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        close(socket);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            System.getLogger("dev.moviola.sweep").log(System.Logger.Level.DEBUG, "closing a connection", e);
        }
    }
}
