package dev.moviola.rehearsal.internal.render;

import dev.moviola.rehearsal.Injection.Kind;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What the words of a prompt do to a clip: which effects they show, and which defects they make likely. */
public final class Words {
    /** Chance of each defect in a clip whatever its prompt says. */
    private static final double BASE_RATE = 0.012;

    /** Something a viewer is meant to see. */
    enum Effect {
        FLIP,
        DOLLY,
        ORBIT,
        SPARKS,
        ABERRATION,
        NEON,
        RAIN,
        SNOW,
        SAND,
        SHARP,
        CINEMATIC
    }

    private record Rule(String word, Set<Effect> effects, Map<Kind, Double> chances) {}

    private static final List<Rule> RULES = List.of(
            rule("zero-g", Effect.FLIP, Kind.GRAVITY_INVERSION, 0.25, Kind.MORPH, 0.15),
            rule("flip", Effect.FLIP, Kind.WARP, 0.2),
            rule("momentum", null, Kind.MOMENTUM_KICK, 0.75),
            rule("gravity inver", null, Kind.GRAVITY_INVERSION, 0.8),
            rule("inverted gravity", null, Kind.GRAVITY_INVERSION, 0.8),
            rule("physics", null, Kind.MOMENTUM_KICK, 0.4, Kind.GRAVITY_INVERSION, 0.35),
            rule("teleport", null, Kind.VANISH, 0.6, Kind.MOMENTUM_KICK, 0.2),
            rule("slow motion", null, Kind.FREEZE, 0.4, Kind.JERK, 0.2),
            rule("bullet time", null, Kind.FREEZE, 0.4),
            rule("dolly", Effect.DOLLY, Kind.WARP, 0.1),
            rule("orbit", Effect.ORBIT, Kind.JERK, 0.3),
            rule("warp", null, Kind.WARP, 0.75),
            rule("whip pan", Effect.DOLLY, Kind.JERK, 0.5),
            rule("handheld", null, Kind.JERK, 0.5),
            rule("spark", Effect.SPARKS, Kind.BOIL, 0.3, Kind.FLICKER, 0.2),
            rule("chromatic aberration", Effect.ABERRATION, Kind.BOIL, 0.2),
            rule("texture bleed", null, Kind.MELT, 0.75),
            rule("melt", null, Kind.MELT, 0.7),
            rule("morph", null, Kind.MORPH, 0.75),
            rule("shapeshift", null, Kind.MORPH, 0.7),
            rule("identity", null, Kind.MORPH, 0.5),
            rule("vanish", null, Kind.VANISH, 0.7),
            rule("occlu", null, Kind.VANISH, 0.5),
            rule("crowd", null, Kind.BOIL, 0.4, Kind.MORPH, 0.2),
            rule("reflection", null, Kind.BOIL, 0.3),
            rule("strobe", null, Kind.FLICKER, 0.75),
            rule("lightning", null, Kind.FLICKER, 0.5),
            rule("neon", Effect.NEON, Kind.FLICKER, 0.5),
            rule("rain", Effect.RAIN, Kind.BOIL, 0.15),
            rule("snow", Effect.SNOW, Kind.VANISH, 0.25),
            rule("blizzard", Effect.SNOW, Kind.VANISH, 0.25),
            rule("sand", Effect.SAND, Kind.MELT, 0.2, Kind.BOIL, 0.2),
            rule("fire", Effect.SPARKS, Kind.FLICKER, 0.3),
            rule("8k", Effect.SHARP, Kind.FREEZE, 0.1),
            rule("photoreal", Effect.SHARP, Kind.MORPH, 0.05),
            rule("cinematic", Effect.CINEMATIC, Kind.FREEZE, 0.05));

    private Words() {}

    private static Rule rule(String word, @org.jspecify.annotations.Nullable Effect effect, Object... kindsAndChances) {
        Map<Kind, Double> chances = new EnumMap<>(Kind.class);
        for (int i = 0; i < kindsAndChances.length; i += 2) {
            chances.put((Kind) kindsAndChances[i], (Double) kindsAndChances[i + 1]);
        }
        return new Rule(word, effect == null ? Set.of() : Set.of(effect), chances);
    }

    /** The chance of each kind of defect, 0..0.9, in a clip of {@code prompt}. */
    public static Map<Kind, Double> chances(String prompt) {
        String text = prompt.toLowerCase(Locale.ROOT).replace('_', ' ');
        Map<Kind, Double> chances = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            double none = 1 - BASE_RATE;
            for (Rule rule : RULES) {
                if (text.contains(rule.word())) {
                    none *= 1 - rule.chances().getOrDefault(kind, 0.0);
                }
            }
            chances.put(kind, Math.min(0.9, 1 - none));
        }
        return chances;
    }

    static Set<Effect> effects(String prompt) {
        String text = prompt.toLowerCase(Locale.ROOT).replace('_', ' ');
        Set<Effect> effects = EnumSet.noneOf(Effect.class);
        for (Rule rule : RULES) {
            if (text.contains(rule.word())) {
                effects.addAll(rule.effects());
            }
        }
        return effects;
    }
}
