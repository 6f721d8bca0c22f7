package dev.moviola.defect.internal;

/**
 * The maps over cells and frames. {@code g} is the plane at t, {@code w_k} the plane at t + k moved back along the flow,
 * r1 = w_1 - g, r0 = g - (the plane at t - 1 moved forward). Means are over a cell; (v) over its valid pixels.
 */
enum Measure {
    /** Correlation of r1 and r0: above 0 in a dissolve, below 0 where texture is redrawn. */
    RHO,
    /** The same for plain frame differences. */
    RHO2,
    /** Mean |w4 - g| minus twice mean |w2 - (w4 + g) / 2|: above 0 where the middle lies between the ends. */
    MID,
    /** The second mean over the first: high where motion or brightness swings and comes back. */
    MIDN,
    /** 1 - structural similarity of g and w1. */
    S1,
    /** The same for w4. */
    S4,
    /** The same for w8. */
    S8,
    /** (v) mean |r1|. */
    E1,
    /** (v) mean |r1 - r0|. */
    D2,
    /** Mean of r1 squared. */
    SQ1,
    /** (v) r1 squared, summed over valid pixels, divided by all. */
    SQV,
    /** Mean forward-backward error. */
    FB,
    /** Share of valid pixels. */
    VALID,
    /** Mean length of the forward flow, working-size pixels. */
    FM,
    /** Mean length of the residual flow. */
    FR,
    /** (v) length of the change of the residual flow along the track, summed over valid pixels, divided by all. */
    ACCR,
    /** Length of the cell's mean change of the residual flow. */
    WOB,
    /** Root of the negative part of the mean product of successive residual flows: motion that turns back. */
    REV,
    /** Log ratio of Laplacian energy, t + 1 to t, along the track. */
    SH1,
    /** The same over 4 frames. */
    SH4,
    /** The same over 8 frames. */
    SH8,
    /** Mean luma change over 8 frames along the track. */
    DL8,
    /** Log of Laplacian energy. */
    LAP,
    /** Mean absolute frame difference. */
    MAD,
    /** Mean signed frame difference. */
    DL,
    /** Log ratio of the difference over two frames to that over one. */
    MADR,
    /** Mean vertical residual flow. */
    DYR,
    /** Share of pixels in and around what turns further than patches can follow. */
    TURNED;

    static final int COUNT = values().length;
}
