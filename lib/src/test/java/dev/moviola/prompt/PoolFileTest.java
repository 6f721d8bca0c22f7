package dev.moviola.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moviola.MoviolaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PoolFileTest {
    @TempDir
    private Path folder;

    private static final String YAML = """
            # what breaks rain
            pools:
              weather:
                - hail the size of cars
                - "rain that falls sideways"
                - 8
            combinations:
              - weight: 2.5
                use:
                  weather: rain that falls sideways
                  physics: [gravity inversion, zero-G flips]
              - use: {weather: hail the size of cars}
            """;

    @Test
    void yamlGivesPoolsAndCombinations() throws IOException {
        PoolFile read = PoolFile.read(file("pools.yaml", YAML));

        assertThat(read.pools())
                .containsExactly(ModifierPool.of("weather", "hail the size of cars", "rain that falls sideways", "8"));
        assertThat(read.combinations())
                .containsExactly(
                        Combination.of(
                                2.5,
                                "weather",
                                "rain that falls sideways",
                                "physics",
                                "gravity inversion",
                                "physics",
                                "zero-G flips"),
                        Combination.of(1, "weather", "hail the size of cars"));
    }

    @Test
    void jsonSaysTheSame() throws IOException {
        String json = """
                {"pools": {"weather": ["hail", "rain"]},
                 "combinations": [{"weight": 2, "use": {"weather": "rain", "camera": "dolly zoom"}}]}
                """;

        PoolFile read = PoolFile.read(file("pools.json", json));

        assertThat(read.pools()).containsExactly(ModifierPool.of("weather", "hail", "rain"));
        assertThat(read.combinations()).containsExactly(Combination.of(2, "weather", "rain", "camera", "dolly zoom"));
    }

    @Test
    void aUsersPoolsJoinTheBuiltInOnesAndReplaceThoseOfTheirName() throws IOException {
        MutationSpec spec = MutationSpec.of("a cat")
                .add(PoolFile.read(file("a.yaml", YAML)))
                .add(PoolFile.read(file("b.yaml", "pools: {quality: [terrible]}")))
                .build();

        assertThat(spec.pools())
                .extracting(ModifierPool::name)
                .containsExactly("physics", "camera", "coherence", "environment", "quality", "weather");
        assertThat(spec.pools().get(4).modifiers()).containsExactly(new Modifier("terrible"));
        assertThat(spec.combinations()).hasSize(Combination.builtIn().size() + 2);
    }

    @Test
    void whatHasNoMeaningIsRefusedWithFileAndLine() throws IOException {
        refused("pools:\n  a: [x]\nstrategy: random\n", ":3: unknown key 'strategy'; a pool file has pools and");
        refused("pools:\n  a:\n    - x\n    - x\n", ":2: pool a has the modifier 'x' twice");
        refused("pools:\n  a: x\n", ":2: pool a must be a list of modifiers");
        refused("pools:\n  a:\n    - [x]\n", ":3: a modifier of pool a must be text");
        refused("pools:\n  a:\n    - x\n    -\n", "a modifier");
        refused("pools: {A B: [x]}", ":1: a pool's name must be");
        refused("pools: {a: [x]}\ncombinations:\n  - {wait: 3}\n", ":3: unknown key 'wait'; a combination has");
        refused("combinations:\n  - {weight: heavy}\n", ":2: weight must be a number, but was heavy");
        refused("combinations:\n  - {weight: -1, use: {a: x}}\n", ":2: a combination's weight must be over 0");
        refused("combinations:\n  - {use: {a: {b: c}}}\n", ":2: a modifier of pool a must be text");
        refused("combinations: 3\n", ":1: combinations must be a list");
        refused("- x\n", ":1: a pool file must be an object");
        refused("pools: {}\n", "has neither pools nor combinations");
        refused("pools: {a: [x]\nb: [", "not valid YAML");
        refused("pools: {a: [x], a: [y]}\n", "Duplicate");
        refused("", "a pool file must be an object");
    }

    @Test
    void jsonThatIsNotJsonIsRefusedWithItsLine() throws IOException {
        Path file = file("bad.json", "{\n\"pools\": {\n\"a\": [x]}}");

        assertThatThrownBy(() -> PoolFile.read(file))
                .isInstanceOf(MoviolaException.class)
                .hasMessageContaining("bad.json:3: not valid JSON");
        Path trailing = file("two.json", "{\"pools\": {\"a\": [\"x\"]}} {}");
        assertThatThrownBy(() -> PoolFile.read(trailing)).hasMessageContaining("nothing after");
    }

    @Test
    void aFileThatIsMissingOrTooLargeIsRefused() throws IOException {
        Path none = folder.resolve("none.yaml");
        assertThatThrownBy(() -> PoolFile.read(none)).hasMessage("there is no pool file " + none);
        assertThatThrownBy(() -> PoolFile.read(folder)).hasMessageContaining("cannot read the pool file");

        Path large = file("large.yaml", "#".repeat(PoolFile.MAX_BYTES + 1));
        assertThatThrownBy(() -> PoolFile.read(large)).hasMessageContaining("at most 4194304 bytes");

        StringBuilder many = new StringBuilder("pools:\n  a:\n");
        for (int i = 0; i <= 10_000; i++) {
            many.append("    - m").append(i).append('\n');
        }
        Path crowd = file("crowd.yaml", many.toString());
        assertThatThrownBy(() -> PoolFile.read(crowd)).hasMessageContaining("crowd.yaml:10003: a pool file must have");
    }

    @Test
    void yamlAliasesAreNotFollowed() throws IOException {
        refused("pools:\n  a: &a [x, y]\n  b: [*a, *a]\n", ":3: a modifier of pool b must be written out");
        refused("pools:\n  a: &a [x, y]\n  b: *a\n", ":3: pool b must be a list of modifiers");
    }

    private void refused(String yaml, String message) throws IOException {
        Path file = file("bad.yaml", yaml);
        assertThatThrownBy(() -> PoolFile.read(file))
                .isInstanceOf(MoviolaException.class)
                .hasMessageContaining("bad.yaml")
                .hasMessageContaining(message);
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
