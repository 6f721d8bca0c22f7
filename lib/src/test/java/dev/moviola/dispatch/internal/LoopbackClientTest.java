package dev.moviola.dispatch.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LoopbackClientTest {
    private static final byte[] JOB = "{}".getBytes(StandardCharsets.UTF_8);

    @Test
    void everyCallGetsAnAnswerOfItsOwn() throws Exception {
        try (LoopbackGenerator generator =
                        new LoopbackGenerator(TimeUnit.MILLISECONDS.toNanos(1), LoopbackGenerator.CLIP_BYTES);
                LoopbackClient client = new LoopbackClient(generator.jobs())) {
            Set<Long> numbers = new HashSet<>();
            for (int round = 0; round < 5; round++) {
                List<CompletableFuture<byte[]>> answers = new ArrayList<>();
                for (int i = 0; i < 50; i++) {
                    answers.add(client.post(JOB));
                }
                for (CompletableFuture<byte[]> answer : answers) {
                    assertThat(answer.join()).hasSize(LoopbackGenerator.CLIP_BYTES);
                    numbers.add(ByteBuffer.wrap(answer.join()).getLong());
                }
            }

            assertThat(numbers).hasSize(250);
            assertThat(generator.taken()).isEqualTo(250);
        }
    }

    @Test
    void anAnswerMayComeInPieces() throws Exception {
        try (ServerSocket server = server();
                LoopbackClient client = new LoopbackClient(url(server))) {
            CompletableFuture<byte[]> answer = client.post(JOB);
            try (Socket other = server.accept()) {
                for (String piece : List.of("HTTP/1.1 20", "0 OK\r\ncontent-le", "ngth: 5\r\n\r", "\n", "ab", "cde")) {
                    other.getOutputStream().write(piece.getBytes(StandardCharsets.US_ASCII));
                    other.getOutputStream().flush();
                    Thread.sleep(5);
                }
                assertThat(answer.join()).asString(StandardCharsets.US_ASCII).isEqualTo("abcde");
            }
        }
    }

    @Test
    void anAnswerThatIsNoSuccessIsAnError() throws Exception {
        failsWith("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n", "the answer was HTTP/1.1 503 Busy");
    }

    @Test
    void aConnectionThatEndsBeforeTheAnswerIsAnError() throws Exception {
        failsWith("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc", "the connection ended before the answer");
    }

    @Test
    void anAnswerThatIsTooLargeOrNotHttpIsAnError() throws Exception {
        failsWith("x".repeat(LoopbackMessages.LARGEST + 1), "a message must have at most 8192 bytes");
        failsWith("HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n", "a content length must be a number, but was many");
    }

    @Test
    void aCallThatCannotBeMadeIsAnError() throws Exception {
        String nowhere;
        try (ServerSocket server = server()) {
            nowhere = url(server);
        }
        try (LoopbackClient client = new LoopbackClient(nowhere)) {
            assertThatThrownBy(() -> client.post(JOB).join()).hasCauseInstanceOf(IOException.class);
        }
    }

    @Test
    void whoeverWaitsWhenItIsClosedIsTold() throws Exception {
        try (ServerSocket server = server()) {
            LoopbackClient client = new LoopbackClient(url(server));
            CompletableFuture<byte[]> sent = client.post(JOB);
            server.accept();
            client.close();
            CompletableFuture<byte[]> late = client.post(JOB);

            for (CompletableFuture<byte[]> answer : List.of(sent, late)) {
                assertThatThrownBy(answer::join)
                        .isInstanceOf(CompletionException.class)
                        .hasMessageContaining("the client is closed");
            }
        }
    }

    private static void failsWith(String answer, String why) throws Exception {
        try (ServerSocket server = server();
                LoopbackClient client = new LoopbackClient(url(server))) {
            CompletableFuture<byte[]> waits = client.post(JOB);
            try (Socket other = server.accept()) {
                other.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                other.shutdownOutput();
                assertThatThrownBy(waits::join).hasMessageContaining(why);
            }
        }
    }

    private static ServerSocket server() throws IOException {
        return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    private static String url(ServerSocket server) {
        return "http://127.0.0.1:" + server.getLocalPort() + "/jobs";
    }
}
