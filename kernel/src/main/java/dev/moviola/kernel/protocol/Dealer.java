package dev.moviola.kernel.protocol;

import dev.moviola.MoviolaException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** The simplest client of a kernel on TCP: one socket for requests, and one request at a time. For one thread. */
public final class Dealer implements AutoCloseable {
    private final Socket socket;
    private final MessageCodec codec;
    private final Deque<List<byte[]>> arrived = new ArrayDeque<>();
    private final WireReader reader = new WireReader(new Arrivals());
    private boolean greeted;

    /**
     * Connects to the shell of the kernel at {@code connection}.
     *
     * @param patienceMillis how long to wait for an answer
     */
    public Dealer(ConnectionFile connection, int patienceMillis) {
        codec = new MessageCodec(connection);
        try {
            socket = new Socket(connection.ip(), connection.shell());
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(patienceMillis);
            socket.getOutputStream().write(Wire.greeting());
            while (!greeted) {
                receive();
            }
            socket.getOutputStream().write(Wire.ready("DEALER"));
        } catch (IOException e) {
            throw new MoviolaException(
                    "there must be a kernel at " + connection.endpoint(connection.shell()) + ", but: " + e.getMessage(),
                    e);
        }
    }

    /** Sends a request of this type and content; gives the answer. */
    public Message ask(Message request) {
        try {
            socket.getOutputStream().write(Wire.message(codec.encode(request)));
            while (arrived.isEmpty()) {
                receive();
            }
            return codec.decode(arrived.remove());
        } catch (IOException e) {
            throw new MoviolaException("the kernel must answer a " + request.type() + ", but: " + e.getMessage(), e);
        }
    }

    /** What writes this client's requests. */
    public MessageCodec codec() {
        return codec;
    }

    private void receive() throws IOException {
        byte[] bytes = new byte[8 * 1024];
        InputStream from = socket.getInputStream();
        int count = from.read(bytes);
        if (count < 0) {
            throw new IOException("the kernel closed the connection");
        }
        reader.read(ByteBuffer.wrap(bytes, 0, count));
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // it is of no further use either way
        }
    }

    private final class Arrivals implements WireReader.Sink {
        @Override
        public void greeted() {
            greeted = true;
        }

        @Override
        public void ready(Map<String, byte[]> properties) {
            // there is only one kind of kernel
        }

        @Override
        public void command(String name, byte[] body) {
            // nothing that a kernel says but answers matters here
        }

        @Override
        public void message(List<byte[]> frames) {
            arrived.add(frames);
        }
    }
}
