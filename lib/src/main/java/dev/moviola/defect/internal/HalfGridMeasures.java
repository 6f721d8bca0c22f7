package dev.moviola.defect.internal;

import org.jspecify.annotations.Nullable;

/** The measures that come from the flow alone, on its grid of half the working size. */
final class HalfGridMeasures {
    private final CellGrid cells;
    private final int w;
    private final int h;

    HalfGridMeasures(CellGrid full, int width, int height) {
        cells = full.on(width, height);
        w = width;
        h = height;
    }

    /** Fills FM, FR, FB, ACCR, WOB, REV, DYR and TURNED; without a following motion ACCR, WOB and REV stay 0. */
    void motion(Motion motion, @Nullable Motion next, float[][] out) {
        Field f = motion.forward;
        Field r = motion.residual;
        for (int cy = 0; cy < cells.down; cy++) {
            for (int cx = 0; cx < cells.across; cx++) {
                float length = 0;
                float rest = 0;
                float error = 0;
                float vertical = 0;
                float accel = 0;
                float au = 0;
                float av = 0;
                float turn = 0;
                int turned = 0;
                for (int y = cells.top[cy]; y < cells.top[cy + 1]; y++) {
                    for (int x = cells.left[cx]; x < cells.left[cx + 1]; x++) {
                        int i = y * w + x;
                        float u = f.u[i];
                        float v = f.v[i];
                        float ru = r.u[i];
                        float rv = r.v[i];
                        length += (float) Math.sqrt(u * u + v * v);
                        rest += (float) Math.sqrt(ru * ru + rv * rv);
                        error += motion.error[i];
                        turned += motion.turned[i];
                        vertical += rv;
                        if (next != null && motion.valid[i] > 0) {
                            float fx = Field.clamp(x + u, w - 1.001f);
                            float fy = Field.clamp(y + v, h - 1.001f);
                            // the nearest sample suffices: residuals vary slowly and are averaged over the cell
                            int p = (int) (fy + 0.5f) * w + (int) (fx + 0.5f);
                            float sure = next.valid[p];
                            float nu = next.residual.u[p];
                            float nv = next.residual.v[p];
                            float du = nu - ru;
                            float dv = nv - rv;
                            accel += sure * (float) Math.sqrt(du * du + dv * dv);
                            au += sure * du;
                            av += sure * dv;
                            turn += sure * (nu * ru + nv * rv);
                        }
                    }
                }
                float one = 1f / ((cells.left[cx + 1] - cells.left[cx]) * (cells.top[cy + 1] - cells.top[cy]));
                int cell = cy * cells.across + cx;
                // from pixels of the half grid to pixels of the working size
                out[Measure.FM.ordinal()][cell] = 2 * length * one;
                out[Measure.FR.ordinal()][cell] = 2 * rest * one;
                out[Measure.FB.ordinal()][cell] = error * one;
                out[Measure.TURNED.ordinal()][cell] = turned * one;
                out[Measure.DYR.ordinal()][cell] = 2 * vertical * one;
                out[Measure.ACCR.ordinal()][cell] = 2 * accel * one;
                out[Measure.WOB.ordinal()][cell] = 2 * (float) Math.sqrt(au * au + av * av) * one;
                out[Measure.REV.ordinal()][cell] = 2 * (float) Math.sqrt(Math.max(0, -turn * one));
            }
        }
    }
}
