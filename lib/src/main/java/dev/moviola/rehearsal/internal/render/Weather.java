package dev.moviola.rehearsal.internal.render;

import dev.moviola.rehearsal.internal.render.Words.Effect;
import java.util.Set;

/** Rain, snow, sand, sparks and light, as functions of time: nothing is remembered between frames. */
final class Weather {
    private final Set<Effect> effects;
    private final int seed;

    Weather(Set<Effect> effects, int seed) {
        this.effects = effects;
        this.seed = seed;
    }

    void draw(Canvas canvas, double seconds) {
        float scale = canvas.height / 480f;
        if (effects.contains(Effect.NEON)) {
            glow(canvas, seconds);
        }
        if (effects.contains(Effect.SAND)) {
            haze(canvas, seconds);
            fall(canvas, seconds, 260, 520, 60, 9, 1, 178, 108, 140, scale);
        }
        if (effects.contains(Effect.RAIN)) {
            fall(canvas, seconds, 230, 90, 900, 2, 15, 200, 134, 124, scale);
        }
        if (effects.contains(Effect.SNOW)) {
            fall(canvas, seconds, 260, 40, 150, 3, 3, 232, 130, 127, scale);
        }
        if (effects.contains(Effect.SPARKS)) {
            fall(canvas, seconds, 90, 60, -170, 2, 4, 215, 92, 62, scale);
        }
    }

    private void fall(
            Canvas canvas,
            double seconds,
            int count,
            double vx,
            double vy,
            int wide,
            int tall,
            float y,
            float cb,
            float cr,
            float scale) {
        for (int i = 0; i < count; i++) {
            double near = 0.6 + 0.7 * Dice.at(seed, i, 2);
            double px = wrap(Dice.at(seed, i, 0) * canvas.width + vx * near * scale * seconds, canvas.width);
            double py = wrap(Dice.at(seed, i, 1) * canvas.height + vy * near * scale * seconds, canvas.height);
            int w = Math.max(1, Math.round(wide * scale * (float) near));
            int h = Math.max(1, Math.round(tall * scale * (float) near));
            for (int dy = 0; dy < h; dy++) {
                for (int dx = 0; dx < w; dx++) {
                    int slant = (int) (vx / Math.max(200, Math.abs(vy)) * dy);
                    canvas.blend((int) px + dx + slant, (int) py + dy, y, cb, cr, 0.6f);
                }
            }
        }
    }

    private void glow(Canvas canvas, double seconds) {
        float drift = Dice.sine(seconds / 5);
        for (int y = 0; y < canvas.halfHeight; y++) {
            for (int x = 0; x < canvas.halfWidth; x++) {
                int i = y * canvas.halfWidth + x;
                float side = 2f * x / canvas.halfWidth - 1 + 0.2f * drift;
                canvas.cb[i] += 20 * Math.max(-1, Math.min(1, -side)) + 8;
                canvas.cr[i] += 16 * Math.max(-1, Math.min(1, side)) + 6;
            }
        }
    }

    private void haze(Canvas canvas, double seconds) {
        for (int y = 0; y < canvas.halfHeight; y++) {
            for (int x = 0; x < canvas.halfWidth; x++) {
                float thick = 0.25f + 0.3f * Dice.noise(seed + 9, (float) (x / 60.0 - seconds * 2.2), y / 34f);
                for (int k = 0; k < 4; k++) {
                    canvas.blend(2 * x + (k & 1), 2 * y + (k >> 1), 160, 108, 141, thick);
                }
            }
        }
    }

    private static double wrap(double value, int size) {
        return value - Math.floor(value / size) * size;
    }
}
