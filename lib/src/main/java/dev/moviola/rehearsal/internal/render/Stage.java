package dev.moviola.rehearsal.internal.render;

import dev.moviola.rehearsal.Injection;
import dev.moviola.rehearsal.Injection.Kind;
import dev.moviola.rehearsal.Take;
import dev.moviola.rehearsal.Truth;
import dev.moviola.rehearsal.internal.render.Words.Effect;
import dev.moviola.video.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The scene of one take: two figures fight before a moving background. Each frame is a function of its time alone.
 *
 * <p>Instances are used by one thread.
 */
public final class Stage {
    private static final int TILE = 256;

    private final Take take;
    private final List<Injection> injections;
    private final Set<Effect> effects;
    private final int seed;
    private final double gravity;
    private final Sprite[] sprites;
    private final Motion[] motions;
    private final Canvas backdrop;
    private final Canvas canvas;
    private final Damage damage;
    private final Weather weather;
    private final float[] grain = new float[TILE * TILE];

    /** Sets the scene; {@code injections} is what goes wrong in it. */
    public Stage(Take take, List<Injection> injections) {
        this.take = take;
        this.injections = List.copyOf(injections);
        this.effects = Words.effects(take.prompt());
        long mixed = Dice.mix(take.seed() * 31 + Dice.of(take.prompt()));
        this.seed = (int) (mixed >>> 20);
        Dice dice = new Dice(mixed);
        this.gravity = 2.2 * take.height();
        int size = take.height() / 2 & ~1;
        this.sprites = new Sprite[] {Sprite.samurai(size * 9 / 10, seed), Sprite.rex(size * 6 / 5, seed + 5)};
        this.motions = new Motion[2];
        for (int i = 0; i < 2; i++) {
            double ground = take.height() * 0.88 - sprites[i].size * 0.46;
            motions[i] = new Motion(i, dice, take.seconds(), take.width(), ground, gravity, this.injections);
        }
        this.canvas = new Canvas(take.width(), take.height());
        this.backdrop = paintBackdrop(take.width() * 3 / 2 & ~1, take.height());
        this.damage = new Damage(seed, take.width(), take.height());
        this.weather = new Weather(effects, seed);
        for (int i = 0; i < grain.length; i++) {
            grain[i] = (Dice.at(seed + 3, i, 0) + Dice.at(seed + 4, i, 0) - 1)
                    * (effects.contains(Effect.SHARP) ? 1.5f : 4f);
        }
    }

    /** What goes wrong in {@code take}, drawn by its words and seed. */
    public static List<Injection> cast(Take take) {
        Dice dice = new Dice(Dice.mix(take.seed() * 31 + Dice.of(take.prompt())) ^ 0x5EED);
        List<Injection> cast = new ArrayList<>();
        for (Map.Entry<Kind, Double> chance : Words.chances(take.prompt()).entrySet()) {
            double roll = dice.next();
            double strength = dice.between(0.5, 1);
            double part = dice.between(0.3, 0.6);
            double start = dice.between(0.1, 0.95 - part) * take.seconds();
            int sprite = dice.next() < 0.5 ? 0 : 1;
            if (roll < chance.getValue()) {
                Injection plain = Injection.of(chance.getKey(), start, start + part * take.seconds(), strength);
                cast.add(new Injection(
                        plain.kind(),
                        plain.startSeconds(),
                        plain.endSeconds(),
                        plain.x(),
                        plain.y(),
                        plain.radiusX(),
                        plain.radiusY(),
                        strength,
                        plain.onSprite() < 0 ? -1 : sprite));
            }
        }
        return cast;
    }

