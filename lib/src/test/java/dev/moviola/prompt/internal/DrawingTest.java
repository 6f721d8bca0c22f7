package dev.moviola.prompt.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moviola.MoviolaException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class DrawingTest {
    @Property(tries = 150)
    void everyPairOfChoicesMeetsInSomeRow(
            @ForAll @Size(min = 1, max = 7) List<@IntRange(min = 1, max = 12) Integer> pools, @ForAll long key) {
        int[] sizes = pools.stream().mapToInt(Integer::intValue).toArray();

        int[][] rows = CoveringArray.of(sizes, key);

        for (int f = 0; f < sizes.length; f++) {
            for (int g = f + 1; g < sizes.length; g++) {
                BitSet met = new BitSet();
                for (int[] row : rows) {
                    met.set(row[f] * sizes[g] + row[g]);
                }
                assertThat(met.cardinality()).isEqualTo(sizes[f] * sizes[g]);
            }
        }
        for (int[] row : rows) {
            for (int f = 0; f < sizes.length; f++) {
                assertThat(row[f]).isBetween(0, sizes[f] - 1);
            }
        }
        assertThat(IntStream.range(0, rows.length)
                        .mapToObj(r -> IntStream.of(rows[r]).boxed().toList())
                        .distinct())
                .hasSize(rows.length);
    }

    @Property(tries = 20)
    void fivePoolsOfEightNeedDozensOfRows(@ForAll long key) {
        assertThat(CoveringArray.of(new int[] {8, 8, 8, 8, 8}, key).length).isBetween(64, 99);
    }

    @Example
    void poolsTooLargeForPairsAreRefused() {
        assertThatThrownBy(() -> CoveringArray.of(new int[] {3, 1000, 1000}, 0))
                .isInstanceOf(MoviolaException.class)
                .hasMessageContaining("1000 x 1000");
    }

    @Property(tries = 200)
    void aPermutationVisitsEachNumberOnce(@ForAll @IntRange(min = 1, max = 3000) int size, @ForAll long key) {
        Permutation permutation = new Permutation(size, key);
        BitSet seen = new BitSet();
        for (int i = 0; i < size; i++) {
            seen.set((int) permutation.at(i));
        }

        assertThat(seen.cardinality()).isEqualTo(size);
        assertThat(seen.length()).isEqualTo(size);
    }

    @Property(tries = 200)
    void aHugePermutationStaysInItsRange(@ForAll @LongRange(min = 1, max = 1L << 62) long size, @ForAll long key) {
        Permutation permutation = new Permutation(size, key);

        assertThat(permutation.at(0)).isBetween(0L, size - 1);
        assertThat(permutation.at(size - 1)).isBetween(0L, size - 1);
        if (size > 1) {
            assertThat(permutation.at(0)).isNotEqualTo(permutation.at(size - 1));
        }
    }

    @Property(tries = 100)
    void everyWayToTakeKOfThePoolsIsPickedOnce(
            @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 5) Integer> pools,
            @ForAll @IntRange(min = 0, max = 5) int k,
            @ForAll long key) {
        int taken = Math.min(k, pools.size());
        SubsetSpace space =
                new SubsetSpace(pools.stream().mapToInt(Integer::intValue).toArray(), taken);
        Set<List<Integer>> picks = new HashSet<>();
        for (long i = 0; i < space.size().longValueExact(); i++) {
            List<Integer> pick = IntStream.of(space.pick(i, key)).boxed().toList();
            assertThat(pick.stream().filter(choice -> choice >= 0)).hasSize(taken);
            picks.add(pick);
        }

        assertThat(picks).hasSize(space.size().intValueExact());
    }

    @Property(tries = 20)
    void waysBeyondLongAreDistinctAndInRange(@ForAll long key) {
        int[] sizes = new int[30];
        Arrays.fill(sizes, 11);
        SubsetSpace space = new SubsetSpace(sizes, 25);
        Set<List<Integer>> picks = new HashSet<>();
        for (long i = 0; i < 200; i++) {
            int[] pick = space.pick(i, key);
            assertThat(IntStream.of(pick).filter(choice -> choice >= 0)).hasSize(25);
            assertThat(IntStream.of(pick).max().orElseThrow()).isLessThan(11);
            picks.add(IntStream.of(pick).boxed().toList());
        }

        assertThat(picks).hasSize(200);
    }

    @Example
    void fingerprintsKnowWhatWasAdded() {
        Fingerprints set = new Fingerprints();
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 20_000; i++) {
                assertThat(set.add("text " + i)).isEqualTo(round == 0);
            }
        }

        assertThat(set.size()).isEqualTo(20_000);
    }

    @Example
    void theGeneratorIsTheOneOfThePaper() {
        SplitMix64 random = new SplitMix64(1234567);

        assertThat(LongStream.generate(random::next).limit(3))
                .containsExactly(6457827717110365317L, 3203168211198807973L, -8629252141511181193L);
    }
}
