package dev.moviola.sweep.internal;

import dev.moviola.sweep.Sampler;
import dev.moviola.sweep.SamplerSession;
import dev.moviola.sweep.Space;
import java.util.Optional;

/** Independent uniform draws. */
public record RandomSampler(long seed) implements Sampler {
    @Override
    public String name() {
        return "random";
    }

    @Override
    public boolean takesSeveralGoals() {
        return true;
    }

    @Override
    public Sampler seed(long seed) {
        return new RandomSampler(seed);
    }

    @Override
    public SamplerSession start(Space space) {
        Coordinates coordinates = new Coordinates(space);
        return number -> Optional.of(coordinates.random(new Dice(seed, number, "random")));
    }
}
