package dev.moviola.prompt;

import dev.moviola.prompt.internal.Plan;
import dev.moviola.prompt.internal.VariantIterator;
import java.math.BigInteger;
import java.util.Iterator;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The variants of a {@link MutationSpec}, made when asked for: a million of them need no more memory than one.
 *
 * <p>Equal specifications give equal variants on every JDK. No prompt comes twice. Base prompts take turns, so that the
 * first variants already show all of them. A prompt is its base prompt followed by its modifiers, separated by
 * {@code ", "}.
 *
 * <p>Repetition is avoided by numbering all possible sets of modifiers and walking through the numbers in a seeded
 * order, which needs no memory. Only where texts could coincide by accident (a modifier that contains {@code ", "}, one
 * base prompt that continues another, one text in two pools) are prompts compared by fingerprint, at up to 64 bytes for
 * each variant.
 *
 * <p>Immutable and safe for threads; each {@link #iterator()} is for one thread.
 */
public final class Mutator implements Iterable<Variant> {
    private final MutationSpec spec;
    private final Plan plan;
    private final BigInteger possible;

    private Mutator(MutationSpec spec) {
        this.spec = spec;
        this.plan = Plan.of(spec);
        BigInteger bases = BigInteger.valueOf(spec.basePrompts().size());
        BigInteger control = spec.control() ? BigInteger.ONE : BigInteger.ZERO;
        BigInteger enough = BigInteger.valueOf(Math.min(spec.variantsPerBase(), spec.total()));
        this.possible = plan.size(enough).add(control).multiply(bases);
    }

    /** The variants that {@code spec} describes. */
    public static Mutator of(MutationSpec spec) {
        return new Mutator(spec);
    }

    /** What it was made from. */
    public MutationSpec spec() {
        return spec;
    }

    /**
     * How many distinct variants there could be, whatever number was asked for. Exact, except that it counts accidental
     * coincidences of text, and sets that several combinations allow once there are over a million.
     */
    public BigInteger possible() {
        return possible;
    }

    /** How many variants {@link #stream()} gives: what was asked for, or {@link #possible()} if that is less. */
    public long count() {
        return asked().min(possible).min(BigInteger.valueOf(Long.MAX_VALUE)).longValue();
    }

    /** Says so when more variants were asked for than there are. */
    public Optional<String> shortfall() {
        if (asked().equals(BigInteger.valueOf(MutationSpec.ALL)) || asked().compareTo(possible) <= 0) {
            return Optional.empty();
        }
        return Optional.of(
                asked() + " variants were asked for, but " + spec.strategy().id() + " has only " + possible
                        + " distinct ones for " + spec.basePrompts().size()
                        + (spec.basePrompts().size() == 1 ? " base prompt and " : " base prompts and ")
                        + spec.pools().size() + " pools; add base prompts or modifiers, or choose another strategy");
    }

    @Override
    public Iterator<Variant> iterator() {
        return new VariantIterator(spec, plan);
    }

    /** The variants in order, lazily and sequentially. */
    public Stream<Variant> stream() {
        int traits = Spliterator.ORDERED | Spliterator.DISTINCT | Spliterator.NONNULL | Spliterator.IMMUTABLE;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(iterator(), traits), false);
    }

    private BigInteger asked() {
        if (spec.variantsPerBase() == MutationSpec.ALL) {
            return BigInteger.valueOf(spec.total());
        }
        return BigInteger.valueOf(spec.variantsPerBase())
                .multiply(BigInteger.valueOf(spec.basePrompts().size()))
                .min(BigInteger.valueOf(spec.total()));
    }
}
