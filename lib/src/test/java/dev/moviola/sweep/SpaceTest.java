package dev.moviola.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moviola.MoviolaException;
import dev.moviola.ledger.Parameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpaceTest {
    private static final Space SPACE = Space.empty()
            .real("guidance", 1, 10, 0.5)
            .logReal("lr", 1e-5, 0.1)
            .integer("num_steps", 10, 50)
            .logInteger("batch", 1, 256)
            .choice("control", "edge", "depth")
            .choice("canny_threshold", "low", "high")
            .when("control", "edge")
            .simplex("weights", 0.05, List.of("vis", "edge", "seg"))
            .constraint("num_steps + 4 * guidance <= 80")
            .constraint("weights.vis > -1 + 0.5");

    @Test
    void aSpaceIsTheSameAfterItWasWrittenAndReadAgain() {
        assertThat(Space.parse(SPACE.toString())).isEqualTo(SPACE).hasSameHashCodeAs(SPACE);
    }

    @Test
    void aSpaceIsReadFromYaml() {
        Space read = Space.parse("""
                parameters:
                  guidance: {real: [1, 10], step: 0.5}
                  lr: {real: [1e-5, 0.1], log: true}
                  num_steps: {integer: [10, 50]}
                  batch: {integer: [1, 256], log: true}
                  control: {choice: [edge, depth]}
                  canny_threshold: {choice: [low, high], when: {control: edge}}
                  weights: {simplex: [vis, edge, seg], at_least: 0.05}
                constraints:
                  - num_steps + 4 * guidance <= 80
                  - weights.vis > -1 + 0.5
                """);

        assertThat(read).isEqualTo(SPACE);
    }

    @Test
    void thePresetHoldsControlWeightsThatSumToOne() {
        Dimension weights =
                Space.preset("overnight").dimension("control_weights").orElseThrow();

        assertThat(weights.domain().holds(Map.of("vis", 0.5, "edge", 0.5, "depth", 0.0, "seg", 0.0)))
                .isTrue();
        assertThat(weights.domain().holds(Map.of("vis", 0.5, "edge", 0.6, "depth", 0.0, "seg", 0.0)))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "parameters: {a: {real: [3, 1]}} | parameter a: a range must go from a finite number up to a greater one, but was 3.0..1.0",
                "parameters: {a: {real: [0, 1], log: true}} | log range must lie above 0, but was 0.0..1.0",
                "parameters: {a: {real: [0, 1], step: 2}} | a step must be in 0..1.0 and not 0, but was 2.0",
                "parameters: {a: {real: [1, 2], log: true, step: 0.1}} | must have no step, but had 0.1",
                "parameters: {a: {integer: [5, 1]}} | must go up and stay within ±1e15, but was 5..1",
                "parameters: {a: {integer: [1, 5], step: 0}} | a step must be at least 1, but was 0",
                "parameters: {a: {integer: [1.5, 5]}} | low must be a whole number, but was 1.5",
                "parameters: {a: {real: [1]}} | a range must be two numbers, [low, high], but was [1]",
                "parameters: {a: {choice: []}} | there must be 1..10000 choices, but there were 0",
                "parameters: {a: {choice: [x, x]}} | each choice must be named once",
                "parameters: {a: {choice: [[x]]}} | a choice must be text, a number or true or false",
                "parameters: {a: {simplex: [x]}} | two or more parts, each named once, but had [x]",
                "parameters: {a: {simplex: [x, y], at_least: 0.6}} | at_least must be in 0..0.5, but was 0.6",
                "parameters: {a: {real: [1, 2], stepp: 1}} | must have only [log, name, real, step, when], but has stepp",
                "parameters: {a: {rael: [1, 2]}} | one of real, integer, choice and simplex, but there were [rael]",
                "parameters: {a b: {real: [1, 2]}} | letters, digits and _, not starting with a digit, but was \"a b\"",
                "parameters: {a: {real: [1, 2], when: {b: 1}}} | a depends on b",
                "parameters: {a: {choice: [x, y]}, b: {real: [1, 2], when: {a: z}}} | b waits for z",
                "parameters: {a: {real: [1, 2]}, b: {real: [1, 2], when: {a: 1.5}}} | few values, but b depends on a",
                "{parameters: {a: {real: [1, 2]}}, constraints: [a * a < 2]} | sums of parameters, such as \"2 * a + b <= 1\", but was \"a * a < 2\"",
                "{parameters: {a: {real: [1, 2]}}, constraints: [c < 2]} | names c; there are [a]",
                "parameters: {} | must have parameters, but has none",
                "parameters: 7 | `parameters` must be an object of names and values, but was 7",
                "'[1' | a space must be YAML or JSON, but",
            })
    void anImpossibleSpaceSaysWhichRuleItBreaksWithTheValues(String yaml, String message) {
        assertThatThrownBy(() -> Space.parse(yaml))
                .isInstanceOf(MoviolaException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aMessageAboutASpaceFileNamesTheFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("space.yaml"), "parameters: {a: {real: [3, 1]}}");

        assertThatThrownBy(() -> Space.read(file))
                .hasMessageContaining("space.yaml")
                .hasMessageContaining("3.0..1.0");
        assertThatThrownBy(() -> Space.read(folder.resolve("none.yaml"))).hasMessageContaining("none.yaml");
        assertThatThrownBy(() -> Space.preset("none")).hasMessageContaining("must be one of [overnight, rehearsal]");
    }

    @Test
    void settingsAreCheckedAgainstDomainsConditionsAndConstraints() {
        Space space = Space.empty()
                .choice("control", "edge", "depth")
                .choice("canny", 1, 2)
                .when("control", "edge")
                .integer("n", 0, 9)
                .constraint("n < 5");

        assertThat(space.check(Parameters.of("control", "edge", "canny", 2, "n", 4))
                        .integer("n"))
                .isEqualTo(4);
        assertThatThrownBy(() -> space.check(Parameters.of("control", "depth", "canny", 2, "n", 4)))
                .hasMessageContaining("canny must be left out unless");
        assertThatThrownBy(() -> space.check(Parameters.of("control", "edge", "n", 4)))
                .hasMessageContaining("canny must lie in")
                .hasMessageContaining("is missing");
        assertThatThrownBy(() -> space.check(Parameters.of("control", "depth", "n", 5)))
                .hasMessageContaining("the constraint n < 5");
        assertThatThrownBy(() -> space.check(Parameters.of("control", "depth", "n", 10)))
                .hasMessageContaining("but was 10");
        assertThatThrownBy(() -> space.check(Parameters.of("m", 1))).hasMessageContaining("but m is none");
        assertThatThrownBy(() -> space.integer("n", 0, 1)).hasMessageContaining("n is there already");
        assertThatThrownBy(() -> Space.empty().when("n", 1)).hasMessageContaining("must follow the parameter");
    }

    @Property(tries = 300)
    void everyPointGivesAValueOfTheDomainAndTheWayBackGivesTheValueAgain(
            @ForAll @DoubleRange(min = -1, max = 2) double first,
            @ForAll @DoubleRange(max = 1) double second,
            @ForAll @LongRange(min = 1, max = 1_000_000) long high,
            @ForAll @IntRange(min = 1, max = 9) int step) {
        List<Domain> domains = List.of(
                new Domain.Real(-high, high, false, null),
                new Domain.Real(0, high, false, high / (double) step),
                new Domain.Real(0.001, high, true, null),
                new Domain.Whole(-high, high, false, step),
                new Domain.Whole(1, high, true, 1),
                new Domain.Choice(List.of("a", 2, true)),
                new Domain.Simplex(List.of("a", "b"), 0.1));
        for (Domain domain : domains) {
            Object value = domain.at(new double[] {first, second}, 0);
            assertThat(domain.holds(value)).as("%s in %s", value, domain).isTrue();
            double[] back = new double[2];
            domain.locate(value, back, 0);
            Object again = domain.at(back, 0);
            if (domain.size() > 0) {
                assertThat(again).isEqualTo(value);
            } else if (value instanceof Double real) {
                assertThat((Double) again).isCloseTo(real, org.assertj.core.data.Offset.offset(1e-6 * high));
            } else {
                Parameters.of("it", value).object("it").asMap().forEach((part, weight) -> assertThat(
                                Parameters.of("it", again).object("it").number(part))
                        .isCloseTo((Double) weight, org.assertj.core.data.Offset.offset(1e-6)));
            }
        }
    }

    @Test
    void aWeightOfNothingIsZeroAndNotLess() {
        Object weights = new Domain.Simplex(List.of("a", "b"), 0).at(new double[] {1, 0.5}, 0);

        assertThat(((Map<?, ?>) weights).get("a")).isEqualTo(0.0).isNotEqualTo(-0.0);
    }

    @Test
    void aFileThatIsNotThereOrNoYamlIsToldInOneLine(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("space.yaml");
        assertThatThrownBy(() -> Space.read(file)).hasMessageEndingWith("cannot be read: there is no such file");
        Files.writeString(file, "a: [b\n");
        assertThatThrownBy(() -> Space.read(file))
                .hasMessageContaining("a space must be YAML or JSON, but")
                .message()
                .doesNotContain("\n");
    }
}
