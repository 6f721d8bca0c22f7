package dev.moviola.kernel.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class JsonTest {
    private static final ObjectMapper JACKSON = new ObjectMapper();

    @Property(tries = 200)
    void whatIsWrittenIsReadAgainAndIsWhatJacksonReads(
            @ForAll Map<String, String> texts, @ForAll List<Double> numbers, @ForAll long whole, @ForAll boolean flag)
            throws IOException {
        JsonNode tree = JACKSON.valueToTree(Map.of(
                "texts", texts, "numbers", numbers, "whole", whole, "flag", flag, "deep", List.of(List.of(texts))));

        byte[] written = Json.write(tree);

        assertThat(JACKSON.readTree(written)).isEqualTo(JACKSON.readTree(JACKSON.writeValueAsBytes(tree)));
        assertThat(Json.read(written)).isEqualTo(JACKSON.readTree(written));
    }

    @Test
    void numbersOfAllSizesAndNothingAreRead() throws IOException {
        String text = "{\"a\":[1,12345678901,123456789012345678901234567890,1.5e300,null,true,\"é😀\"],\"b\":{}}";

        assertThat(Json.read(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(JACKSON.readTree(text));
        assertThat(Json.read(new byte[0]).isMissingNode()).isTrue();
    }

    @Test
    void bytesAndOtherObjectsAreWrittenAsJacksonDoes() throws IOException {
        JsonNode bytes = JACKSON.createObjectNode().put("bytes", new byte[] {1, 2, 3});

        assertThat(new String(Json.write(bytes), StandardCharsets.UTF_8)).isEqualTo(JACKSON.writeValueAsString(bytes));
        assertThat(Json.of(List.of(1, "a"))).isEqualTo(JACKSON.valueToTree(List.of(1, "a")));
        assertThat(Json.of("text")).isEqualTo(JACKSON.valueToTree("text"));
        assertThat(Json.of(Map.of())).isEqualTo(JACKSON.valueToTree(Map.of()));
    }

    @Test
    void whatIsCutOffOrTooDeepIsRefused() {
        for (String text : List.of("{\"a\":", "[1,", "\"abc", "{\"a\" 1}", "[".repeat(100_000))) {
            assertThatThrownBy(() -> Json.read(text.getBytes(StandardCharsets.UTF_8)))
                    .as(text.substring(0, Math.min(8, text.length())))
                    .isInstanceOf(IOException.class);
        }
    }
}
