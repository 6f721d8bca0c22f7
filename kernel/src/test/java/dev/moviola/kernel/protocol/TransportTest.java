package dev.moviola.kernel.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moviola.kernel.KernelClient;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

class TransportTest {
    private static final int TIMES = 60;

    @Test
    void aTransportEndsAllItsThreadsHoweverBusyItsHeartIs() throws Exception {
        for (int i = 0; i < TIMES; i++) {
            ConnectionFile connection = KernelClient.freePorts();
            Transport transport = new Transport(connection, (route, message) -> {});
            transport.start();
            AtomicBoolean over = new AtomicBoolean();
            Thread pinging = new Thread(() -> ping(connection, over));
            pinging.start();
            while (pinging.getState() == Thread.State.NEW) {
                Thread.onSpinWait();
            }

            transport.close();

            over.set(true);
            pinging.join();
            assertThat(threads()).as("after %d transports", i + 1).isEmpty();
        }
    }

    @Test
    void aTransportThatNeverStartedGivesItsPortsBack() throws Exception {
        ConnectionFile connection = KernelClient.freePorts();
        new Transport(connection, (route, message) -> {}).close();

        for (int port : new int[] {connection.shell(), connection.iopub(), connection.heartbeat()}) {
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                assertThat(socket.getLocalPort()).isEqualTo(port);
            }
        }
    }

    private static void ping(ConnectionFile connection, AtomicBoolean over) {
        try (ZContext context = new ZContext()) {
            ZMQ.Socket socket = context.createSocket(SocketType.DEALER);
            socket.setReceiveTimeOut(1);
            socket.setSendTimeOut(1);
            socket.connect(connection.endpoint(connection.heartbeat()));
            while (!over.get()) {
                if (socket.sendMore(new byte[0])) {
                    socket.send("ping");
                }
                socket.recv();
            }
        }
    }

    private static List<String> threads() {
        List<String> alive = new ArrayList<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            String name = thread.getName();
            if (name.equals("moviola-heartbeat")
                    || name.equals("moviola-transport-end")
                    || name.matches("moviola-(SHELL|CONTROL|STDIN|iopub).*")) {
                alive.add(name);
            }
        }
        return alive;
    }
}
