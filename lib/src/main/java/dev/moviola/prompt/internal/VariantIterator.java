package dev.moviola.prompt.internal;

import dev.moviola.prompt.ModifierUse;
import dev.moviola.prompt.MutationSpec;
import dev.moviola.prompt.Variant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Lets base prompts take turns, turns sets of modifiers into text, and leaves out repeated text. Not thread-safe. */
public final class VariantIterator implements Iterator<Variant> {
    private static final String SEPARATOR = ", ";

    private final MutationSpec spec;
    private final Plan plan;
    private final ArrayDeque<Turn> turns = new ArrayDeque<>();
    private final @Nullable Fingerprints seen;
    private long index;
    private @Nullable Variant next;

    private static final class Turn {
        private final String base;
        private final Draw draw;
        private long given;
        private boolean started;

        private Turn(String base, Draw draw) {
            this.base = base;
            this.draw = draw;
        }
    }

    /** Starts at the first variant. */
    public VariantIterator(MutationSpec spec, Plan plan) {
        this.spec = spec;
        this.plan = plan;
        this.seen = mayCoincide(spec) ? new Fingerprints() : null;
        long number = 0;
        for (String base : spec.basePrompts()) {
            turns.add(new Turn(base, plan.draw(SplitMix64.key(spec.seed(), number++))));
        }
    }

    @Override
    public boolean hasNext() {
        if (next == null) {
            next = make();
        }
        return next != null;
    }

    @Override
    public Variant next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException("all " + index + " variants were taken");
        }
        Variant result = next;
        next = null;
        return result;
    }

    private @Nullable Variant make() {
        while (index < spec.total() && !turns.isEmpty()) {
            Turn turn = turns.remove();
            if (turn.given == spec.variantsPerBase()) {
                continue;
            }
            boolean control = spec.control() && !turn.started;
            turn.started = true;
            List<Use> uses = control ? List.of() : turn.draw.next();
            if (uses == null) {
                continue;
            }
            StringBuilder prompt = new StringBuilder(turn.base);
            for (Use use : uses) {
                prompt.append(SEPARATOR).append(plan.pools().get(use.pool()).text(use.modifier()));
            }
            String text = prompt.toString();
            if (seen != null && !seen.add(text)) {
                turns.addFirst(turn);
                continue;
            }
            turn.given++;
            turns.add(turn);
            long seed = SplitMix64.key(spec.seed(), index) >>> 33;
            return new Variant(text, turn.base, named(uses), spec.strategy(), seed, index++);
        }
        return null;
    }

    private List<ModifierUse> named(List<Use> uses) {
        List<ModifierUse> named = new ArrayList<>(uses.size());
        for (Use use : uses) {
            named.add(new ModifierUse(
                    plan.pools().get(use.pool()).name(),
                    plan.pools().get(use.pool()).text(use.modifier()),
                    named.size()));
        }
        return named;
    }

    /** Whether different sets of modifiers might read the same. */
    private static boolean mayCoincide(MutationSpec spec) {
        Set<String> texts = new HashSet<>();
        boolean clash = spec.pools().stream()
                .flatMap(pool -> pool.modifiers().stream())
                .anyMatch(modifier -> modifier.text().contains(SEPARATOR) || !texts.add(modifier.text()));
        TreeSet<String> bases = new TreeSet<>(spec.basePrompts());
        for (String base : spec.basePrompts()) {
            String longer = bases.ceiling(base + SEPARATOR);
            clash |= longer != null && longer.startsWith(base + SEPARATOR);
        }
        return clash;
    }
}
