package dev.moviola.rehearsal;

import dev.moviola.MoviolaException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Which submissions go wrong, and how, besides those whose prompts ask for it. The same seed and number give the same
 * faults, whatever the order of threads.
 *
 * @param seed of the chances
 * @param chances the probability of each fault, 0..1
 * @param numbered faults of certain submissions, counted from 1 in the order of their arrival
 */
public record Faults(long seed, Map<XaiFault, Double> chances, Map<Integer, Set<XaiFault>> numbered) {
    private static final Faults NONE = new Faults(0, Map.of(), Map.of());

    /** Checks and copies. */
    public Faults {
        chances = Map.copyOf(chances);
        numbered = Map.copyOf(numbered);
        chances.forEach((fault, chance) -> {
            if (!(chance >= 0 && chance <= 1)) {
                throw new MoviolaException("the chance of " + fault.word() + " must be in 0..1, but was " + chance);
            }
        });
    }

    /** Nothing goes wrong. */
    public static Faults none() {
        return NONE;
    }

    /** These faults, drawn with another seed. */
    public Faults withSeed(long other) {
        return new Faults(other, chances, numbered);
    }

    /** These faults, and {@code fault} with probability {@code chance}. */
    public Faults withChance(XaiFault fault, double chance) {
        Map<XaiFault, Double> more = new EnumMap<>(XaiFault.class);
        more.putAll(chances);
        more.put(fault, chance);
        return new Faults(seed, more, numbered);
    }

    /** These faults, and {@code fault} for the submission that comes as number {@code number}, from 1. */
    public Faults withNumber(int number, XaiFault fault) {
        Map<Integer, Set<XaiFault>> more = new HashMap<>(numbered);
        Set<XaiFault> faults = EnumSet.of(fault);
        faults.addAll(numbered.getOrDefault(number, Set.of()));
        more.put(number, faults);
        return new Faults(seed, chances, more);
    }

    /** The faults of submission {@code number}. */
    public Set<XaiFault> of(int number) {
        Set<XaiFault> faults = EnumSet.noneOf(XaiFault.class);
        faults.addAll(numbered.getOrDefault(number, Set.of()));
        chances.forEach((fault, chance) -> {
            long mixed = seed * 31 + number * 1_000_003L + fault.ordinal() * 0x9E3779B97F4A7C15L;
            if (new SplittableRandom(mixed).split().nextDouble() < chance) {
                faults.add(fault);
            }
        });
        return faults;
    }
}
