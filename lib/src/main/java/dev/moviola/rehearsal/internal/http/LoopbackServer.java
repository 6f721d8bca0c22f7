package dev.moviola.rehearsal.internal.http;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 on the loopback address, with a thread for each connection. Unlike a proper server it can also break
 * connections at will, which is why it exists.
 */
public final class LoopbackServer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(LoopbackServer.class.getName());
    private static final int LONGEST_LINE = 16 * 1024;
    private static final int MOST_HEADERS = 100;
    private static final int LARGEST_BODY = 100 << 20;
    private static final int IDLE_MILLIS = 60_000;
    private static final int SLOWEST_CLOSE_SECONDS = 5;

    private final ServerSocket listener;
    private final Function<HttpRequest, HttpReply> handler;
    private final ExecutorService threads;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch accepted = new CountDownLatch(1);

    /**
     * Listens at once.
     *
     * @param port 0 for any free one
     */
    public LoopbackServer(int port, Function<HttpRequest, HttpReply> handler) throws IOException {
        this.handler = handler;
        listener = new ServerSocket(port, 1024, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        AtomicInteger count = new AtomicInteger();
        threads = Executors.newCachedThreadPool(task -> {
            Thread thread =
                    new Thread(null, task, "stand-in-" + listener.getLocalPort() + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        threads.execute(this::accept);
    }

    /** The port. */
    public int port() {
        return listener.getLocalPort();
    }

    @Override
    public void close() {
        closed.countDown();
        closeQuietly(listener);
        try {
            // The port is free only when the thread that accepts has let go of it.
            if (!accepted.await(SLOWEST_CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.log(System.Logger.Level.WARNING, "the listener is slow to close");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connections.forEach(LoopbackServer::closeQuietly);
        threads.shutdown();
    }

    private void accept() {
        try {
            while (!listener.isClosed()) {
                try {
                    Socket socket = listener.accept();
                    connections.add(socket);
                    threads.execute(() -> serve(socket));
                } catch (IOException e) {
                    if (!listener.isClosed()) {
                        LOG.log(System.Logger.Level.WARNING, "a connection could not be accepted", e);
                    }
                }
            }
        } finally {
            accepted.countDown();
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(IDLE_MILLIS);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 64 * 1024);
            boolean open = true;
            while (open) {
                HttpRequest request = read(in, out);
                open = request != null && answer(handler.apply(request), socket, out);
            }
        } catch (SocketException | SocketTimeoutException e) {
            LOG.log(System.Logger.Level.TRACE, "a connection ended", e);
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "a connection broke", e);
        } finally {
            connections.remove(socket);
        }
    }

    private static @Nullable HttpRequest read(InputStream in, OutputStream out) throws IOException {
        String start = line(in);
        if (start == null) {
            return null;
        }
        String[] words = start.split(" ");
        if (words.length != 3) {
            throw new IOException("a request must start with method, path and version");
        }
        Map<String, String> headers = new HashMap<>();
        for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            if (colon < 1 || headers.size() >= MOST_HEADERS) {
                throw new IOException("headers must be at most " + MOST_HEADERS + " lines of name: value");
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        if ("100-continue".equalsIgnoreCase(headers.get("expect"))) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }
        long length = Long.parseLong(headers.getOrDefault("content-length", "0"));
        if (length > LARGEST_BODY || headers.containsKey("transfer-encoding")) {
            write(out, HttpReply.json(413, "{\"error\":\"Failed to read request body: length limit exceeded\"}"));
            return null;
        }
        byte[] body = in.readNBytes((int) length);
        if (body.length < length) {
            throw new SocketException("the body broke off");
        }
        int query = words[1].indexOf('?');
        return new HttpRequest(words[0], query < 0 ? words[1] : words[1].substring(0, query), headers, body);
    }

    private static @Nullable String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(64);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                if (line.size() == 0) {
                    return null;
                }
                throw new SocketException("a line broke off");
            }
            if (c != '\r') {
                line.write(c);
            }
            if (line.size() > LONGEST_LINE) {
                throw new IOException("a line must have at most " + LONGEST_LINE + " bytes");
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    /** Whether the connection may be used again. */
    private boolean answer(HttpReply reply, Socket socket, OutputStream out) throws IOException {
        if (reply instanceof HttpReply.Body body) {
            write(out, body);
            return true;
        }
        if (reply instanceof HttpReply.FileBody file) {
            return send(file, socket, out);
        }
        if (reply instanceof HttpReply.Silence silence) {
            try {
                closed.await(silence.time().toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return false;
        }
        reset(socket);
        return false;
    }

    private static boolean send(HttpReply.FileBody file, Socket socket, OutputStream out) throws IOException {
        long length = Files.size(file.file());
        head(out, 200, Map.of("Content-Type", file.mediaType()), length);
        if (file.ending() == HttpReply.Ending.WHOLE) {
            Files.copy(file.file(), out);
            out.flush();
            return true;
        }
        try (InputStream in = Files.newInputStream(file.file())) {
            out.write(in.readNBytes((int) (length / 2)));
        }
        out.flush();
        if (file.ending() == HttpReply.Ending.RESET_HALF_WAY) {
            reset(socket);
        }
        return false;
    }

    private static void write(OutputStream out, HttpReply.Body body) throws IOException {
        head(out, body.status(), body.headers(), body.bytes().length);
        out.write(body.bytes());
        out.flush();
    }

    private static void head(OutputStream out, int status, Map<String, String> headers, long length)
            throws IOException {
        StringBuilder head = new StringBuilder("HTTP/1.1 ").append(status).append(" Stand-in\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Content-Length: ").append(length).append("\r\n\r\n");
        out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void reset(Socket socket) throws IOException {
        // Closing without lingering sends RST instead of FIN.
        socket.setSoLinger(true, 0);
        socket.close();
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            LOG.log(System.Logger.Level.DEBUG, "closing failed", e);
        }
    }
}
