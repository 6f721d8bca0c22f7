package dev.moviola.prompt.internal;

import dev.moviola.prompt.Combination;
import dev.moviola.prompt.ModifierPool;
import java.util.List;

/** The pools and combinations that come with Moviola. Their texts are part of the seed contract: only add at the end. */
public final class BuiltIn {
    private static final String PHYSICS = "physics";
    private static final String CAMERA = "camera";
    private static final String COHERENCE = "coherence";
    private static final String ENVIRONMENT = "environment";

    /** Physics, camera, coherence, environment, quality. */
    public static final List<ModifierPool> POOLS = List.of(
            ModifierPool.of(
                    PHYSICS,
                    "zero-G flips",
                    "momentum violations",
                    "gravity inversion",
                    "objects passing through each other",
                    "liquid flowing uphill",
                    "sudden stops without deceleration",
                    "cloth that moves before the wind",
                    "shadows that ignore the light",
                    "bouncing that gains height",
                    "debris that hangs in mid-air",
                    "time-reversed splashes",
                    "weightless heavy machinery"),
            ModifierPool.of(
                    CAMERA,
                    "camera dolly+orbit",
                    "camera dolly+warp",
                    "camera orbit+physics_break",
                    "whip pan into a crash zoom",
                    "dolly zoom",
                    "barrel roll through the scene",
                    "handheld running shot",
                    "360 degree orbit at speed",
                    "extreme close-up pulling back to aerial",
                    "rack focus between near and far",
                    "snorricam on the main character",
                    "hyperlapse fly-through"),
            ModifierPool.of(
                    COHERENCE,
                    "emerald sparks",
                    "chromatic aberration",
                    "texture bleeding",
                    "mirrors facing each other",
                    "a crowd of identical twins",
                    "hands shuffling a deck of cards",
                    "dense foliage parting",
                    "objects leaving and re-entering the frame",
                    "printed text on moving fabric",
                    "strobe lights",
                    "fine chain mail in motion",
                    "swarming insects"),
            ModifierPool.of(
                    ENVIRONMENT,
                    "neon rain",
                    "snowstorm",
                    "sandstorm",
                    "underwater caustics",
                    "dense fog with light shafts",
                    "volcanic ash fall",
                    "flooded street reflections",
                    "lightning at night",
                    "burning forest",
                    "zero visibility smoke",
                    "hall of glass",
                    "aurora over ice"),
            ModifierPool.of(
                    "quality",
                    "8K",
                    "photorealistic",
                    "cinematic lighting",
                    "shot on 35 mm film",
                    "high dynamic range",
                    "shallow depth of field",
                    "ultra slow motion",
                    "anamorphic lens flare",
                    "hyper-detailed textures",
                    "volumetric light",
                    "high frame rate",
                    "documentary realism"));

    /** Known-bad pairs and triples. */
    public static final List<Combination> COMBINATIONS = List.of(
            Combination.of(5, PHYSICS, "gravity inversion", CAMERA, "camera dolly+warp"),
            Combination.of(5, PHYSICS, "zero-G flips", CAMERA, "camera dolly+orbit"),
            Combination.of(5, PHYSICS, "momentum violations", CAMERA, "camera orbit+physics_break"),
            Combination.of(4, PHYSICS, "gravity inversion", COHERENCE, "texture bleeding"),
            Combination.of(4, CAMERA, "camera dolly+warp", COHERENCE, "chromatic aberration"),
            Combination.of(3, PHYSICS, "momentum violations", COHERENCE, "emerald sparks"),
            Combination.of(3, PHYSICS, "liquid flowing uphill", ENVIRONMENT, "flooded street reflections"),
            Combination.of(3, CAMERA, "360 degree orbit at speed", COHERENCE, "mirrors facing each other"),
            Combination.of(2, CAMERA, "whip pan into a crash zoom", COHERENCE, "a crowd of identical twins"),
            Combination.of(2, COHERENCE, "strobe lights", ENVIRONMENT, "lightning at night"),
            Combination.of(4, PHYSICS, "zero-G flips", CAMERA, "camera dolly+orbit", COHERENCE, "emerald sparks"),
            Combination.of(
                    4, PHYSICS, "gravity inversion", CAMERA, "camera orbit+physics_break", ENVIRONMENT, "neon rain"),
            Combination.of(3, PHYSICS, "momentum violations", COHERENCE, "texture bleeding", ENVIRONMENT, "sandstorm"),
            Combination.of(3, CAMERA, "camera dolly+warp", COHERENCE, "chromatic aberration", ENVIRONMENT, "snowstorm"),
            Combination.of(
                    2,
                    PHYSICS,
                    "objects passing through each other",
                    CAMERA,
                    "360 degree orbit at speed",
                    ENVIRONMENT,
                    "hall of glass"),
            Combination.of(
                    2,
                    CAMERA,
                    "handheld running shot",
                    COHERENCE,
                    "hands shuffling a deck of cards",
                    ENVIRONMENT,
                    "neon rain"),
            Combination.of(
                    2,
                    PHYSICS,
                    "debris that hangs in mid-air",
                    COHERENCE,
                    "swarming insects",
                    ENVIRONMENT,
                    "volcanic ash fall"));

    private BuiltIn() {}
}
