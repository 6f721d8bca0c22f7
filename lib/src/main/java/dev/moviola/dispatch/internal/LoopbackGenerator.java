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
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The other side of {@link DispatchBench}: an HTTP/1.1 server on the loopback address with one thread, which answers
 * every {@code POST /jobs} after a fixed time with a small clip, whose first eight bytes are the number of the job.
 */
public final class LoopbackGenerator implements AutoCloseable {
    /** The size of a clip. */
    public static final int CLIP_BYTES = 4_096;

    private final ByteBuffer in = LoopbackMessages.buffer();
    private final Selector selector;
    private final ServerSocketChannel server;
    private final long workNanos;
    private final ByteBuffer rest;
    private final byte[] head;
    private final Deque<Due> due = new ArrayDeque<>();
    private final AtomicLong taken = new AtomicLong();
    private final Thread thread;
    private volatile boolean closed;

    LoopbackGenerator(long workNanos, int clipBytes) throws IOException {
        this.workNanos = workNanos;
        if (clipBytes < Long.BYTES) {
            throw new IllegalArgumentException("a clip must hold 8 or more bytes, but was to hold " + clipBytes);
        }
        rest = ByteBuffer.allocateDirect(clipBytes - Long.BYTES).asReadOnlyBuffer();
        head = ("HTTP/1.1 200 OK\r\nContent-Length: " + clipBytes + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        selector = Selector.open();
        server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_024);
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
        thread = new Thread(this::serve, "moviola-loopback-generator");
        thread.setDaemon(true);
        thread.start();
    }

    /** One that needs as long for each job as {@code load} says. */
    public static LoopbackGenerator of(DispatchBench.Load load) throws IOException {
        return new LoopbackGenerator(load.work().toNanos(), CLIP_BYTES);
    }

    /** Where jobs are posted. */
    public String jobs() throws IOException {
        return address() + "/jobs";
    }

    private String address() throws IOException {
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
                selector.select(answerDue());
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
                SelectionKey registered = client.register(selector, SelectionKey.OP_READ);
                registered.attach(new Connection(registered));
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
            connection.write();
        } catch (IOException gone) {
            channel.close();
        }
    }

    /** Answers what is due, and says for how many milliseconds nothing more will be. */
    private long answerDue() {
        for (Due next = due.peek(); next != null; next = due.peek()) {
            long left = next.nanos() - System.nanoTime();
            if (left > 0) {
                return left / 1_000_000 + 1;
            }
            due.remove();
            next.connection().answer(response(taken.incrementAndGet()));
        }
        return 0;
    }

    private ByteBuffer[] response(long number) {
        ByteBuffer start = ByteBuffer.allocate(head.length + Long.BYTES)
                .put(head)
                .putLong(number)
                .flip();
        return new ByteBuffer[] {start, rest.duplicate()};
    }

    private record Due(long nanos, Connection connection) {}

    private final class Connection {
        private final LoopbackMessages requests = new LoopbackMessages(in);
        private final Deque<ByteBuffer[]> answers = new ArrayDeque<>();
        private final SelectionKey key;

        private Connection(SelectionKey key) {
            this.key = key;
        }

        private boolean read(SocketChannel channel) throws IOException {
            return requests.read(channel, request -> due.add(new Due(System.nanoTime() + workNanos, this)));
        }

        private void answer(ByteBuffer[] response) {
            answers.add(response);
            try {
                write();
            } catch (IOException gone) {
                key.cancel();
            }
        }

        private void write() throws IOException {
            SocketChannel channel = (SocketChannel) key.channel();
            while (!answers.isEmpty() && channel.isOpen()) {
                ByteBuffer[] answer = answers.element();
                channel.write(answer);
                if (answer[answer.length - 1].hasRemaining()) {
                    key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
                    return;
                }
                answers.remove();
            }
            if (key.isValid()) {
                key.interestOps(SelectionKey.OP_READ);
            }
        }
    }
}
