package dev.moviola.dispatch.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The other side of {@link DispatchBench}: an HTTP/1.1 server on the loopback address with one thread, which takes a job
 * at once, has it done after a fixed time, and hands out a small clip.
 *
 * <p>{@code POST /jobs} answers with a number, {@code GET /jobs/N} with {@code done} or {@code pending}, {@code GET
 * /clips/N} with the bytes.
 */
final class LoopbackGenerator implements AutoCloseable {
    private static final int LONGEST_HEAD = 1 << 16;

    private final Selector selector;
    private final ServerSocketChannel server;
    private final long workNanos;
    private final int clipBytes;
    private final Map<Long, Long> doneAt = new HashMap<>();
    private final AtomicLong taken = new AtomicLong();
    private final Thread thread;
    private volatile boolean closed;

    LoopbackGenerator(long workNanos, int clipBytes) throws IOException {
        this.workNanos = workNanos;
        this.clipBytes = clipBytes;
        selector = Selector.open();
        server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_024);
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
        thread = new Thread(this::serve, "moviola-loopback-generator");
        thread.setDaemon(true);
        thread.start();
    }

    String address() throws IOException {
        InetSocketAddress bound = (InetSocketAddress) server.getLocalAddress();
        return "http://" + bound.getAddress().getHostAddress() + ":" + bound.getPort();
    }

    /** How many jobs were taken. */
    long taken() {
        return taken.get();
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
    }

    private void serve() {
        try (selector;
                server) {
            while (!closed) {
                selector.select();
                Iterator<SelectionKey> ready = selector.selectedKeys().iterator();
                while (ready.hasNext()) {
                    SelectionKey key = ready.next();
                    ready.remove();
                    attend(key);
                }
            }
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
        } catch (IOException e) {
            throw new IllegalStateException("the loopback generator broke", e);
        }
    }

    private void attend(SelectionKey key) throws IOException {
        if (key.isAcceptable()) {
            SocketChannel client = server.accept();
            if (client != null) {
                client.configureBlocking(false);
                client.setOption(StandardSocketOptions.TCP_NODELAY, true);
                client.register(selector, SelectionKey.OP_READ, new Connection());
            }
            return;
        }
        Connection connection = (Connection) key.attachment();
        SocketChannel channel = (SocketChannel) key.channel();
        try {
            if (key.isReadable() && !connection.read(channel)) {
                channel.close();
                return;
            }
            connection.write(channel);
            key.interestOps(
                    connection.answers.isEmpty() ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        } catch (IOException gone) {
            channel.close();
        }
    }

    private ByteBuffer answer(String request) {
        if (request.startsWith("POST /jobs ")) {
            long id = taken.incrementAndGet();
            doneAt.put(id, System.nanoTime() + workNanos);
            return response(Long.toString(id).getBytes(StandardCharsets.US_ASCII));
        }
        long id = Long.parseLong(
                request.substring(request.lastIndexOf('/', request.indexOf(" HTTP")) + 1, request.indexOf(" HTTP")));
        if (request.startsWith("GET /jobs/")) {
            Long time = doneAt.get(id);
            boolean done = time != null && System.nanoTime() - time >= 0;
            return response((done ? "done" : "pending").getBytes(StandardCharsets.US_ASCII));
        }
        doneAt.remove(id);
        byte[] clip = new byte[clipBytes];
        ByteBuffer.wrap(clip).putLong(id);
        return response(clip);
    }

    private static ByteBuffer response(byte[] body) {
        byte[] head =
                ("HTTP/1.1 200 OK\r\nContent-Length: " + body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        ByteBuffer buffer = ByteBuffer.allocate(head.length + body.length);
        return buffer.put(head).put(body).flip();
    }

    private final class Connection {
        private final ByteBuffer in = ByteBuffer.allocate(4_096);
        private final StringBuilder text = new StringBuilder();
        private final Deque<ByteBuffer> answers = new ArrayDeque<>();

        private boolean read(SocketChannel channel) throws IOException {
            in.clear();
            if (channel.read(in) < 0 || text.length() > LONGEST_HEAD) {
                return false;
            }
            text.append(StandardCharsets.ISO_8859_1.decode(in.flip()));
            for (int end = text.indexOf("\r\n\r\n"); end >= 0; end = text.indexOf("\r\n\r\n")) {
                String head = text.substring(0, end);
                int body = contentLength(head);
                if (text.length() < end + 4 + body) {
                    return true;
                }
                answers.add(answer(head));
                text.delete(0, end + 4 + body);
            }
            return true;
        }

        private void write(SocketChannel channel) throws IOException {
            while (!answers.isEmpty()) {
                channel.write(answers.peek());
                if (answers.peek().hasRemaining()) {
                    return;
                }
                answers.remove();
            }
        }

        private int contentLength(String head) {
            int at = head.toLowerCase(java.util.Locale.ROOT).indexOf("\r\ncontent-length:");
            if (at < 0) {
                return 0;
            }
            int end = head.indexOf('\r', at + 2);
            return Integer.parseInt(
                    head.substring(at + 17, end < 0 ? head.length() : end).trim());
        }
    }
}
