package dev.moviola.kernel.protocol;

import dev.moviola.MoviolaException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * One socket of the kernel with the connections of its clients, and the only thread that reads them. It blocks until
 * something comes in or a connection takes more. A {@link KernelThread} writes what it sends itself, as far as the
 * connection takes it at once; all else is written by the channel's thread.
 */
final class Channel {
    private static final int SCRATCH = 64 * 1024;

    private final Kind kind;
    private final Received received;
    private final int limit;
    private final SocketAddress address;
    private final ServerSocketChannel server;
    private final Selector selector;
    private final Thread thread;
    private final Map<String, Peer> peers = new ConcurrentHashMap<>();
    private final Queue<Peer> unsent = new ConcurrentLinkedQueue<>();
    private final Queue<Peer> connected = new ConcurrentLinkedQueue<>();
    private volatile long endsAt;
    private volatile boolean ending;
    private int strangers;

    /** What the socket does, by ZeroMQ's names. */
    enum Kind {
        /** Answers whoever asked. */
        ROUTER(Set.of("DEALER", "REQ", "ROUTER")),
        /** Tells all who subscribed. */
        XPUB(Set.of("SUB", "XSUB")),
        /** Answers in turn. */
        REP(Set.of("REQ", "DEALER"));

        private final Set<String> clients;

        Kind(Set<String> clients) {
            this.clients = clients;
        }

        boolean serves(String client) {
            return clients.contains(client);
        }
    }

    /** Who handles what comes in, on the channel's thread. */
    interface Received {
        /** Frames of a message with the sender's identity first; of an {@link Kind#XPUB} the topic subscribed to. */
        void received(Peer from, List<byte[]> frames);
    }

    /**
     * Binds. Nothing is received before {@link #start}.
     *
     * @param limit how many messages may wait for a client before the sender waits
     */
    Channel(Kind kind, ConnectionFile connection, int port, String name, int limit, Received received) {
        this.kind = kind;
        this.received = received;
        this.limit = limit;
        try {
            boolean files = connection.transport().equals("ipc");
            address = files
                    ? UnixDomainSocketAddress.of(connection.ip() + "-" + port)
                    : new InetSocketAddress(connection.ip().equals("*") ? "0.0.0.0" : connection.ip(), port);
            server = files ? ServerSocketChannel.open(StandardProtocolFamily.UNIX) : ServerSocketChannel.open();
            try {
                if (address instanceof UnixDomainSocketAddress file) {
                    forsaken(file);
                }
                server.bind(address, 100);
                server.configureBlocking(false);
                selector = Selector.open();
                server.register(selector, SelectionKey.OP_ACCEPT);
            } catch (IOException | RuntimeException e) {
                server.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            throw new MoviolaException(
                    "the kernel must listen on " + connection.endpoint(port) + ", but cannot: " + e.getMessage()
                            + "; let the client choose other ports",
                    e);
        }
        thread = new KernelThread("moviola-" + name, this::serve);
    }

    /** Deletes the socket of a kernel that was killed: it would refuse the one that is started in its place. */
    private static void forsaken(UnixDomainSocketAddress file) throws IOException {
        if (!Files.exists(file.getPath()) || Files.isRegularFile(file.getPath()) || Files.isDirectory(file.getPath())) {
            return;
        }
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            probe.connect(file);
        } catch (IOException nobodyListens) {
            Files.deleteIfExists(file.getPath());
        }
    }

    Kind kind() {
        return kind;
    }

    void start() {
        thread.start();
    }

    /** Sends to the client that the first frame names, or of an {@link Kind#XPUB} to all that subscribed to it. */
    void send(List<byte[]> frames) {
        send(frames, limit);
    }

    /** Sends as {@link #send(List)} does, but waits only when {@code limit} messages are queued for a client. */
    void send(List<byte[]> frames, int limit) {
        byte[] first = frames.get(0);
        if (kind == Kind.XPUB) {
            byte[] wire = null;
            for (Peer peer : connected) {
                if (peer.subscribedTo(first)) {
                    wire = wire == null ? Wire.message(frames) : wire;
                    peer.send(wire, limit);
                }
            }
            return;
        }
        Peer peer = peers.get(new String(first, StandardCharsets.ISO_8859_1));
        if (peer != null) {
            peer.send(Wire.message(frames.subList(1, frames.size())), limit);
        }
    }