    private Canvas paintBackdrop(int width, int height) {
        Canvas painted = new Canvas(width, height);
        float scale = height / 480f;
        boolean night = effects.contains(Effect.NEON) || effects.contains(Effect.CINEMATIC);
        float horizon = height * 0.66f;
        float sunX = width * 0.45f;
        float sunY = height * 0.30f;
        float[] ridge = new float[width];
        for (int x = 0; x < width; x++) {
            float u = x / scale;
            ridge[x] = horizon
                    - scale
                            * (40
                                    + 110 * Dice.noise(seed + 6, u / 120, 0.5f)
                                    + 26 * Dice.noise(seed + 7, u / 28, 0.5f));
        }
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                float u = x / scale;
                float v = y / scale;
                float coarse = Dice.noise(seed + 2, u / 40, v / 28) - 0.5f;
                float l;
                float b;
                float r;
                if (y > horizon) {
                    float depth = (y - horizon) / (height - horizon);
                    float tuft = Dice.noise(seed + 8, u / (3 + 5 * depth), v / 4) - 0.5f;
                    l = 92 + 30 * depth + 52 * tuft + 34 * coarse;
                    b = 112;
                    r = 134 - 8 * coarse;
                } else {
                    float fine = Dice.noise(seed + 1, u / 7, v / 7) - 0.5f;
                    float dx = x - sunX;
                    float dy = y - sunY;
                    if (y > ridge[x]) {
                        l = 84 + 46 * coarse + 34 * fine;
                        b = 134;
                        r = 122;
                    } else if (dx * dx + dy * dy < 5200 * scale * scale) {
                        l = 196 + 10 * fine;
                        b = 96;
                        r = 160;
                    } else {
                        l = 96 + 60 * y / horizon + 26 * coarse + 8 * fine;
                        b = 122 - 12 * y / horizon;
                        r = 136 + 12 * y / horizon;
                    }
                }
                painted.blend(x, y, night ? 20 + l * 0.62f : l, night ? b + 10 : b, r, 1);
            }
        }
        return painted;
    }

    /** The frame with {@code index}, counted from 0. */
    public Frame frame(int index) {
        double seconds = index / take.fps();
        double shown = storyTime(seconds);
        background(shown);
        for (int i = 0; i < 2; i++) {
            float opacity = 1 - hidden(i, seconds);
            if (opacity > 0) {
                pose(i, shown, opacity);
            }
        }
        weather.draw(canvas, shown);
        for (Injection injection : injections) {
            boolean showing = seconds >= injection.startSeconds() && seconds < injection.endSeconds();
            boolean spriteGone = injection.kind() == Kind.VANISH && injection.onSprite() >= 0;
            if (showing && !injection.kind().wholePicture() && !spriteGone) {
                double x = injection.x() * take.width();
                double y = injection.y() * take.height();
                if (injection.onSprite() >= 0) {
                    double[] place = motions[injection.onSprite()].at(shown);
                    x += place[0];
                    y += place[1];
                }
                damage.apply(canvas, injection, x, y, seconds, index);
            }
        }
        finish((int) Math.round(shown * take.fps()));
        return canvas.toFrame(index, seconds);
    }

    private void pose(int sprite, double shown, float opacity) {
        double phase = motions[sprite].phase(shown);
        double turns = effects.contains(Effect.FLIP) ? phase : 0.03 * Dice.sine(phase);
        double shutter = 0.25 / take.fps();
        double[] early = motions[sprite].at(shown - shutter);
        double[] late = motions[sprite].at(shown + shutter);
        sprites[sprite].draw(canvas, early[0], early[1], sprite == 0 ? turns : -turns, opacity);
        sprites[sprite].draw(canvas, late[0], late[1], sprite == 0 ? turns : -turns, 0.5f * opacity);
    }

    private float hidden(int sprite, double seconds) {
        for (Injection injection : injections) {
            if (injection.kind() == Kind.VANISH
                    && injection.onSprite() == sprite
                    && seconds >= injection.startSeconds()
                    && seconds < injection.endSeconds()) {
                return (float) Math.min(1, 2 * injection.strength());
            }
        }
        return 0;
    }

    private double storyTime(double seconds) {
        double time = seconds;
        for (Injection injection : injections) {
            if (seconds < injection.startSeconds() || seconds >= injection.endSeconds()) {
                continue;
            }
            if (injection.kind() == Kind.FREEZE) {
                return Math.round(injection.startSeconds() * take.fps()) / take.fps();
            }
            if (injection.kind() == Kind.JERK) {
                time += injection.strength()
                        * 0.05
                        * Dice.sine((seconds - injection.startSeconds()) * take.fps() / 3.4);
            }
        }
        return time;
    }

    private void background(double shown) {
        double zoom = effects.contains(Effect.DOLLY) ? 1 / (1 + 0.10 * shown / (1 + 0.1 * shown)) : 1;
        double pan = effects.contains(Effect.ORBIT)
                ? 0.25 * take.width() * (1 + 0.8 * Dice.sine(shown / 6))
                : 0.25 * take.width() * (1 + 0.9 * Dice.sine(shown / 16 + (seed & 7) / 8.0));
        double middle = take.height() * 0.6;
        sampleAll(
                backdrop.luma,
                backdrop.width,
                backdrop.height,
                canvas.luma,
                canvas.width,
                canvas.height,
                pan,
                zoom,
                middle);
        sampleAll(
                backdrop.cb,
                backdrop.halfWidth,
                backdrop.halfHeight,
                canvas.cb,
                canvas.halfWidth,
                canvas.halfHeight,
                pan / 2,
                zoom,
                middle / 2);
        sampleAll(
                backdrop.cr,
                backdrop.halfWidth,
                backdrop.halfHeight,
                canvas.cr,
                canvas.halfWidth,
                canvas.halfHeight,
                pan / 2,
                zoom,
                middle / 2);
    }

    private static void sampleAll(
            float[] from,
            int fromColumns,
            int fromRows,
            float[] to,
            int columns,
            int rows,
            double pan,
            double zoom,
            double middle) {
        int[] left = new int[columns];
        float[] across = new float[columns];
        for (int x = 0; x < columns; x++) {
            float sx = Canvas.inside((float) (pan + columns / 2.0 + (x - columns / 2.0) * zoom), fromColumns);
            left[x] = (int) sx;
            across[x] = sx - left[x];
        }
        for (int y = 0; y < rows; y++) {
            float sy = Canvas.inside((float) (middle + (y - middle) * zoom), fromRows);
            int row = (int) sy * fromColumns;
            float down = sy - (int) sy;
            for (int x = 0; x < columns; x++) {
                to[y * columns + x] = Canvas.between(from, row + left[x], fromColumns, across[x], down);
            }
        }
    }

    private void finish(int frame) {
        int ox = (int) (Dice.at(seed, frame, 11) * TILE);
        int oy = (int) (Dice.at(seed, frame, 12) * TILE);
        boolean dark = effects.contains(Effect.CINEMATIC);
        for (int y = 0; y < canvas.height; y++) {
            int start = y * canvas.width;
            if (dark) {
                darken(start, (y - canvas.height / 2f) / canvas.height);
            }
            int row = ((y + oy) & (TILE - 1)) * TILE;
            for (int x = 0; x < canvas.width; ) {
                int from = (x + ox) & (TILE - 1);
                int length = Math.min(TILE - from, canvas.width - x);
                for (int k = 0; k < length; k++) {
                    canvas.luma[start + x + k] += grain[row + from + k];
                }
                x += length;
            }
        }
        if (effects.contains(Effect.ABERRATION)) {
            int shift = Math.max(1, canvas.width / 280);
            for (int y = 0; y < canvas.halfHeight; y++) {
                int row = y * canvas.halfWidth;
                System.arraycopy(canvas.cr, row, canvas.cr, row + shift, canvas.halfWidth - shift);
                System.arraycopy(canvas.cb, row + shift, canvas.cb, row, canvas.halfWidth - shift);
            }
        }
    }

    /** Darkens a row that lies {@code fall} picture heights from the middle towards the corners. */
    private void darken(int start, float fall) {
        for (int x = 0; x < canvas.width; x++) {
            float side = (x - canvas.width / 2f) / canvas.width;
            canvas.luma[start + x] *= 1.08f - 0.9f * (fall * fall + side * side);
        }
    }

    /** What this scene really shows. */
    public Truth truth() {
        List<Truth.Trajectory> paths = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            List<Double> x = new ArrayList<>();
            List<Double> y = new ArrayList<>();
            for (int f = 0; f < take.frames(); f++) {
                double[] place = motions[i].at(storyTime(f / take.fps()));
                x.add(place[0]);
                y.add(place[1]);
            }
            paths.add(new Truth.Trajectory(sprites[i].name, x, y, motions[i].contacts(take.seconds())));
        }
        return new Truth(take, injections, gravity, paths);
    }
}
