package dev.moviola.rehearsal;

import dev.moviola.MoviolaException;
import dev.moviola.ledger.Parameters;
import dev.moviola.rehearsal.Injection.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How a rehearsal generator with knobs is set. Its clips get better and worse smoothly with the knobs, a little with the
 * seed, and of a sudden at one cliff:
 *
 * <ul>
 *   <li>few steps leave brightness that pumps, which fades with every step more;
 *   <li>too much guidance morphs and warps, too little morphs; the right amount falls from 7 to 3 as the control weight
 *       grows from 0 to 1, so that the two knobs must be turned together;
 *   <li>a greatest noise level away from 45 makes brightness pump too, and above 70 it does so grossly.
 * </ul>
 *
 * @param guidance 0..20, best between 3 and 7
 * @param steps 1..1000, the more the better
 * @param sigma the greatest noise level, 1..200, best at 45
 * @param control how closely the generator keeps to its control video, 0..1
 * @param seed any number
 */
public record Tuning(double guidance, long steps, double sigma, double control, long seed) {
    /** The knobs by the names that {@link #of} reads. */
    public static final Set<String> KNOBS = Set.of(
            "guidance",
            "num_steps",
            "sigma_max",
            "control_weight",
            "control_weights",
            "blur_strength",
            "canny_threshold",
            "seed");

    private static final Map<String, Double> STRUCTURE = Map.of("edge", 1.0, "depth", 0.7, "seg", 0.5, "vis", 0.2);
    private static final double CLIFF = 70;
    private static final double SEED_SHARE = 0.06;

    /** Checks the ranges. */
    public Tuning {
        require("guidance", guidance, 0, 20);
        require("num_steps", steps, 1, 1_000);
        require("sigma_max", sigma, 1, 200);
        require("control_weight", control, 0, 1);
    }

    /**
     * Reads the knobs from the parameters of a job. What is not set is 5, 30, 45 and 0.5. {@code control_weights}, an
     * object of weights for edge, depth, seg and vis, stands for {@code control_weight}; {@code blur_strength} and {@code
     * canny_threshold}, from very_low to very_high, weaken it a little. Other parameters are left alone.
     */
    public static Tuning of(Parameters parameters) {
        double control = parameters.number("control_weight", 0.5);
        if (parameters.has("control_weights")) {
            control = 0;
            for (Map.Entry<String, Object> weight :
                    parameters.object("control_weights").asMap().entrySet()) {
                Double share = STRUCTURE.get(weight.getKey());
                if (share == null || !(weight.getValue() instanceof Number number)) {
                    throw new MoviolaException("control_weights must be numbers for "
                            + new TreeSet<>(STRUCTURE.keySet()) + ", but had " + weight);
                }
                control += share * number.doubleValue();
            }
        }
        control *= weakened(parameters, "blur_strength") * weakened(parameters, "canny_threshold");
        return new Tuning(
                parameters.number("guidance", 5),
                parameters.integer("num_steps", 30),
                parameters.number("sigma_max", 45),
                control,
                parameters.integer("seed", 0));
    }

    /** The quality that is meant, 0 (everything goes wrong) to 1 (nothing does), without the part of the seed. */
    public double quality() {
        return Math.exp(
                -2 * meant().values().stream().mapToDouble(Double::doubleValue).sum());
    }

    /** What goes wrong, from beginning to end, in a clip of that length. */
    public List<Injection> defects(double seconds) {
        SplittableRandom chance = new SplittableRandom(seed);
        List<Injection> defects = new ArrayList<>();
        // One after the other, because pumping hides from the scorer what goes wrong at the same time.
        double half = seconds / 2;
        meant().forEach((kind, loss) -> {
            double shifted = loss + SEED_SHARE * (chance.split().nextDouble() - 0.5);
            if (shifted > 0.01) {
                double strength = strength(kind, Math.min(1, shifted));
                defects.add(
                        kind == Kind.WARP
                                ? new Injection(kind, half, seconds, 0, 0, 0.3, 0.5, strength, 0)
                                : new Injection(
                                        kind,
                                        kind == Kind.FLICKER ? 0 : half,
                                        kind == Kind.FLICKER ? half : seconds,
                                        0.5,
                                        0.5,
                                        0.3,
                                        0.5,
                                        strength,
                                        -1));
            }
        });
        return defects;
    }

    private Map<Kind, Double> meant() {
        double right = 7 - 4 * control;
        double off = (guidance - right) / 6;
        Map<Kind, Double> losses = new TreeMap<>();
        losses.put(Kind.WARP, 0.5 * Math.min(1, Math.max(0, off)));
        losses.put(Kind.MORPH, Math.min(1, Math.abs(off)));
        double pumping = 0.6 * Math.abs(Math.log(sigma / 45)) + 0.5 * Math.exp(-(steps - 8) / 14.0);
        losses.put(Kind.FLICKER, sigma > CLIFF ? 1 : Math.min(0.7, pumping));
        return losses;
    }

    // Each kind begins to be seen, and to be measured, at another strength, and is gross at another.
    private static double strength(Kind kind, double loss) {
        return switch (kind) {
            case WARP -> 0.6 + 0.75 * loss;
            case MORPH -> 0.28 + 0.55 * loss;
            default -> 0.02 + 0.11 * loss + 0.2 * loss * loss;
        };
    }

    private static double weakened(Parameters parameters, String knob) {
        String level = parameters.text(knob, "very_low");
        int place = List.of("very_low", "low", "medium", "high", "very_high").indexOf(level);
        if (place < 0) {
            throw new MoviolaException(knob + " must be from very_low to very_high, but was " + level);
        }
        return 1 - 0.05 * place;
    }

    private static void require(String name, double value, double low, double high) {
        if (!(value >= low && value <= high)) {
            throw new MoviolaException(name + " must be in " + low + ".." + high + ", but was " + value);
        }
    }
}