    /** Has the channel's thread write what is left for {@code peer}. */
    void wake(Peer peer) {
        unsent.add(peer);
        selector.wakeup();
    }

    /** Makes a client known; gives its identity. A new one takes the place of an old one of that name. */
    String join(Peer peer, String named) {
        strangers++;
        String identity = named.isEmpty() ? "\0" + Integer.toHexString(strangers) : named;
        Peer before = peers.put(identity, peer);
        if (before != null) {
            close(before);
        }
        return identity;
    }

    void received(Peer from, List<byte[]> frames) {
        received.received(from, frames);
    }

    /** Sends what is queued, then ends; waits at most {@code millis}. What cannot be sent until then is lost. */
    void close(long millis) throws InterruptedException {
        endsAt = System.nanoTime() + millis * 1_000_000;
        ending = true;
        if (thread.getState() == Thread.State.NEW) {
            closeAll();
        } else {
            selector.wakeup();
            thread.join(millis + 100);
        }
    }

    private void serve() {
        ByteBuffer scratch = ByteBuffer.allocateDirect(SCRATCH);
        try {
            while (!ended()) {
                try {
                    turn(scratch);
                } catch (OutOfMemoryError e) {
                    // A cell took it all. What could not be done now is tried until the cell has ended.
                    selector.wakeup();
                    Thread.yield();
                }
            }
        } catch (IOException e) {
            KernelLog.warn(Channel.class, thread.getName() + " ends", e);
        } finally {
            closeAll();
        }
    }

    private void turn(ByteBuffer scratch) throws IOException {
        if (ending) {
            selector.select(key -> handle(key, scratch), 10);
        } else {
            selector.select(key -> handle(key, scratch));
        }
        // An interrupt, from whatever code, would let this loop run without waiting.
        Thread.interrupted();
        for (Peer peer = unsent.peek(); peer != null; peer = unsent.peek()) {
            peer.write();
            peer.watch();
            unsent.remove();
        }
    }

    private boolean ended() {
        if (!ending) {
            return false;
        }
        boolean all = true;
        for (Peer peer : connected) {
            all &= peer.write();
        }
        return all || System.nanoTime() > endsAt;
    }

    private void handle(SelectionKey key, ByteBuffer scratch) {
        if (key.attachment() instanceof Peer peer) {
            try {
                if (key.isReadable() && !peer.read(scratch)) {
                    close(peer);
                } else if (key.isValid() && key.isWritable()) {
                    peer.write();
                    peer.watch();
                }
            } catch (BadMessageException e) {
                KernelLog.warn(
                        Channel.class, thread.getName() + ": " + e.getMessage() + "; the connection is closed", null);
                close(peer);
            } catch (IOException | CancelledKeyException | OutOfMemoryError gone) {
                // A client of ours connects again, so even without memory for its message the kernel can be reached.
                close(peer);
            } catch (RuntimeException e) {
                KernelLog.warn(Channel.class, thread.getName() + ": a connection failed and is closed", e);
                close(peer);
            }
        } else {
            accept();
        }
    }

    private void accept() {
        try {
            SocketChannel socket = server.accept();
            if (socket == null) {
                return;
            }
            socket.configureBlocking(false);
            if (address instanceof InetSocketAddress) {
                socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
            }
            SelectionKey key = socket.register(selector, SelectionKey.OP_READ);
            Peer peer = new Peer(this, socket, key);
            key.attach(peer);
            connected.add(peer);
            peer.send(Wire.greeting(), Integer.MAX_VALUE);
        } catch (IOException e) {
            KernelLog.warn(Channel.class, thread.getName() + ": a connection could not be taken", e);
        }
    }

    /** Forgets a client. */
    void close(Peer peer) {
        connected.remove(peer);
        peers.remove(peer.identity(), peer);
        peer.close();
    }

    private void closeAll() {
        connected.forEach(this::close);
        try {
            server.close();
            selector.close();
            if (address instanceof UnixDomainSocketAddress file) {
                Files.deleteIfExists(file.getPath());
            }
        } catch (IOException e) {
            KernelLog.debug(Channel.class, "a socket could not be closed", e);
        }
    }
}
