package dev.moviola.prompt;

import dev.moviola.MoviolaException;
import dev.moviola.ledger.Parameters;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What to mutate and how.
 *
 * @param basePrompts one or more; white space around them and repetitions are dropped
 * @param pools one or more, each name once; their order is the order of modifiers in a prompt
 * @param combinations what {@link Strategy#ADVERSARIAL} draws from; each part must be in a pool
 * @param strategy how modifiers are combined
 * @param minModifiers the fewest modifiers of a random variant; 1 or more
 * @param maxModifiers the most modifiers of a random or adversarial variant (a combination is never cut)
 * @param variantsPerBase how many variants of each base prompt; {@link #ALL} for every one there is
 * @param total how many variants in all; {@link #ALL} for no limit
 * @param control whether the first variant of each base prompt is that prompt itself
 * @param seed decides every choice
 */
public record MutationSpec(
        List<String> basePrompts,
        List<ModifierPool> pools,
        List<Combination> combinations,
        Strategy strategy,
        int minModifiers,
        int maxModifiers,
        long variantsPerBase,
        long total,
        boolean control,
        long seed) {
    /** As many variants as there are. */
    public static final long ALL = Long.MAX_VALUE;

    /** Checks and copies. */
    public MutationSpec {
        basePrompts = normalise(basePrompts);
        pools = List.copyOf(pools);
        combinations = List.copyOf(combinations);
        Map<String, ModifierPool> byName = new LinkedHashMap<>();
        for (ModifierPool pool : pools) {
            if (byName.put(pool.name(), pool) != null) {
                throw new MoviolaException("pool names must differ, but " + pool.name() + " is there twice");
            }
        }
        if (pools.isEmpty()) {
            throw new MoviolaException("a mutation needs one or more pools of modifiers, but there are none");
        }
        if (minModifiers < 1 || maxModifiers < minModifiers) {
            throw new MoviolaException("modifiers per variant must be 1 or more and the most not below the fewest, but "
                    + "were " + minModifiers + ".." + maxModifiers);
        }
        if (strategy == Strategy.RANDOM && minModifiers > pools.size()) {
            throw new MoviolaException("a random variant takes at most one modifier of each pool, but " + minModifiers
                    + " were asked of " + pools.size() + " pools");
        }
        require("variants per base prompt", variantsPerBase);
        require("total", total);
        for (Combination combination : combinations) {
            for (Combination.Part part : combination.parts()) {
                ModifierPool pool = byName.get(part.pool());
                if (pool == null || pool.indexOf(part.text()) < 0) {
                    throw new MoviolaException("a combination uses '" + part.text() + "' of pool " + part.pool()
                            + ", but " + (pool == null ? "there is no such pool" : "that pool does not have it"));
                }
            }
        }
        if (strategy == Strategy.ADVERSARIAL && combinations.isEmpty()) {
            throw new MoviolaException("the adversarial strategy needs combinations, but there are none for the pools "
                    + byName.keySet() + "; add combinations to the pool file or choose another strategy");
        }
    }

    /** Starts from the built-in pools and combinations, the adversarial strategy and seed 0. */
    public static Builder of(String... basePrompts) {
        return new Builder(List.of(basePrompts));
    }

    /** Starts from the built-in pools and combinations, the adversarial strategy and seed 0. */
    public static Builder of(List<String> basePrompts) {
        return new Builder(basePrompts);
    }

    /** All of it in the form that run.json keeps. */
    public Parameters toParameters() {
        Map<String, Object> poolTexts = new LinkedHashMap<>();
        List<Object> poolOrder = new ArrayList<>();
        for (ModifierPool pool : pools) {
            poolTexts.put(
                    pool.name(), pool.modifiers().stream().map(Modifier::text).toList());
            poolOrder.add(pool.name());
        }
        List<Object> combined = new ArrayList<>();
        for (Combination combination : combinations) {
            List<Object> parts = new ArrayList<>();
            for (Combination.Part part : combination.parts()) {
                parts.add(Map.of("pool", part.pool(), "text", part.text()));
            }
            combined.add(Map.of("weight", combination.weight(), "modifiers", parts));
        }
        return Parameters.of(
                        "base_prompts", basePrompts,
                        "strategy", strategy.id(),
                        "pools", poolTexts,
                        "pool_order", poolOrder,
                        "combinations", combined,
                        "min_modifiers", minModifiers,
                        "max_modifiers", maxModifiers,
                        "control", control,
                        "seed", seed)
                .with("variants_per_base", variantsPerBase == ALL ? null : variantsPerBase)
                .with("total", total == ALL ? null : total);
    }

    /**
     * Reads what {@link #toParameters} wrote.
     *
     * @throws MoviolaException when a part is missing or breaks a rule
     */
    public static MutationSpec of(Parameters parameters) {
        Parameters texts = parameters.object("pools");
        List<ModifierPool> pools = new ArrayList<>();
        for (Object name : parameters.list("pool_order")) {
            String pool = String.valueOf(name);
            pools.add(ModifierPool.of(
                    pool, texts.list(pool).stream().map(String::valueOf).toArray(String[]::new)));
        }
        List<Combination> combinations = new ArrayList<>();
        for (Object item : parameters.list("combinations")) {
            Parameters combination = Parameters.of("it", item).object("it");
            List<Combination.Part> parts = new ArrayList<>();
            for (Object one : combination.list("modifiers")) {
                Parameters part = Parameters.of("it", one).object("it");
                parts.add(new Combination.Part(part.text("pool"), part.text("text")));
            }
            combinations.add(new Combination(combination.number("weight"), parts));
        }
        return new MutationSpec(
                parameters.list("base_prompts").stream().map(String::valueOf).toList(),
                pools,
                combinations,
                Strategy.of(parameters.text("strategy")),
                (int) parameters.integer("min_modifiers"),
                (int) parameters.integer("max_modifiers"),
                parameters.integer("variants_per_base", ALL),
                parameters.integer("total", ALL),
                parameters.flag("control", false),
                parameters.integer("seed"));
    }

    private static void require(String what, long count) {
        if (count < 1) {
            throw new MoviolaException(what + " must be 1 or more, but was " + count);
        }
    }

    private static List<String> normalise(List<String> prompts) {
        Set<String> distinct = new LinkedHashSet<>();
        for (String prompt : prompts) {
            if (prompt.isBlank()) {
                throw new MoviolaException("a base prompt must have text, but one is blank");
            }
            distinct.add(prompt.strip());
        }
        if (distinct.isEmpty()) {
            throw new MoviolaException("a mutation needs one or more base prompts, but there are none");
        }
        return List.copyOf(distinct);
    }

    /** Collects the parts of a {@link MutationSpec}. Not thread-safe. */
    public static final class Builder {
        private final List<String> basePrompts;
        private List<ModifierPool> pools = ModifierPool.builtIn();
        private List<Combination> own = List.of();
        private boolean builtIn = true;
        private Strategy strategy = Strategy.ADVERSARIAL;
        private int minModifiers = 1;
        private int maxModifiers;
        private long variantsPerBase = ALL;
        private long total = ALL;
        private boolean control;
        private long seed;

        private Builder(List<String> basePrompts) {
            this.basePrompts = basePrompts;
        }

        /** Uses these pools only. Built-in combinations of other pools are left out. */
        public Builder pools(List<ModifierPool> only) {
            this.pools = List.copyOf(only);
            return this;
        }

        /** The pools so far. */
        public List<ModifierPool> pools() {
            return pools;
        }

        /** Uses these combinations only. */
        public Builder combinations(List<Combination> only) {
            this.own = List.copyOf(only);
            this.builtIn = false;
            return this;
        }

        /** Adds a user's pools, in place of those of the same name, and, where there are some, combinations. */
        public Builder add(PoolFile file) {
            Map<String, ModifierPool> byName = new LinkedHashMap<>();
            pools.forEach(pool -> byName.put(pool.name(), pool));
            file.pools().forEach(pool -> byName.put(pool.name(), pool));
            pools = List.copyOf(byName.values());
            List<Combination> all = new ArrayList<>(own);
            all.addAll(file.combinations());
            own = List.copyOf(all);
            return this;
        }

        /** How modifiers are combined. */
        public Builder strategy(Strategy choice) {
            this.strategy = choice;
            return this;
        }

        /** The fewest and the most modifiers of a variant. */
        public Builder modifiers(int fewest, int most) {
            this.minModifiers = fewest;
            this.maxModifiers = most;
            return this;
        }

        /** How many variants of each base prompt. */
        public Builder variantsPerBase(long count) {
            this.variantsPerBase = count;
            return this;
        }

        /** How many variants in all. */
        public Builder total(long count) {
            this.total = count;
            return this;
        }

        /** Whether the first variant of each base prompt is that prompt itself. */
        public Builder control(boolean wanted) {
            this.control = wanted;
            return this;
        }

        /** What decides every choice. */
        public Builder seed(long value) {
            this.seed = value;
            return this;
        }

        /** The finished specification. Without {@link #modifiers}, random takes up to three, adversarial any number. */
        public MutationSpec build() {
            int most = maxModifiers != 0 ? maxModifiers : strategy == Strategy.RANDOM ? 3 : Math.max(1, pools.size());
            return new MutationSpec(
                    basePrompts,
                    pools,
                    combinations(),
                    strategy,
                    minModifiers,
                    maxModifiers == 0 ? Math.max(most, minModifiers) : most,
                    variantsPerBase,
                    total,
                    control,
                    seed);
        }

        private List<Combination> combinations() {
            Set<Combination.Part> there = new HashSet<>();
            for (ModifierPool pool : pools) {
                for (Modifier modifier : pool.modifiers()) {
                    there.add(new Combination.Part(pool.name(), modifier.text()));
                }
            }
            List<Combination> all = new ArrayList<>();
            if (builtIn) {
                Combination.builtIn().stream()
                        .filter(combination -> there.containsAll(combination.parts()))
                        .forEach(all::add);
            }
            all.addAll(own);
            return all;
        }
    }
}
