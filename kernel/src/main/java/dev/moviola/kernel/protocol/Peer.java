package dev.moviola.kernel.protocol;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** One connection of a client to a {@link Channel}. It is read by the channel's thread only; any thread may send. */
final class Peer implements WireReader.Sink {
    // The JDK copies what it writes to memory outside the heap and keeps as much for each thread.
    private static final int WRITTEN_AT_ONCE = 128 * 1024;
    private static final int MOST_SUBSCRIPTIONS = 1_000;

    private final Channel channel;
    private final SocketChannel socket;
    private final SelectionKey key;
    private final WireReader reader = new WireReader(this);
    private final List<byte[]> subscriptions = new CopyOnWriteArrayList<>();
    private final Deque<ByteBuffer> outgoing = new ArrayDeque<>();
    private boolean closed;
    private volatile String identity = "";

    Peer(Channel channel, SocketChannel socket, SelectionKey key) {
        this.channel = channel;
        this.socket = socket;
        this.key = key;
    }

    /** By which routing frame it is known; the empty string until it is ready. */
    String identity() {
        return identity;
    }

    boolean subscribedTo(byte[] topic) {
        for (byte[] prefix : subscriptions) {
            if (topic.length >= prefix.length && Arrays.equals(prefix, 0, prefix.length, topic, 0, prefix.length)) {
                return true;
            }
        }
        return false;
    }

    /** Reads what has arrived, with {@code scratch} to read into; false if the connection is over. */
    boolean read(ByteBuffer scratch) throws IOException {
        int count;
        do {
            scratch.clear();
            count = socket.read(scratch);
            scratch.flip();
            reader.read(scratch);
        } while (count == scratch.capacity());
        return count >= 0;
    }

    /**
     * Queues a message; waits while {@code limit} others are queued. An interrupt is kept for the caller, the message is
     * not lost.
     */
    void send(byte[] wire, int limit) {
        // To write while interrupted would close the connection.
        boolean direct = KernelThread.isCurrent() && !Thread.currentThread().isInterrupted();
        boolean interrupted = false;
        boolean left;
        synchronized (this) {
            while (outgoing.size() >= limit && !closed) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            left = !closed;
            if (left) {
                outgoing.add(ByteBuffer.wrap(wire));
                if (direct) {
                    left = !write();
                }
            }
        }
        if (left) {
            channel.wake(this);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks to be told when more can be written, if there is more; only for the channel's thread. */
    synchronized void watch() {
        if (key.isValid()) {
            key.interestOps(outgoing.isEmpty() ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        }
    }

    /** Writes what the connection takes now; true if nothing is left. */
    synchronized boolean write() {
        try {
            for (ByteBuffer first = outgoing.peek(); first != null; first = outgoing.peek()) {
                int end = first.limit();
                first.limit(Math.min(end, first.position() + WRITTEN_AT_ONCE));
                socket.write(first);
                boolean taken = !first.hasRemaining();
                first.limit(end);
                if (!taken) {
                    return false;
                }
                if (!first.hasRemaining()) {
                    outgoing.remove();
                    notifyAll();
                }
            }
        } catch (IOException gone) {
            channel.close(this);
        }
        return true;
    }

    synchronized void close() {
        closed = true;
        outgoing.clear();
        notifyAll();
        key.cancel();
        try {
            socket.close();
        } catch (IOException e) {
            // it is of no further use either way
        }
    }

    @Override
    public void greeted() {
        send(Wire.ready(channel.kind().name()), Integer.MAX_VALUE);
    }

    @Override
    public void ready(Map<String, byte[]> properties) {
        String type = new String(properties.getOrDefault("socket-type", new byte[0]), StandardCharsets.US_ASCII);
        if (!channel.kind().serves(type)) {
            throw new BadMessageException("a " + type + " cannot talk to a " + channel.kind());
        }
        byte[] named = properties.getOrDefault("identity", new byte[0]);
        identity = channel.join(this, new String(named, StandardCharsets.ISO_8859_1));
    }

    @Override
    public void command(String name, byte[] body) {
        switch (name) {
            case "PING" -> {
                byte[] context = body.length > 2 ? Arrays.copyOfRange(body, 2, body.length) : new byte[0];
                send(Wire.command("PONG", context), Integer.MAX_VALUE);
            }
            case "SUBSCRIBE" -> subscribe(body);
            case "CANCEL" -> cancel(body);
            default -> {
                // a later version may say more, which this one need not understand
            }
        }
    }

    @Override
    public void message(List<byte[]> frames) {
        if (channel.kind() != Channel.Kind.XPUB) {
            channel.received(this, frames);
            return;
        }
        byte[] event = frames.get(0);
        if (event.length > 0 && event[0] == 1) {
            subscribe(Arrays.copyOfRange(event, 1, event.length));
        } else if (event.length > 0 && event[0] == 0) {
            cancel(Arrays.copyOfRange(event, 1, event.length));
        }
    }

    private void subscribe(byte[] topic) {
        if (subscriptions.size() >= MOST_SUBSCRIPTIONS) {
            throw new BadMessageException("a client must have at most " + MOST_SUBSCRIPTIONS + " subscriptions");
        }
        // Whoever finds the subscription waits to send, so the welcome comes first and nothing is lost after it.
        synchronized (this) {
            subscriptions.add(topic);
            channel.received(this, List.of(topic));
        }
    }

    private void cancel(byte[] topic) {
        for (byte[] each : subscriptions) {
            if (Arrays.equals(each, topic)) {
                subscriptions.remove(each);
                return;
            }
        }
    }
}
