package dev.moviola.rehearsal.internal.render;

/** A figure made of tapered limbs with a skin of noise, painted once and then placed in every frame. */
final class Sprite {
    /** Limbs as x1, y1, r1, x2, y2, r2 (in sprite heights), luma, cb, cr, and strength of the skin's texture. */
    private static final float[][] SAMURAI = {
        {.30f, .95f, .035f, .44f, .66f, .075f, 60, 135, 125, 40},
        {.62f, .95f, .035f, .50f, .66f, .075f, 52, 135, 125, 40},
        {.34f, .80f, .075f, .47f, .58f, .085f, 74, 138, 122, 50},
        {.60f, .80f, .075f, .50f, .58f, .085f, 66, 138, 122, 50},
        {.48f, .62f, .105f, .48f, .40f, .115f, 88, 112, 178, 55},
        {.38f, .46f, .020f, .60f, .46f, .020f, 170, 90, 145, 20},
        {.38f, .54f, .020f, .60f, .54f, .020f, 170, 90, 145, 20},
        {.36f, .36f, .060f, .32f, .52f, .045f, 80, 112, 172, 45},
        {.48f, .24f, .085f, .48f, .26f, .085f, 165, 112, 146, 18},
        {.40f, .18f, .050f, .57f, .18f, .050f, 48, 130, 128, 35},
        {.36f, .23f, .022f, .62f, .23f, .022f, 40, 130, 128, 20},
        {.44f, .13f, .014f, .34f, .03f, .006f, 205, 84, 140, 10},
        {.53f, .13f, .014f, .63f, .03f, .006f, 205, 84, 140, 10},
        {.52f, .25f, .010f, .54f, .25f, .010f, 22, 128, 128, 0},
        {.50f, .29f, .008f, .56f, .30f, .006f, 60, 126, 136, 0},
        {.58f, .38f, .055f, .72f, .46f, .040f, 84, 112, 174, 45},
        {.70f, .48f, .014f, .76f, .41f, .014f, 50, 120, 140, 10},
        {.755f, .42f, .013f, .99f, .08f, .004f, 225, 130, 126, 6},
    };

    private static final float[][] REX = {
        {.62f, .62f, .120f, .99f, .72f, .012f, 96, 112, 116, 60},
        {.60f, .70f, .095f, .66f, .88f, .045f, 78, 112, 116, 50},
        {.66f, .88f, .042f, .56f, .96f, .032f, 74, 112, 116, 40},
        {.44f, .56f, .170f, .64f, .62f, .155f, 112, 108, 114, 70},
        {.46f, .66f, .110f, .58f, .70f, .100f, 150, 110, 126, 40},
        {.38f, .50f, .125f, .28f, .26f, .085f, 108, 108, 114, 65},
        {.30f, .19f, .095f, .12f, .20f, .062f, 116, 108, 114, 60},
        {.27f, .30f, .050f, .11f, .33f, .026f, 92, 110, 118, 45},
        {.26f, .265f, .022f, .07f, .275f, .018f, 58, 116, 168, 10},
        {.08f, .245f, .012f, .085f, .285f, .003f, 225, 120, 130, 0},
        {.13f, .25f, .012f, .135f, .29f, .003f, 225, 120, 130, 0},
        {.18f, .25f, .012f, .185f, .29f, .003f, 225, 120, 130, 0},
        {.105f, .32f, .010f, .11f, .285f, .003f, 225, 120, 130, 0},
        {.155f, .32f, .010f, .16f, .285f, .003f, 225, 120, 130, 0},
        {.245f, .145f, .026f, .245f, .145f, .026f, 220, 96, 134, 0},
        {.238f, .148f, .011f, .238f, .148f, .011f, 20, 128, 128, 0},
        {.20f, .105f, .012f, .28f, .095f, .014f, 70, 112, 116, 10},
        {.33f, .50f, .026f, .24f, .55f, .018f, 100, 110, 116, 30},
        {.24f, .55f, .014f, .20f, .52f, .008f, 90, 110, 116, 10},
        {.48f, .72f, .100f, .46f, .88f, .048f, 100, 110, 115, 55},
        {.46f, .89f, .044f, .36f, .96f, .034f, 94, 110, 115, 45},
        {.44f, .40f, .018f, .48f, .36f, .004f, 66, 112, 120, 10},
        {.52f, .43f, .018f, .56f, .39f, .004f, 66, 112, 120, 10},
        {.60f, .46f, .016f, .64f, .43f, .004f, 66, 112, 120, 10},
    };

    final String name;
    final int size;
    private final float[] luma;
    private final float[] cb;
    private final float[] cr;
    private final float[] alpha;
    /** Whether something of the figure lies between a sample and those right of it and below. */
    private final boolean[] shows;

