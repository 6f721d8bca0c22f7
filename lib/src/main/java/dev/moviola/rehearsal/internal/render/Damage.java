package dev.moviola.rehearsal.internal.render;

import dev.moviola.rehearsal.Injection;
import dev.moviola.rehearsal.Injection.Kind;

/** Puts defects of the picture into a finished canvas. */
final class Damage {
    private final int seed;
    private final Canvas before;

    Damage(int seed, int width, int height) {
        this.seed = seed;
        this.before = new Canvas(width, height);
    }

    /** Spoils {@code canvas}, whose region is centred at cx, cy in pixels. */
    void apply(Canvas canvas, Injection injection, double cx, double cy, double seconds, int frame) {
        before.copyFrom(canvas);
        Region region = new Region(
                cx,
                cy,
                injection.radiusX() * canvas.width,
                injection.radiusY() * canvas.height,
                injection.radiusX() >= 1);
        int inner = seed + injection.kind().ordinal() * 7919;
        double progress = (seconds - injection.startSeconds()) / (injection.endSeconds() - injection.startSeconds());
        plane(before.luma, canvas.luma, canvas.width, canvas.height, 1, region, injection, inner, progress, frame);
        if (injection.kind() != Kind.FLICKER) {
            plane(
                    before.cb,
                    canvas.cb,
                    canvas.halfWidth,
                    canvas.halfHeight,
                    2,
                    region,
                    injection,
                    inner,
                    progress,
                    frame);
            plane(
                    before.cr,
                    canvas.cr,
                    canvas.halfWidth,
                    canvas.halfHeight,
                    2,
                    region,
                    injection,
                    inner,
                    progress,
                    frame);
        }
    }

    private record Region(double x, double y, double radiusX, double radiusY, boolean everywhere) {
        float weight(double px, double py) {
            if (everywhere) {
                return 1;
            }
            double dx = (px - x) / radiusX;
            double dy = (py - y) / radiusY;
            double r = dx * dx + dy * dy;
            return r >= 1 ? 0 : (float) Math.min(1, 3 * (1 - r));
        }
    }

    private static void plane(
            float[] from,
            float[] to,
            int columns,
            int rows,
            int step,
            Region region,
            Injection injection,
            int seed,
            double progress,
            int frame) {
        int x0 = region.everywhere() ? 0 : (int) Math.max(0, (region.x() - region.radiusX()) / step);
        int x1 = region.everywhere() ? columns : (int) Math.min(columns, (region.x() + region.radiusX()) / step + 2);
        int y0 = region.everywhere() ? 0 : (int) Math.max(0, (region.y() - region.radiusY()) / step);
        int y1 = region.everywhere() ? rows : (int) Math.min(rows, (region.y() + region.radiusY()) / step + 2);
        float strength = (float) injection.strength();
        float scale = rows * step / 480f;
        float wave = Dice.sine(frame / 7.0 + Dice.at(seed, 1, 1));
        float gain = 1 + strength * 0.3f * ((frame & 1) == 0 ? 1 : -1) * (0.7f + 0.3f * Dice.at(seed, frame, 3));
        float grown = (float) Math.min(1, 3 * progress);
        for (int y = y0; y < y1; y++) {
            for (int x = x0; x < x1; x++) {
                float px = x * step;
                float py = y * step;
                float weight = region.weight(px, py);
                if (weight <= 0) {
                    continue;
                }
                int i = y * columns + x;
                float dx = 0;
                float dy = 0;
                float other = from[i];
                switch (injection.kind()) {
                    case FLICKER -> to[i] = from[i] * (1 + (gain - 1) * weight);
                    case WARP -> {
                        float amplitude = 16 * scale * strength * wave * weight;
                        dx = amplitude * Dice.sine(py / (95 * scale) + frame / 11.0);
                        dy = amplitude * Dice.sine(px / (80 * scale) + 0.3);
                    }
                    case MELT -> {
                        float flow = 0.45f + 0.55f * Dice.noise(seed, px / (14 * scale), 0.5f);
                        dy = -(float) progress * 110 * scale * strength * weight * flow;
                        dx = 3 * scale * strength * weight * Dice.sine(py / (60 * scale) + progress);
                    }
                    case BOIL -> {
                        float amplitude = 11 * scale * strength * weight;
                        dx = amplitude * (Dice.noise(seed + 2 * frame, px / (9 * scale), py / (9 * scale)) - 0.5f);
                        dy = amplitude * (Dice.noise(seed + 2 * frame + 1, px / (9 * scale), py / (9 * scale)) - 0.5f);
                    }
                    case MORPH -> {
                        float sx = (float) (region.x() - (px - region.x()) * 1.4 + region.radiusX() * 1.2) / step;
                        float sy = (float) (region.y() + (py - region.y()) * 0.7 - region.radiusY() * 0.2) / step;
                        other = Canvas.sample(from, columns, rows, sx, sy);
                        dx = grown * strength * weight * 18 * scale * Dice.sine(py / (120 * scale));
                    }
                    case VANISH -> {
                        double away = region.x() < columns * step / 2.0 ? 2 : -2;
                        to[i] += (Canvas.sample(from, columns, rows, (float) (px + away * region.radiusX()) / step, y)
                                        - to[i])
                                * Math.min(1, 2 * strength)
                                * weight;
                    }
                    default -> {}
                }
                if (dx != 0 || dy != 0) {
                    to[i] = Canvas.sample(from, columns, rows, x + dx / step, y + dy / step);
                }
                if (injection.kind() == Kind.MORPH) {
                    to[i] += (other - to[i]) * grown * Math.min(1, 1.2f * strength) * weight;
                } else if (injection.kind() == Kind.BOIL && step == 1) {
                    to[i] += 14 * strength * weight * (Dice.at(seed + frame, x, y) - 0.5f);
                }
            }
        }
    }
}
