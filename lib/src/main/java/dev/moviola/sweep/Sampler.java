package dev.moviola.sweep;

import dev.moviola.sweep.internal.CmaEsSampler;
import dev.moviola.sweep.internal.GpSampler;
import dev.moviola.sweep.internal.GridSampler;
import dev.moviola.sweep.internal.LatinHypercubeSampler;
import dev.moviola.sweep.internal.Nsga2Sampler;
import dev.moviola.sweep.internal.RandomSampler;
import dev.moviola.sweep.internal.SequenceSampler;
import dev.moviola.sweep.internal.TpeSampler;

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

    /** Whether it makes use of several goals, or needs none at all. */
    default boolean takesSeveralGoals() {
        return false;
    }

    /** Independent uniform draws. */
    static Sampler random() {
        return new RandomSampler(0);
    }

    /** Every cell of a grid once. Refuses a continuum: give it a step, or see {@link #grid(int)}. */
    static Sampler grid() {
        return new GridSampler(0, 0);
    }

    /**
     * Every cell of a grid once.
     *
     * @param levels how many evenly spaced values, from end to end, to take of a continuum; in 1..10000
     */
    static Sampler grid(int levels) {
        return new GridSampler(levels, 0);
    }

    /** Sobol's sequence, which covers the space evenly, best in powers of two. */
    static Sampler sobol() {
        return new SequenceSampler(SequenceSampler.Sequence.SOBOL, 0);
    }

    /** Halton's sequence, which covers a space of up to 40 coordinates evenly. */
    static Sampler halton() {
        return new SequenceSampler(SequenceSampler.Sequence.HALTON, 0);
    }

    /**
     * A Latin hypercube: of each {@code points} trials, one lies in each of as many slices of every parameter.
     *
     * @param points the number of trials that are planned, in 1..1000000
     */
    static Sampler latinHypercube(int points) {
        return new LatinHypercubeSampler(points, 0);
    }

    /** A tree-structured Parzen estimator, which learns from ten trials on where good values lie. */
    static Sampler tpe() {
        return new TpeSampler(0);
    }

    /**
     * CMA-ES, which learns how parameters move together; best for numbers, from a hundred trials on. Takes up to 200
     * coordinates, of which a choice takes one for each of its values.
     */
    static Sampler cmaEs() {
        return new CmaEsSampler(0);
    }

    /**
     * Bayesian optimisation with a Gaussian process: the most from few trials, when each costs money. Best for up to some
     * 20 parameters and 200 trials; a proposal then takes up to a second.
     */
    static Sampler gaussianProcess() {
        return new GpSampler(0);
    }

    /** NSGA-II for several goals, from a few hundred trials on; its population is 50. */
    static Sampler nsga2() {
        return new Nsga2Sampler(50, 0);
    }

    /** Like {@link #nsga2()}, with a population in 4..10000. */
    static Sampler nsga2(int population) {
        return new Nsga2Sampler(population, 0);
    }
}