    private Sprite(String name, float[][] limbs, int size, int seed) {
        this.name = name;
        this.size = size;
        luma = new float[size * size];
        cb = new float[size * size];
        cr = new float[size * size];
        alpha = new float[size * size];
        for (float[] limb : limbs) {
            paint(limb, seed);
        }
        shows = new boolean[size * size];
        for (int y = 0; y < size - 1; y++) {
            for (int x = 0; x < size - 1; x++) {
                int i = y * size + x;
                shows[i] = alpha[i] > 0 || alpha[i + 1] > 0 || alpha[i + size] > 0 || alpha[i + size + 1] > 0;
            }
        }
    }

    static Sprite samurai(int size, int seed) {
        return new Sprite("samurai", SAMURAI, size, seed);
    }

    static Sprite rex(int size, int seed) {
        return new Sprite("t-rex", REX, size, seed);
    }

    private void paint(float[] limb, int seed) {
        float outline = Math.max(1.2f, size * 0.006f);
        float dx = limb[3] - limb[0];
        float dy = limb[4] - limb[1];
        float length = Math.max(1e-6f, dx * dx + dy * dy);
        float reach = Math.max(limb[2], limb[5]) * size + 2;
        int left = (int) Math.max(0, Math.min(limb[0], limb[3]) * size - reach);
        int right = (int) Math.min(size, Math.max(limb[0], limb[3]) * size + reach);
        int top = (int) Math.max(0, Math.min(limb[1], limb[4]) * size - reach);
        int bottom = (int) Math.min(size, Math.max(limb[1], limb[4]) * size + reach);
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                float px = (x + 0.5f) / size - limb[0];
                float py = (y + 0.5f) / size - limb[1];
                float along = Math.max(0, Math.min(1, (px * dx + py * dy) / length));
                float ox = px - along * dx;
                float oy = py - along * dy;
                float radius = limb[2] + (limb[5] - limb[2]) * along;
                float distance = ((float) Math.sqrt(ox * ox + oy * oy) - radius) * size;
                float cover = Math.max(0, Math.min(1, 0.5f - distance));
                if (cover <= 0) {
                    continue;
                }
                int i = y * size + x;
                float skin = (Dice.noise(seed, x * 24f / size, y * 24f / size) - 0.5f) * limb[9] * 1.2f
                        + (Dice.noise(seed + 1, x * 70f / size, y * 70f / size) - 0.5f) * limb[9] * 0.8f;
                float shade = 26 * (-oy * size / Math.max(1, radius * size)) + skin;
                float value = limb[6] + (limb[9] > 0 ? shade : 0);
                if (distance > -outline) {
                    value *= 0.45f;
                }
                luma[i] += (value - luma[i]) * cover;
                cb[i] += (limb[7] - cb[i]) * cover;
                cr[i] += (limb[8] - cr[i]) * cover;
                alpha[i] += (1 - alpha[i]) * cover;
            }
        }
    }

    /** Draws the figure with its centre at x, y, turned by {@code turns}. */
    void draw(Canvas on, double x, double y, double turns, float opacity) {
        float cos = Dice.sine(turns + 0.25);
        float sin = Dice.sine(turns);
        int reach = (int) (size * (Math.abs(cos) + Math.abs(sin)) / 2) + 2;
        int x0 = Math.max(0, (int) x - reach);
        int x1 = Math.min(on.width - 1, (int) x + reach);
        int y0 = Math.max(0, (int) y - reach);
        int y1 = Math.min(on.height - 1, (int) y + reach);
        float middle = size / 2f;
        float[] uOfColumn = new float[Math.max(0, x1 - x0 + 1)];
        float[] vOfColumn = new float[uOfColumn.length];
        for (int k = 0; k < uOfColumn.length; k++) {
            float rx = (float) (x0 + k - x);
            uOfColumn[k] = rx * cos;
            vOfColumn[k] = -rx * sin;
        }
        for (int py = y0; py <= y1; py++) {
            float ry = (float) (py - y);
            float uOfRow = ry * sin;
            float vOfRow = ry * cos;
            for (int k = 0; k < uOfColumn.length; k++) {
                float u = uOfColumn[k] + uOfRow + middle;
                float v = vOfColumn[k] + vOfRow + middle;
                if (u < 0 || v < 0 || u >= size - 1 || v >= size - 1) {
                    continue;
                }
                float cu = Canvas.inside(u, size);
                float cv = Canvas.inside(v, size);
                int at = (int) cv * size + (int) cu;
                if (!shows[at]) {
                    continue;
                }
                float across = cu - (int) cu;
                float down = cv - (int) cv;
                float cover = Canvas.between(alpha, at, size, across, down);
                if (cover > 0.01f) {
                    int i = (int) (v + 0.5f) * size + (int) (u + 0.5f);
                    float value = alpha[i] > 0.01f ? Canvas.between(luma, at, size, across, down) / cover * cover : 30;
                    on.blend(
                            x0 + k,
                            py,
                            value,
                            alpha[i] > 0.01f ? cb[i] : 128,
                            alpha[i] > 0.01f ? cr[i] : 128,
                            cover * opacity);
                }
            }
        }
    }
}
