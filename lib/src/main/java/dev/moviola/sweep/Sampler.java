package dev.moviola.sweep;

import dev.moviola.sweep.internal.RandomSampler;

/** A way to choose what to try next. Immutable; a session of it holds what it has learned in one study. */
public interface Sampler {
    /** Its name, as a user writes it: {@code random}, {@code tpe}. */
    String name();

    /** The seed from which all its randomness comes. */
    long seed();

    /** This sampler with another seed; without one the seed is 0. */
    Sampler seed(long seed);

    /**
     * Begins to work on {@code space}.
     *
     * @throws dev.moviola.MoviolaException when it cannot search such a space
     */
    SamplerSession start(Space space);

    /** Independent uniform draws. */
    static Sampler random() {
        return new RandomSampler(0);
    }
}
