package dev.moviola.kernel.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moviola.MoviolaException;
import dev.moviola.kernel.KernelClient;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

    @Test
    void aClientThatSpeaksNonsenseIsSentAwayAndOthersAreServed() throws Exception {
        ConnectionFile connection = KernelClient.freePorts();
        try (Transport transport = echoing(connection)) {
            transport.start();
            try (Socket stranger = new Socket(connection.ip(), connection.shell())) {
                stranger.getOutputStream().write("x".repeat(200).getBytes(StandardCharsets.US_ASCII));
                stranger.setSoTimeout(60_000);
                while (stranger.getInputStream().read() >= 0) {
                    continue;
                }
            } catch (SocketException reset) {
                assertThat(reset).hasMessageContaining("reset");
            }

            assertThat(answer(connection, "of the other")).isEqualTo("of the other");
        }
    }

    @Test
    void aClientThatComesBackUnderItsNameTakesItsOwnPlace() throws Exception {
        ConnectionFile connection = KernelClient.freePorts();
        InetSocketAddress address = new InetSocketAddress(connection.ip(), connection.shell());
        try (Transport transport = echoing(connection);
                SocketChannel first = SocketChannel.open(address);
                SocketChannel second = SocketChannel.open(address)) {
            transport.start();
            MessageCodec codec = new MessageCodec(connection);
            assertThat(answer(codec, first, "first")).isEqualTo("first");

            assertThat(answer(codec, second, "second")).isEqualTo("second");

            assertThat(first.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        }
    }

    @Test
    void clientsOnTheSameMachineMayUseFilesInsteadOfPorts(@TempDir Path folder) throws Exception {
        ConnectionFile connection =
                new ConnectionFile("ipc", folder.resolve("kernel").toString(), 1, 2, 3, 4, 5, "hmac-sha256", "a key");
        MessageCodec codec = new MessageCodec(connection);
        try (Transport transport = echoing(connection)) {
            transport.start();
            try (SocketChannel socket = SocketChannel.open(UnixDomainSocketAddress.of(folder.resolve("kernel-1")))) {
                socket.write(ByteBuffer.wrap(Wire.greeting()));
                socket.write(ByteBuffer.wrap(Wire.ready("DEALER")));
                Message request = codec.compose(
                        List.of(),
                        "echo_request",
                        Message.object(),
                        Message.object().put("text", "file"));
                socket.write(ByteBuffer.wrap(Wire.message(codec.encode(request))));

                assertThat(received(socket, codec).content().path("text").asText())
                        .isEqualTo("file");
            }
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void theFilesThatAKilledKernelLeftAreTakenOverAndThoseOfALivingOneAreNot(@TempDir Path folder) throws Exception {
        ConnectionFile connection =
                new ConnectionFile("ipc", folder.resolve("kernel").toString(), 1, 2, 3, 4, 5, "hmac-sha256", "a key");
        try (ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            killed.bind(UnixDomainSocketAddress.of(folder.resolve("kernel-1")));
        }
        assertThat(folder.resolve("kernel-1")).exists();

        try (Transport transport = echoing(connection)) {
            transport.start();
            assertThatThrownBy(() -> echoing(connection))
                    .isInstanceOf(MoviolaException.class)
                    .hasMessageContaining(connection.endpoint(1));
        }
    }

    @Test
    void aClientThatDoesNotReadHoldsNoNoticeBack() throws Exception {
        ConnectionFile connection = KernelClient.freePorts();
        InetSocketAddress address = new InetSocketAddress(connection.ip(), connection.iopub());
        try (Transport transport = echoing(connection);
                SocketChannel idle = SocketChannel.open(address)) {
            transport.start();
            idle.write(ByteBuffer.wrap(Wire.greeting()));
            idle.write(ByteBuffer.wrap(Wire.ready("SUB")));
            idle.write(ByteBuffer.wrap(Wire.message(new byte[] {1})));
            received(idle, new MessageCodec(connection), "XPUB");
            var much = Message.object().put("text", "x".repeat(1 << 20));
            Thread cell = new Thread(() -> {
                for (int i = 0; i < 200; i++) {
                    transport.publish("stream", Message.object(), much);
                }
            });
            cell.start();
            while (cell.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }

            transport.publish("status", Message.object(), Message.object().put("execution_state", "busy"));

            assertThat(cell.isAlive()).isTrue();
            idle.close();
            cell.join();
        }
    }

    @Test
    void aClientIsWelcomedBeforeItHearsAnythingElse() throws Exception {
        ConnectionFile connection = KernelClient.freePorts();
        InetSocketAddress address = new InetSocketAddress(connection.ip(), connection.iopub());
        MessageCodec codec = new MessageCodec(connection);
        AtomicBoolean over = new AtomicBoolean();
        try (Transport transport = echoing(connection)) {
            transport.start();
            Thread cell = new Thread(() -> {
                while (!over.get()) {
                    transport.publish("status", Message.object(), Message.object());
                }
            });
            cell.start();
            for (int i = 0; i < 200; i++) {
                try (SocketChannel client = SocketChannel.open(address)) {
                    client.write(ByteBuffer.wrap(Wire.greeting()));
                    client.write(ByteBuffer.wrap(Wire.ready("SUB")));
                    client.write(ByteBuffer.wrap(Wire.message(new byte[] {1})));

                    assertThat(received(client, codec, "XPUB").type())
                            .as("heard first by client %d", i + 1)
                            .isEqualTo("iopub_welcome");
                }
            }
            over.set(true);
            cell.join();
        } finally {
            over.set(true);
        }
    }

    @Test
    void aPortThatIsTakenIsNamed() throws Exception {
        ConnectionFile connection = KernelClient.freePorts();
        try (ServerSocket taken = new ServerSocket(connection.control(), 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> new Transport(connection, (route, message) -> {}))
                    .isInstanceOf(MoviolaException.class)
                    .hasMessageContaining(connection.endpoint(taken.getLocalPort()));
        }
    }

    private static Message received(SocketChannel socket, MessageCodec codec) throws Exception {
        return received(socket, codec, "ROUTER");
    }

    private static Message received(SocketChannel socket, MessageCodec codec, String kind) throws Exception {
        List<List<byte[]>> messages = new ArrayList<>();
        WireReader reader = new WireReader(new WireReader.Sink() {
            @Override
            public void greeted() {
                assertThat(messages).isEmpty();
            }

            @Override
            public void ready(Map<String, byte[]> properties) {
                assertThat(properties.get("socket-type")).asString().isEqualTo(kind);
            }

            @Override
            public void command(String name, byte[] body) {
                throw new AssertionError(name);
            }

            @Override
            public void message(List<byte[]> frames) {
                messages.add(frames);
            }
        });
        ByteBuffer bytes = ByteBuffer.allocate(1_000);
        while (messages.isEmpty() && socket.read(bytes.clear()) >= 0) {
            reader.read(bytes.flip());
        }
        return codec.decode(messages.get(0));
    }

    private static Transport echoing(ConnectionFile connection) {
        AtomicReference<Transport> itself = new AtomicReference<>();
        itself.set(new Transport(
                connection, (route, message) -> itself.get().reply(route, message, "echo_reply", message.content())));
        return itself.get();
    }

    private static String answer(MessageCodec codec, SocketChannel socket, String text) throws Exception {
        ByteBuffer properties = ByteBuffer.allocate(64);
        property(properties, "Socket-Type", "DEALER");
        property(properties, "Identity", "client");
        Message request = codec.compose(
                List.of(), "echo_request", Message.object(), Message.object().put("text", text));
        socket.write(ByteBuffer.wrap(Wire.greeting()));
        socket.write(ByteBuffer.wrap(Wire.command("READY", Arrays.copyOf(properties.array(), properties.position()))));
        socket.write(ByteBuffer.wrap(Wire.message(codec.encode(request))));
        return received(socket, codec).content().path("text").asText();
    }

    private static void property(ByteBuffer into, String name, String value) {
        into.put((byte) name.length()).put(name.getBytes(StandardCharsets.US_ASCII));
        into.putInt(value.length()).put(value.getBytes(StandardCharsets.US_ASCII));
    }

    private static String answer(ConnectionFile connection, String text) {
        try (Dealer client = new Dealer(connection, 60_000)) {
            Message request = client.codec()
                    .compose(
                            List.of(),
                            "echo_request",
                            Message.object(),
                            Message.object().put("text", text));
            return client.ask(request).content().path("text").asText();
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
