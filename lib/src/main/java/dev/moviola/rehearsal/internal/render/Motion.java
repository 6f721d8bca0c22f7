package dev.moviola.rehearsal.internal.render;

import dev.moviola.rehearsal.Injection;
import dev.moviola.rehearsal.Injection.Kind;
import java.util.ArrayList;
import java.util.List;

/** A sprite's path: hops under one gravity between rests on the ground, and what injections do to it. */
final class Motion {
    private final double gravity;
    private final double ground;
    private final double sceneWidth;
    private final int sprite;
    private final List<double[]> hops = new ArrayList<>();
    private final List<Injection> injections;

    Motion(
            int sprite,
            Dice dice,
            double seconds,
            int width,
            double ground,
            double gravity,
            List<Injection> injections) {
        this.sprite = sprite;
        this.gravity = gravity;
        this.ground = ground;
        this.sceneWidth = width;
        this.injections = injections;
        double home = width * (sprite == 0 ? 0.27 : 0.71);
        double lunge = width * (sprite == 0 ? 0.075 : -0.075);
        double x = home;
        double t = -dice.between(0, 0.5);
        for (int i = 0; t < seconds + 1; i++) {
            double air = dice.between(0.42, 0.68);
            double to = (i % 2 == 0 ? home + lunge : home - lunge) + dice.between(-0.02, 0.02) * width;
            hops.add(new double[] {t, air, x, to});
            x = to;
            t += air + dice.between(0.06, 0.16);
        }
    }

    /** Centre of the sprite at a moment: x and y in pixels. */
    double[] at(double seconds) {
        double[] place = free(seconds);
        for (Injection injection : injections) {
            if (injection.onSprite() != sprite || seconds < injection.startSeconds()) {
                continue;
            }
            double during = Math.min(seconds, injection.endSeconds()) - injection.startSeconds();
            double since = Math.max(0, seconds - injection.endSeconds());
            if (injection.kind() == Kind.GRAVITY_INVERSION) {
                double up = 0.5 * gravity * (0.2 + 0.8 * injection.strength()) * during * during;
                double fallen = 0.5 * gravity * since * since;
                double held = free(injection.startSeconds())[1] - Math.min(up, 0.5 * ground) + fallen;
                place[1] = since > 0 ? Math.min(place[1], held) : held;
            } else if (injection.kind() == Kind.MOMENTUM_KICK) {
                double direction = sprite == 0 ? 1 : -1;
                double kick = direction * injection.strength() * 0.8 * sceneWidth * Math.min(during, 0.35);
                place[0] = Math.max(0.08 * sceneWidth, Math.min(0.92 * sceneWidth, place[0] + kick));
            }
        }
        return place;
    }

    private double[] free(double seconds) {
        double[] hop = hops.get(0);
        for (double[] next : hops) {
            if (next[0] <= seconds) {
                hop = next;
            }
        }
        double t = Math.max(0, Math.min(hop[1], seconds - hop[0]));
        double rise = 0.5 * gravity * t * (hop[1] - t);
        return new double[] {hop[2] + (hop[3] - hop[2]) * t / hop[1], ground - rise};
    }

    List<Double> contacts(double seconds) {
        return hops.stream()
                .map(hop -> hop[0] + hop[1])
                .filter(t -> t >= 0 && t < seconds)
                .toList();
    }

    /** How far through its hop the sprite is, 0 on the ground. */
    double phase(double seconds) {
        for (double[] hop : hops) {
            if (seconds >= hop[0] && seconds < hop[0] + hop[1]) {
                return (seconds - hop[0]) / hop[1];
            }
        }
        return 0;
    }
}
