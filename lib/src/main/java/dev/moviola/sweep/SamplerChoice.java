package dev.moviola.sweep;

import dev.moviola.MoviolaException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A sampler, and why it was chosen.
 *
 * @param sampler the sampler
 * @param why the reason, a sentence with the figures that it rests on
 */
public record SamplerChoice(Sampler sampler, String why) {
    private static final int FEW_COORDINATES = 20;
    private static final int FEW_TRIALS = 250;
    private static final int FEWEST_TO_LEARN = 12;
    private static final int PER_COORDINATE = 100;
    private static final int MOST_FOR_COVARIANCE = 50;

    /**
     * The sampler that suits a space and a number of trials.
     *
     * @param space what may be tried; without parameters it is found out while trials run
     * @param trials how many trials there will be, at least 1
     */
    public static SamplerChoice of(Space space, long trials) {
        if (trials < 1) {
            throw new MoviolaException("there must be 1 or more trials, but there were " + trials);
        }
        int coordinates = space.dimensions().stream()
                .mapToInt(dimension -> dimension.domain().width())
                .sum();
        if (coordinates == 0) {
            return new SamplerChoice(Sampler.tpe(), "tpe, which copes with parameters that trials name themselves");
        }
        double cells = cells(space);
        if (cells <= trials) {
            return new SamplerChoice(
                    Sampler.grid(), String.format("grid, because %d trials cover all %.0f cells", trials, cells));
        }
        if (trials < FEWEST_TO_LEARN) {
            return new SamplerChoice(Sampler.sobol(), "sobol, because " + trials + " trials are too few to learn from");
        }
        if (trials <= FEW_TRIALS && coordinates <= FEW_COORDINATES) {
            return new SamplerChoice(
                    Sampler.gaussianProcess(),
                    "gp, which needs the fewest trials; it suits " + coordinates + " coordinates and " + trials
                            + " trials");
        }
        boolean numbers = space.dimensions().stream()
                .allMatch(dimension ->
                        dimension.domain().ordered() && dimension.domain().size() == 0);
        if (numbers && coordinates <= MOST_FOR_COVARIANCE && trials >= (long) PER_COORDINATE * coordinates) {
            return new SamplerChoice(
                    Sampler.cmaEs(),
                    "cmaes, because " + trials + " trials suffice to learn how " + coordinates
                            + " numbers move together");
        }
        return new SamplerChoice(
                Sampler.tpe(),
                "tpe, which is cheap and takes any space: " + coordinates + " coordinates, " + trials + " trials");
    }

    /**
     * The sampler called {@code name}: random, grid, sobol, halton, latin, tpe, cmaes, gp, nsga2, or auto for that of
     * {@link #of}.
     *
     * @throws MoviolaException when there is none of that name
     */
    public static SamplerChoice named(String name, Space space, long trials) {
        if (name.equals("auto")) {
            return of(space, trials);
        }
        Map<String, Supplier<Sampler>> samplers = new LinkedHashMap<>();
        samplers.put("random", Sampler::random);
        samplers.put("grid", Sampler::grid);
        samplers.put("sobol", Sampler::sobol);
        samplers.put("halton", Sampler::halton);
        samplers.put("latin", () -> Sampler.latinHypercube((int) Math.min(1_000_000, trials)));
        samplers.put("tpe", Sampler::tpe);
        samplers.put("cmaes", Sampler::cmaEs);
        samplers.put("gp", Sampler::gaussianProcess);
        samplers.put("nsga2", Sampler::nsga2);
        Supplier<Sampler> found = samplers.get(name);
        if (found == null) {
            throw new MoviolaException(
                    "a sampler must be auto or one of " + String.join(", ", samplers.keySet()) + ", but was " + name);
        }
        return new SamplerChoice(found.get(), name + ", as asked for");
    }

    private static double cells(Space space) {
        double cells = 1;
        for (Dimension dimension : space.dimensions()) {
            long size = dimension.domain().size();
            cells *= size == 0 ? Double.POSITIVE_INFINITY : size;
        }
        return cells;
    }
}
