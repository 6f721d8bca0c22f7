package dev.moviola.kernel.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class WireReaderTest {
    private final Heard heard = new Heard();
    private final WireReader reader = new WireReader(heard);

    @Property(tries = 300)
    void messagesArriveWholeInWhateverPiecesTheirBytesCome(
            @ForAll @Size(min = 1, max = 8) List<@Size(min = 1, max = 5) List<@IntRange(max = 700) Integer>> messages,
            @ForAll @Size(min = 1, max = 10) List<@IntRange(min = 1, max = 300) Integer> pieces) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(Wire.greeting());
        bytes.writeBytes(Wire.ready("DEALER"));
        for (List<Integer> sizes : messages) {
            bytes.writeBytes(
                    Wire.message(sizes.stream().map(WireReaderTest::frame).toList()));
        }

        // One instance of this class serves all tries.
        Heard heard = new Heard();
        WireReader reader = new WireReader(heard);
        ByteBuffer all = ByteBuffer.wrap(bytes.toByteArray());
        for (int i = 0; all.hasRemaining(); i++) {
            int count = Math.min(all.remaining(), pieces.get(i % pieces.size()));
            reader.read(all.slice(all.position(), count));
            all.position(all.position() + count);
        }

        assertThat(heard.types).containsExactly("DEALER");
        assertThat(heard.messages).hasSize(messages.size());
        for (int i = 0; i < messages.size(); i++) {
            List<byte[]> frames = heard.messages.get(i);
            assertThat(frames).hasSize(messages.get(i).size());
            for (int j = 0; j < frames.size(); j++) {
                assertThat(frames.get(j)).isEqualTo(frame(messages.get(i).get(j)));
            }
        }
    }

    @Test
    void whatSpeaksAnotherProtocolIsRefused() {
        byte[] web = "GET /api/kernels HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII);

        assertThatThrownBy(() -> reader.read(ByteBuffer.wrap(web)))
                .isInstanceOf(BadMessageException.class)
                .hasMessageContaining("ZMTP 3");
    }

    @Test
    void aMessageBeforeTheGreetingIsCompleteIsRefused() {
        reader.read(ByteBuffer.wrap(Wire.greeting()));

        assertThatThrownBy(() -> reader.read(ByteBuffer.wrap(Wire.message(new byte[] {1}))))
                .isInstanceOf(BadMessageException.class)
                .hasMessageContaining("what it is");
        assertThat(heard.messages).isEmpty();
    }

    @Test
    void aFrameThatAnnouncesMoreThanAnyMessageMayHaveIsRefused() {
        greet();
        ByteBuffer huge = ByteBuffer.allocate(9).put((byte) Wire.LONG).putLong(Long.MAX_VALUE);

        assertThatThrownBy(() -> reader.read(huge.flip()))
                .isInstanceOf(BadMessageException.class)
                .hasMessageContaining("at most");
    }

    @Test
    void aSecondFrameThatAnnouncesAsMuchAsThereAreNumbersIsRefused() {
        greet();
        ByteBuffer huge = ByteBuffer.allocate(12)
                .put(new byte[] {Wire.MORE, 1, 7})
                .put((byte) Wire.LONG)
                .putLong(Long.MAX_VALUE);

        assertThatThrownBy(() -> reader.read(huge.flip()))
                .isInstanceOf(BadMessageException.class)
                .hasMessageContaining("at most");
    }

    @Test
    void aCommandThatAnnouncesMoreThanOneNeedsIsRefused() {
        greet();
        ByteBuffer huge =
                ByteBuffer.allocate(9).put((byte) (Wire.COMMAND | Wire.LONG)).putLong(1 << 21);

        assertThatThrownBy(() -> reader.read(huge.flip()))
                .isInstanceOf(BadMessageException.class)
                .hasMessageContaining("a command");
    }

    @Test
    void framesWithoutBytesAreNotFree() {
        greet();
        // A thousand frames at a time, none of which is the last.
        ByteBuffer empty = ByteBuffer.allocate(2_000);
        while (empty.hasRemaining()) {
            empty.put((byte) Wire.MORE).put((byte) 0);
        }

        assertThatThrownBy(() -> {
                    for (int i = 0; i < 100_000; i++) {
                        reader.read(empty.rewind());
                    }
                })
                .isInstanceOf(BadMessageException.class)
                .hasMessageContaining("at most");
    }

    @Test
    void memoryIsTakenForWhatArrivesNotForWhatIsAnnounced() {
        for (int i = 0; i < 2_000; i++) {
            WireReader each = new WireReader(heard);
            each.read(ByteBuffer.wrap(Wire.greeting()));
            each.read(ByteBuffer.wrap(Wire.ready("DEALER")));
            ByteBuffer announced = ByteBuffer.allocate(10).put((byte) Wire.LONG).putLong(1 << 29);
            each.read(announced.put((byte) 7).flip());
        }

        assertThat(heard.messages).isEmpty();
    }

    @Test
    void propertiesThatEndBeforeTheirLengthAreRefused() {
        reader.read(ByteBuffer.wrap(Wire.greeting()));
        byte[] cut = Wire.command("READY", new byte[] {3, 'a', 'b', 'c', 0, 0, 1, 0});

        assertThatThrownBy(() -> reader.read(ByteBuffer.wrap(cut))).isInstanceOf(BadMessageException.class);
    }

    @Test
    void commandsAreNoMessages() {
        greet();

        reader.read(ByteBuffer.wrap(Wire.command("PING", new byte[] {0, 1, 42})));

        assertThat(heard.commands).containsExactly("PING");
        assertThat(heard.messages).isEmpty();
    }

    private void greet() {
        reader.read(ByteBuffer.wrap(Wire.greeting()));
        reader.read(ByteBuffer.wrap(Wire.ready("DEALER")));
    }

    private static byte[] frame(int size) {
        byte[] frame = new byte[size];
        for (int i = 0; i < size; i++) {
            frame[i] = (byte) (size + i);
        }
        return frame;
    }

    private static final class Heard implements WireReader.Sink {
        final List<String> types = new ArrayList<>();
        final List<String> commands = new ArrayList<>();
        final List<List<byte[]>> messages = new ArrayList<>();

        @Override
        public void greeted() {
            types.clear();
        }

        @Override
        public void ready(Map<String, byte[]> properties) {
            types.add(new String(properties.get("socket-type"), StandardCharsets.US_ASCII));
        }

        @Override
        public void command(String name, byte[] body) {
            commands.add(name);
        }

        @Override
        public void message(List<byte[]> frames) {
            messages.add(frames);
        }
    }
}
