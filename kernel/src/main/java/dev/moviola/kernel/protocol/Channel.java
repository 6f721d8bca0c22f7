package dev.moviola.kernel.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.function.BiConsumer;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

/**
 * One socket and the only thread that touches it. It blocks until a message comes in or one is to go out.
 *
 * <p>Each thread closes the sockets that it used, since a socket that another thread closes may keep its context from
 * ever ending.
 *
 * <p>What is to go out waits in a Java queue, since the threads of user code may be interrupted at any time and an
 * interrupt closes the pipe with which JeroMQ's sockets wake each other.
 */
final class Channel {
    private static final List<byte[]> END = List.of();

    private final ZMQ.Socket socket;
    private final ZMQ.Socket inlet;
    private final ZMQ.Socket outlet;
    private final ZMQ.Poller poller;
    private final BlockingQueue<List<byte[]>> outgoing;
    private final BiConsumer<Channel, List<byte[]>> received;
    private final Thread reader;
    private final Thread pump;
    private boolean started;

    Channel(
            ZMQ.Context context,
            SocketType type,
            String endpoint,
            String name,
            BlockingQueue<List<byte[]>> outgoing,
            BiConsumer<Channel, List<byte[]>> received) {
        this.outgoing = outgoing;
        this.received = received;
        socket = context.socket(type);
        socket.setLinger(1_000);
        if (type == SocketType.XPUB) {
            socket.setXpubVerbose(true);
            socket.setXpubNoDrop(true);
            socket.setSndHWM(200);
        } else {
            socket.setSndHWM(0);
            socket.setRouterHandover(true);
        }
        socket.bind(endpoint);
        outlet = context.socket(SocketType.PAIR);
        outlet.setHWM(1);
        outlet.bind("inproc://" + name);
        inlet = context.socket(SocketType.PAIR);
        inlet.setHWM(1);
        inlet.connect("inproc://" + name);
        poller = context.poller(2);
        reader = daemon("moviola-" + name, this::serve);
        pump = daemon("moviola-" + name + "-out", this::forward);
    }

    private static Thread daemon(String name, Runnable work) {
        Thread thread = new Thread(null, work, name);
        thread.setDaemon(true);
        return thread;
    }

    void start() {
        started = true;
        reader.start();
        pump.start();
    }

    /** Queues frames; waits while the queue is full. An interrupt is kept for the caller, the frames are not lost. */
    void send(List<byte[]> frames) {
        boolean interrupted = false;
        while (true) {
            try {
                outgoing.put(frames);
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Sends at once; only for the thread that received. */
    void sendNow(List<byte[]> frames) {
        write(socket, frames);
    }

    /** Sends what is queued, then ends both threads; waits at most {@code millis}. What is left ends with the context. */
    void close(long millis) throws InterruptedException {
        if (!started) {
            closeInlet();
            closeOutlet();
        } else if (outgoing.offer(END)) {
            reader.join(millis);
        }
    }

    private void serve() {
        poller.register(outlet, ZMQ.Poller.POLLIN);
        poller.register(socket, ZMQ.Poller.POLLIN);
        try {
            while (poller.poll(-1) >= 0) {
                if (poller.pollin(0)) {
                    List<byte[]> frames = read(outlet);
                    if (frames.size() == 1 && frames.get(0).length == 0) {
                        break;
                    }
                    write(socket, frames);
                }
                if (poller.pollin(1)) {
                    received.accept(this, read(socket));
                }
            }
        } catch (ZMQException e) {
            if (e.getErrorCode() != ZMQ.Error.ETERM.getCode()) {
                throw e;
            }
        } finally {
            closeOutlet();
        }
    }

    private void closeOutlet() {
        poller.close();
        outlet.close();
        socket.close();
    }

    private void closeInlet() {
        inlet.close();
    }

    private void forward() {
        try {
            while (true) {
                List<byte[]> frames = outgoing.take();
                if (frames == END) {
                    inlet.send(new byte[0]);
                    return;
                }
                write(inlet, frames);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ZMQException e) {
            if (e.getErrorCode() != ZMQ.Error.ETERM.getCode()) {
                throw e;
            }
        } finally {
            closeInlet();
        }
    }

    private static List<byte[]> read(ZMQ.Socket from) {
        List<byte[]> frames = new ArrayList<>();
        do {
            byte[] frame = from.recv();
            if (frame != null) {
                frames.add(frame);
            }
        } while (from.hasReceiveMore());
        return frames;
    }

    private static void write(ZMQ.Socket to, List<byte[]> frames) {
        for (int i = 0; i < frames.size(); i++) {
            to.send(frames.get(i), i + 1 < frames.size() ? ZMQ.SNDMORE : 0);
        }
    }
}
