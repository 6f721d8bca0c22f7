package dev.moviola.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moviola.MoviolaException;
import dev.moviola.ledger.Parameters;
import dev.moviola.prompt.internal.Fingerprints;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MutatorTest {
    private static final String BASE = "samurai vs T-rex";

    @Test
    void theBuiltInPoolsHaveWhatThePlanNamesAndEightOrMoreEach() {
        Set<String> texts = ModifierPool.builtIn().stream()
                .flatMap(pool -> pool.modifiers().stream())
                .map(Modifier::text)
                .collect(Collectors.toSet());

        assertThat(ModifierPool.builtIn())
                .extracting(ModifierPool::name)
                .containsExactly("physics", "camera", "coherence", "environment", "quality");
        assertThat(ModifierPool.builtIn())
                .allSatisfy(pool -> assertThat(pool.size()).isGreaterThanOrEqualTo(8));
        assertThat(texts)
                .contains("zero-G flips", "momentum violations", "gravity inversion")
                .contains("camera dolly+orbit", "camera dolly+warp", "camera orbit+physics_break")
                .contains("emerald sparks", "chromatic aberration", "texture bleeding")
                .contains("neon rain", "snowstorm", "sandstorm")
                .contains("8K", "photorealistic", "cinematic lighting");
    }

    @Test
    void aVariantIsTheBasePromptFollowedByItsModifiersInOrder() {
        Variant variant = Mutator.of(MutationSpec.of(BASE).total(1).seed(3).build())
                .iterator()
                .next();

        assertThat(variant.prompt())
                .isEqualTo(BASE
                        + variant.modifiers().stream()
                                .map(use -> ", " + use.text())
                                .collect(Collectors.joining()));
        assertThat(variant.basePrompt()).isEqualTo(BASE);
        assertThat(variant.modifiers()).isNotEmpty();
        assertThat(variant.modifiers())
                .extracting(ModifierUse::position)
                .containsExactlyElementsOf(
                        IntStream.range(0, variant.modifiers().size()).boxed().toList());
    }

    @Test
    void metadataTellsTheVariantBack() {
        for (Variant variant :
                Mutator.of(MutationSpec.of(BASE).control(true).total(20).build())) {
            Parameters metadata = Parameters.parse(variant.toMetadata().json());
            assertThat(Variant.of(variant.prompt(), metadata)).isEqualTo(variant);
        }
    }

    @ParameterizedTest
    @EnumSource(Strategy.class)
    void theSameSeedGivesTheSameVariantsAsEver(Strategy strategy) throws IOException {
        MutationSpec spec = MutationSpec.of(BASE, "a cat on a synthesizer")
                .strategy(strategy)
                .seed(42)
                .total(12)
                .control(strategy == Strategy.RANDOM)
                .build();
        String made = Mutator.of(spec).stream()
                .map(variant -> variant.seed() + "\t" + variant.prompt() + "\n")
                .collect(Collectors.joining());

        assertThat(made).isEqualTo(golden("variants-" + strategy.id() + ".tsv"));
    }

    @ParameterizedTest
    @EnumSource(Strategy.class)
    void anotherSeedGivesOtherVariants(Strategy strategy) {
        MutationSpec.Builder spec = MutationSpec.of(BASE).strategy(strategy).total(30);

        assertThat(prompts(spec.seed(1).build()))
                .isNotEqualTo(prompts(spec.seed(2).build()));
    }

    @ParameterizedTest
    @EnumSource(Strategy.class)
    void seedsOfVariantsFitWhatGeneratorsTake(Strategy strategy) {
        assertThat(Mutator.of(MutationSpec.of(BASE)
                        .strategy(strategy)
                        .total(500)
                        .seed(-1)
                        .build()))
                .allSatisfy(variant -> assertThat(variant.seed()).isBetween(0L, (long) Integer.MAX_VALUE));
    }

    @Test
    void basePromptsTakeTurns() {
        List<String> bases = Mutator.of(
                        MutationSpec.of("a", "b", "c").variantsPerBase(2).build())
                .stream()
                .map(Variant::basePrompt)
                .toList();

        assertThat(bases).containsExactly("a", "b", "c", "a", "b", "c");
    }

    @Test
    void theTotalEndsTheStreamBeforeTheVariantsPerBaseDo() {
        Mutator mutator = Mutator.of(
                MutationSpec.of("a", "b", "c").variantsPerBase(100).total(7).build());

        assertThat(mutator.count()).isEqualTo(7);
        assertThat(mutator.stream()).hasSize(7);
    }

    @Test
    void repeatedBasePromptsCountOnce() {
        assertThat(prompts(MutationSpec.of("a cat", " a cat\n")
                        .control(true)
                        .variantsPerBase(1)
                        .build()))
                .containsExactly("a cat");
    }

    @Test
    void theControlIsTheBasePromptItself() {
        List<Variant> variants = Mutator.of(MutationSpec.of("a", "b")
                        .control(true)
                        .variantsPerBase(3)
                        .build())
                .stream()
                .toList();

        assertThat(variants.subList(0, 2)).extracting(Variant::prompt).containsExactly("a", "b");
        assertThat(variants.subList(2, 6))
                .allSatisfy(variant -> assertThat(variant.modifiers()).isNotEmpty());
    }

    @Test
    void theCrossProductIsFullAndWithoutRepetition() {
        Mutator mutator = Mutator.of(MutationSpec.of(BASE)
                .pools(List.of(pool("a", 3), pool("b", 4), pool("c", 5)))
                .strategy(Strategy.COMBINATORIAL)
                .build());

        assertThat(mutator.possible()).isEqualTo(60);
        assertThat(mutator.stream().map(Variant::prompt).distinct()).hasSize(60);
        assertThat(mutator).allSatisfy(variant -> assertThat(variant.modifiers())
                .extracting(ModifierUse::pool)
                .containsExactly("a", "b", "c"));
    }

    @Test
    void aCrossProductBeyondLongIsCountedExactlyAndSampledWithoutRepetition() {
        List<ModifierPool> pools =
                IntStream.range(0, 40).mapToObj(i -> pool("p" + i, 9)).toList();
        Mutator mutator = Mutator.of(MutationSpec.of(BASE)
                .pools(pools)
                .strategy(Strategy.COMBINATORIAL)
                .total(5000)
                .build());

        assertThat(mutator.possible()).isEqualTo(BigInteger.valueOf(9).pow(40));
        assertThat(mutator.stream().map(Variant::prompt).distinct()).hasSize(5000);
        Set<String> usedOfTheFirstPool = mutator.stream()
                .map(variant -> variant.modifiers().get(0).text())
                .collect(Collectors.toSet());
        assertThat(usedOfTheFirstPool).hasSize(9);
    }

    @Test
    void randomReachesEverySetOfOneToThreeModifiersOnce() {
        Mutator mutator = Mutator.of(MutationSpec.of(BASE)
                .pools(List.of(pool("a", 3), pool("b", 4), pool("c", 5), pool("d", 2)))
                .strategy(Strategy.RANDOM)
                .modifiers(1, 3)
                .build());
        int ones = 3 + 4 + 5 + 2;
        int twos = 3 * 4 + 3 * 5 + 3 * 2 + 4 * 5 + 4 * 2 + 5 * 2;
        int threes = 3 * 4 * 5 + 3 * 4 * 2 + 3 * 5 * 2 + 4 * 5 * 2;

        assertThat(mutator.possible()).isEqualTo(ones + twos + threes);
        assertThat(mutator.stream().map(Variant::prompt).distinct()).hasSize(ones + twos + threes);
    }

    @Test
    void randomDrawsEachNumberOfModifiersAboutEquallyOften() {
        Map<Integer, Long> byNumber =
                Mutator.of(MutationSpec.of(BASE)
                                .strategy(Strategy.RANDOM)
                                .modifiers(2, 4)
                                .total(3000)
                                .build())
                        .stream()
                        .collect(Collectors.groupingBy(
                                variant -> variant.modifiers().size(), Collectors.counting()));

        assertThat(byNumber.keySet()).containsExactlyInAnyOrder(2, 3, 4);
        assertThat(byNumber.values()).allSatisfy(count -> assertThat(count).isBetween(850L, 1150L));
    }

    @Test
    void adversarialVariantsAlwaysHoldAKnownBadCombination() {
        assertThat(Mutator.of(MutationSpec.of(BASE).total(2000).build())).allSatisfy(variant -> {
            Set<Combination.Part> parts = variant.modifiers().stream()
                    .map(use -> new Combination.Part(use.pool(), use.text()))
                    .collect(Collectors.toSet());
            assertThat(Combination.builtIn()).anyMatch(combination -> parts.containsAll(combination.parts()));
        });
    }

    @Test
    void combinationsAreFirstUsedAsTheyAreAndDrawnByWeight() {
        List<ModifierPool> pools = List.of(pool("a", 2), pool("b", 2), pool("c", 500), pool("d", 500));
        MutationSpec spec = MutationSpec.of(BASE)
                .pools(pools)
                .combinations(List.of(Combination.of(9, "a", "a0", "b", "b0"), Combination.of(1, "a", "a1", "b", "b1")))
                .total(4000)
                .seed(5)
                .build();
        Map<String, Long> drawn = new HashMap<>();
        for (Variant variant : Mutator.of(spec)) {
            String first = variant.modifiers().get(0).text();
            if (drawn.merge(first, 1L, Long::sum) == 1) {
                assertThat(variant.modifiers()).hasSize(2);
            }
        }

        assertThat(drawn.get("a0")).isBetween(3500L, 3700L);
        assertThat(drawn.get("a1")).isBetween(300L, 500L);
    }

    @Test
    void aSetThatTwoCombinationsAllowComesOnce() {
        Mutator mutator = Mutator.of(MutationSpec.of(BASE)
                .pools(List.of(pool("a", 2), pool("b", 3), pool("c", 4)))
                .combinations(List.of(
                        Combination.of(1, "a", "a0", "b", "b0"),
                        Combination.of(1, "a", "a0", "b", "b0", "c", "c1"),
                        Combination.of(1, "b", "b0", "c", "c1")))
                .build());
        Set<Set<String>> sets = new HashSet<>();
        for (Variant variant : mutator) {
            assertThat(sets.add(
                            variant.modifiers().stream().map(ModifierUse::text).collect(Collectors.toSet())))
                    .isTrue();
        }

        assertThat(sets).hasSize(5 + 3 - 1);
        assertThat(mutator.possible()).isEqualTo(sets.size());
    }

    @Test
    void everyBuiltInSetComesOnce() {
        Mutator mutator = Mutator.of(MutationSpec.of(BASE).build());
        Set<Set<String>> sets = new HashSet<>();
        for (Variant variant : mutator) {
            sets.add(variant.modifiers().stream().map(ModifierUse::text).collect(Collectors.toSet()));
        }

        assertThat(mutator.possible()).isEqualTo(sets.size());
        assertThat(sets.size()).isGreaterThan(10_000);
    }

    @Test
    void askingForMoreThanThereIsIsSaidAndEnds() {
        Mutator mutator = Mutator.of(MutationSpec.of(BASE, "a cat")
                .pools(List.of(pool("a", 2), pool("b", 3)))
                .strategy(Strategy.COMBINATORIAL)
                .variantsPerBase(100)
                .build());

        assertThat(mutator.shortfall())
                .contains("200 variants were asked for, but combinatorial has only 12 distinct ones for 2 base prompts "
                        + "and 2 pools; add base prompts or modifiers, or choose another strategy");
        assertThat(mutator.count()).isEqualTo(12);
        assertThat(mutator.stream()).hasSize(12);
    }

    @Test
    void textsThatCoincideByAccidentComeOnce() {
        MutationSpec spec = MutationSpec.of("cat", "cat, m0")
                .pools(List.of(pool("m", 2), ModifierPool.of("n", "m0", "n1, m1")))
                .strategy(Strategy.RANDOM)
                .control(true)
                .build();

        assertThat(prompts(spec)).doesNotHaveDuplicates().contains("cat, m0", "cat, m0, m0");
    }

    @Test
    void hostileTextStaysText() {
        String hostile = "<script>alert(1)</script>\n\u0000%s ${x} " + "ä".repeat(1_000_000);

        assertThat(Mutator.of(MutationSpec.of(hostile).total(2).build()))
                .allSatisfy(variant -> assertThat(variant.prompt()).startsWith(hostile));
    }

    @Test
    void aMillionVariantsAreDistinct() {
        MutationSpec spec = MutationSpec.of(
                        IntStream.range(0, 20).mapToObj(i -> "base " + i).toList())
                .strategy(Strategy.COMBINATORIAL)
                .total(1_000_000)
                .build();

        Fingerprints distinct = new Fingerprints();
        for (Variant variant : Mutator.of(spec)) {
            distinct.add(variant.prompt());
        }

        assertThat(distinct.size()).isEqualTo(1_000_000);
        assertThat(Mutator.of(spec).possible()).isEqualTo(20L * 12 * 12 * 12 * 12 * 12);
    }

    @Test
    void aSpecificationThatMakesNoSenseSaysWhy() {
        assertThatThrownBy(() -> MutationSpec.of(BASE).total(0).build())
                .isInstanceOf(MoviolaException.class)
                .hasMessage("total must be 1 or more, but was 0");
        assertThatThrownBy(() -> MutationSpec.of(" ").build()).hasMessageContaining("one is blank");
        assertThatThrownBy(() -> MutationSpec.of(List.of()).build()).hasMessageContaining("there are none");
        assertThatThrownBy(() -> MutationSpec.of(BASE).pools(List.of()).build()).hasMessageContaining("there are none");
        assertThatThrownBy(() -> MutationSpec.of(BASE)
                        .pools(List.of(pool("a", 1), pool("a", 1)))
                        .build())
                .hasMessageContaining("a is there twice");
        assertThatThrownBy(() -> MutationSpec.of(BASE)
                        .combinations(List.of(Combination.of(1, "physics", "nothing of the kind")))
                        .build())
                .hasMessageContaining("that pool does not have it");
        assertThatThrownBy(() -> MutationSpec.of(BASE)
                        .combinations(List.of(Combination.of(1, "nowhere", "x")))
                        .build())
                .hasMessageContaining("no such pool");
        assertThatThrownBy(
                        () -> MutationSpec.of(BASE).pools(List.of(pool("a", 2))).build())
                .hasMessageContaining("add combinations");
        assertThatThrownBy(() -> MutationSpec.of(BASE).modifiers(3, 2).build()).hasMessageContaining("3..2");
        assertThatThrownBy(() -> MutationSpec.of(BASE)
                        .strategy(Strategy.RANDOM)
                        .modifiers(9, 9)
                        .build())
                .hasMessageContaining("at most one modifier of each pool");
        assertThatThrownBy(() -> Strategy.of("chaotic"))
                .hasMessage("strategy must be one of random, adversarial, combinatorial, pairwise, but was chaotic");
        assertThatThrownBy(() -> Combination.of(0, "a", "b")).hasMessageContaining("over 0");
        assertThatThrownBy(() -> Combination.of(1, "a", "b", "a", "b")).hasMessageContaining("none of them twice");
        assertThatThrownBy(() -> ModifierPool.of("Big Name", "x")).hasMessageContaining("Big Name");
        assertThatThrownBy(() -> ModifierPool.of("a", "x", "x ")).hasMessageContaining("'x' twice");
        assertThatThrownBy(() -> ModifierPool.of("a", " ")).hasMessageContaining("1 to 2000 characters");
        assertThatThrownBy(() -> new ModifierUse("a", "b", -1)).hasMessageContaining("-1");
    }

    @Test
    void aSpecificationSaysAllOfItselfForTheRunFolder() {
        Parameters said = MutationSpec.of(BASE).total(24).seed(7).build().toParameters();

        assertThat(said.text("strategy")).isEqualTo("adversarial");
        assertThat(said.integer("total")).isEqualTo(24);
        assertThat(said.has("variants_per_base")).isFalse();
        assertThat(said.object("pools").list("quality")).contains("8K");
        assertThat(said.list("combinations")).hasSameSizeAs(Combination.builtIn());
        assertThat(said.list("pool_order")).startsWith("physics", "camera");
    }

    private static ModifierPool pool(String name, int size) {
        return new ModifierPool(
                name,
                IntStream.range(0, size).mapToObj(i -> new Modifier(name + i)).toList());
    }

    private static List<String> prompts(MutationSpec spec) {
        return Mutator.of(spec).stream().map(Variant::prompt).toList();
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(MutatorTest.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
