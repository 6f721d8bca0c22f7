package dev.moviola.dispatch.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class LoopbackMessagesTest {
    @Property(tries = 200)
    void howeverTheBytesComeEachConnectionGetsItsOwnMessagesWhole(
            @ForAll @Size(min = 1, max = 12) List<@IntRange(max = 3_000) Integer> lengths, @ForAll long seed)
            throws IOException {
        Random random = new Random(seed);
        ByteBuffer shared = LoopbackMessages.buffer();
        List<Line> lines = List.of(new Line(shared), new Line(shared), new Line(shared));
        for (int length : lengths) {
            lines.get(random.nextInt(lines.size())).expect(length, random);
        }

        while (lines.stream().anyMatch(line -> line.at < line.sent.size())) {
            lines.get(random.nextInt(lines.size())).pass(random);
        }

        for (Line line : lines) {
            assertThat(line.got).containsExactlyElementsOf(line.expected);
        }
    }

    private static final class Line {
        private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
        private final List<String> expected = new ArrayList<>();
        private final List<String> got = new ArrayList<>();
        private final LoopbackMessages messages;
        private int at;

        private Line(ByteBuffer shared) {
            messages = new LoopbackMessages(shared);
        }

        private void expect(int length, Random random) throws IOException {
            byte[] body = new byte[length];
            random.nextBytes(body);
            String start = "HTTP/1.1 200 " + expected.size();
            sent.write((start + "\r\ncontent-Length: " + length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            sent.write(body);
            expected.add(start + Arrays.hashCode(body));
        }

        private void pass(Random random) throws IOException {
            int length = Math.min(sent.size() - at, 1 + random.nextInt(random.nextBoolean() ? 5 : 4_000));
            ReadableByteChannel piece =
                    Channels.newChannel(new ByteArrayInputStream(sent.toByteArray(), at, Math.max(0, length)));
            boolean open = messages.read(piece, message -> got.add(message.start() + Arrays.hashCode(message.body())));
            assertThat(open).isEqualTo(length > 0);
            at += length;
        }
    }
}
