package dev.moviola.dispatch.internal;

import dev.moviola.dispatch.internal.LoopbackMessages.Message;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The near side of {@link DispatchBench}: posts to a {@link LoopbackGenerator}, with one thread for all calls, as the
 * other side and aiohttp have, and with as many connections as there are calls at a time. OkHttp with a thread for each
 * call would take a third of the processor time, which is not what is to be measured.
 */
final class LoopbackClient implements AutoCloseable {
    private static final String DONE = "HTTP/1.1 200";

    private final InetSocketAddress server;
    private final byte[] head;
    private final ByteBuffer in = LoopbackMessages.buffer();
    private final Selector selector;
    private final Queue<Call> asked = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final Deque<Connection> idle = new ArrayDeque<>();
    private final Thread thread;
    private volatile boolean closed;

    LoopbackClient(String url) throws IOException {
        URI uri = URI.create(url);
        server = new InetSocketAddress(uri.getHost(), uri.getPort());
        head = ("POST " + uri.getPath() + " HTTP/1.1\r\nHost: " + uri.getAuthority()
                        + "\r\nContent-Type: application/json\r\nContent-Length: ")
                .getBytes(StandardCharsets.US_ASCII);
        selector = Selector.open();
        thread = new Thread(this::work, "moviola-loopback-client");
        thread.setDaemon(true);
        thread.start();
    }

    /** The body of the answer; fails where there is none, or one that is no success. */
    CompletableFuture<byte[]> post(byte[] body) {
        Call call = new Call(body, new CompletableFuture<>());
        asked.add(call);
        if (waiting.getAndIncrement() == 0) {
            selector.wakeup();
        }
        if (closed) {
            call.answer.completeExceptionally(closed());
        }
        return call.answer;
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
    }

    private void work() {
        try (selector) {
            while (!closed) {
                selector.select(this::attend);
                int calls = waiting.getAndSet(0);
                for (int i = 0; i < calls; i++) {
                    send(asked.remove());
                }
            }
            for (SelectionKey key : selector.keys()) {
                ((Connection) key.attachment()).fail(closed());
            }
            asked.forEach(call -> call.answer.completeExceptionally(closed()));
        } catch (IOException e) {
            throw new IllegalStateException("the loopback client broke", e);
        }
    }

    private static IOException closed() {
        return new IOException("the client is closed");
    }

    private void send(Call call) {
        try {
            Connection free = idle.poll();
            (free == null ? new Connection() : free).send(call);
        } catch (IOException e) {
            call.answer.completeExceptionally(e);
        }
    }

    private void attend(SelectionKey key) {
        Connection connection = (Connection) key.attachment();
        try {
            if (key.isWritable()) {
                connection.write();
            }
            if (key.isReadable()) {
                connection.read();
            }
        } catch (IOException e) {
            connection.fail(e);
        }
    }

    private ByteBuffer request(byte[] body) {
        byte[] length = (body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(head.length + length.length + body.length)
                .put(head)
                .put(length)
                .put(body)
                .flip();
    }

    private record Call(byte[] body, CompletableFuture<byte[]> answer) {}

    private final class Connection {
        private final LoopbackMessages answers = new LoopbackMessages(in);
        private final SocketChannel channel;
        private final SelectionKey key;
        private ByteBuffer out = ByteBuffer.allocate(0);
        private @Nullable Call call;

        private Connection() throws IOException {
            channel = SocketChannel.open(server);
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            key = channel.register(selector, SelectionKey.OP_READ, this);
        }

        private void send(Call next) {
            call = next;
            out = request(next.body);
            try {
                write();
            } catch (IOException e) {
                fail(e);
            }
        }

        private void write() throws IOException {
            channel.write(out);
            int wanted = out.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
            if (key.interestOps() != wanted) {
                key.interestOps(wanted);
            }
        }

        private void read() throws IOException {
            if (!answers.read(channel, this::take)) {
                throw new IOException("the connection ended before the answer");
            }
        }

        private void take(Message answer) throws IOException {
            Call answered = call;
            if (answered == null) {
                throw new IOException("an answer came that nobody had asked for");
            }
            call = null;
            idle.push(this);
            if (answer.start().startsWith(DONE)) {
                answered.answer.complete(answer.body());
            } else {
                answered.answer.completeExceptionally(new IOException("the answer was " + answer.start()));
            }
        }

        private void fail(IOException why) {
            idle.remove(this);
            try {
                channel.close();
            } catch (IOException e) {
                why.addSuppressed(e);
            }
            if (call != null) {
                call.answer.completeExceptionally(why);
            }
        }
    }
}
