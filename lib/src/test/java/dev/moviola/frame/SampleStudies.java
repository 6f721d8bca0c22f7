package dev.moviola.frame;

import dev.moviola.sweep.Direction;
import dev.moviola.sweep.Goal;
import dev.moviola.sweep.Pruner;
import dev.moviola.sweep.Sampler;
import dev.moviola.sweep.Space;
import dev.moviola.sweep.Study;
import java.util.Map;

/** Studies with every kind of parameter, and trials that fail or are pruned among the others. */
final class SampleStudies {
    static final Space SPACE = Space.empty()
            .real("guidance", 1, 10)
            .logReal("learning_rate", 1e-5, 0.1)
            .integer("num_steps", 10, 50)
            .choice("control", "edge", "depth", "segmentation")
            .integer("threshold", 50, 200)
            .when("control", "edge")
            .simplex("weights", "vis", "seg");

    private SampleStudies() {}

    /** A study of one goal; every eleventh trial fails, every seventh is pruned after a report or before. */
    static Study mixed(int trials) {
        Study study = Study.inMemory()
                .space(SPACE)
                .sampler(Sampler.random().seed(3))
                .pruner(Pruner.none())
                .minimize("melt");
        study.optimize(
                trial -> {
                    if (trial.number() % 11 == 10) {
                        throw new IllegalStateException("no clip came back");
                    }
                    double value = melt(trial.settings().asMap());
                    if (trial.number() % 7 == 6) {
                        if (trial.number() % 2 == 0) {
                            trial.report(1, value + 0.2);
                        }
                        throw trial.pruned();
                    }
                    return value;
                },
                trials);
        return study;
    }

    /** A study of two goals that cannot both be had. */
    static Study compromises(int trials) {
        Study study = Study.inMemory()
                .space(Space.empty().real("guidance", 1, 10).integer("num_steps", 10, 50))
                .sampler(Sampler.nsga2().seed(5))
                .goals(new Goal("melt", Direction.MINIMIZE), new Goal("sharpness", Direction.MAXIMIZE));
        study.optimizeAll(
                trial -> {
                    double guidance = trial.settings().number("guidance");
                    double steps = trial.settings().number("num_steps");
                    return new double[] {
                        0.1 + guidance / 15 + 4 / steps,
                        0.2 + 0.6 * Math.sqrt(guidance / 10) - 0.003 * Math.abs(steps - 30)
                    };
                },
                trials,
                1);
        return study;
    }

    private static double melt(Map<String, Object> settings) {
        double guidance = ((Number) settings.get("guidance")).doubleValue();
        double rate = ((Number) settings.get("learning_rate")).doubleValue();
        double steps = ((Number) settings.get("num_steps")).doubleValue();
        double control = "depth".equals(settings.get("control")) ? 0 : 0.12;
        return Math.pow((guidance - 4) / 9, 2) + 0.06 * Math.pow(Math.log10(rate) + 3, 2) + 1.5 / steps + control;
    }
}
