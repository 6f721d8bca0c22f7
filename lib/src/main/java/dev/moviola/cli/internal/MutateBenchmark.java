package dev.moviola.cli.internal;

import dev.moviola.cli.BenchResult;
import dev.moviola.cli.Benchmark;
import dev.moviola.cli.Console;
import dev.moviola.prompt.ModifierPool;
import dev.moviola.prompt.MutationSpec;
import dev.moviola.prompt.Mutator;
import dev.moviola.prompt.Strategy;
import dev.moviola.prompt.Variant;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Variants a second and the heap that a stream of them needs, beside the usual way: draw at random and keep all prompts
 * in a set to tell which came before.
 *
 * @param count how many variants
 */
public record MutateBenchmark(int count) implements Benchmark {
    private static final double MEBI = 1 << 20;

    private record Measured(double perSecond, double mebibytes) {}

    @Override
    public List<BenchResult> run(Console console) {
        console.progress("warming up");
        lazily(Math.min(count, 100_000));
        withSet(Math.min(count, 100_000));
        console.progress(count + " variants, lazily");
        Measured ours = lazily(count);
        console.progress(count + " variants, kept in a set");
        Measured peer = withSet(count);
        String all = String.format(Locale.ROOT, "%,d variants", count);
        return List.of(
                BenchResult.of(
                        "mutate: " + all, ours.perSecond, "variants/s", "random draws into a HashSet", peer.perSecond),
                BenchResult.of(
                        "mutate: heap kept after " + all,
                        ours.mebibytes,
                        "MiB",
                        "random draws into a HashSet",
                        peer.mebibytes));
    }

    private static Measured lazily(int count) {
        Mutator mutator = Mutator.of(spec(count));
        double before = heap();
        long start = System.nanoTime();
        Iterator<Variant> variants = mutator.iterator();
        long characters = 0;
        while (variants.hasNext()) {
            characters += variants.next().prompt().length();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        double kept = Math.max(0, heap() - before);
        return new Measured(characters == 0 ? 0 : count / seconds, variants.hasNext() ? 0 : kept);
    }

    private static Measured withSet(int count) {
        MutationSpec spec = spec(count);
        double before = heap();
        long start = System.nanoTime();
        Random random = new Random(1);
        Set<String> seen = new HashSet<>();
        while (seen.size() < count) {
            StringBuilder prompt = new StringBuilder(
                    spec.basePrompts().get(random.nextInt(spec.basePrompts().size())));
            for (ModifierPool pool : spec.pools()) {
                prompt.append(", ").append(pool.text(random.nextInt(pool.size())));
            }
            seen.add(prompt.toString());
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        double kept = Math.max(0, heap() - before);
        return new Measured(seen.size() / seconds, kept);
    }

    private static MutationSpec spec(int count) {
        return MutationSpec.of(IntStream.range(0, 20)
                        .mapToObj(i -> "base prompt number " + i)
                        .toList())
                .strategy(Strategy.COMBINATORIAL)
                .total(count)
                .build();
    }

    /** Mebibytes of heap in use after a collection. */
    private static double heap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) / MEBI;
    }
}
