package dev.moviola.sweep;

import dev.moviola.MoviolaException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The goals of a study, and how values are told and compared by them. */
record Goals(List<Goal> all) {
    Goals {
        all = List.copyOf(all);
        if (all.isEmpty() || all.stream().map(Goal::metric).distinct().count() < all.size()) {
            throw new MoviolaException(
                    "a study must have goals on one or more metrics, each named once, but had " + all);
        }
    }

    static Goals of(Goal... goals) {
        return new Goals(List.of(goals));
    }

    Goal first() {
        return all.get(0);
    }

    boolean several() {
        return all.size() > 1;
    }

    /** What is wrong with values that an objective gave; empty when nothing is. */
    Optional<String> wrong(double[] values) {
        if (values.length != all.size()) {
            return Optional.of(
                    "there must be a value for each of the " + all.size() + " goals, but there were " + values.length);
        }
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                return Optional.of("the " + all.get(i).metric() + " must be a finite number, but was " + values[i]);
            }
        }
        return Optional.empty();
    }

    /** The values of a complete trial as losses, of which less is better. */
    double[] losses(TrialRecord trial) {
        double[] losses = new double[all.size()];
        Arrays.setAll(losses, i -> all.get(i).direction().loss(trial.values().get(i)));
        return losses;
    }
}
