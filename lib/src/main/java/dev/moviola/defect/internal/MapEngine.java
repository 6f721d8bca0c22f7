package dev.moviola.defect.internal;

import dev.moviola.video.Frame;

/**
 * The arithmetic on pixels. Everything above it works on cells and series only, so that another engine, vectorised or on
 * a GPU, gives the same report if it gives the same numbers here. An engine serves one thread.
 */
interface MapEngine {
    CellGrid grid();

    /** A plane of this frame; buffers may come from a plane given back. */
    Plane plane(Frame frame);

    /** Motion between two planes; buffers may come from a motion given back. */
    Motion motion(Plane from, Plane to);

    /** Mean absolute luma difference, grey levels. */
    double difference(Plane a, Plane b);

    /** Share of pixels clearly brighter than in both neighbours of a frame, minus that of clearly darker ones. */
    double standingOut(Plane before, Plane now, Plane after);

    /** Takes away what is brighter in {@code now} than in both its neighbours. */
    void clear(Plane before, Plane now, Plane after);

    /** Median over cells of 1 - structural similarity between a plane and its moved-back successor. */
    double dissimilarity(Plane from, Plane to, Motion motion);

    /** All measures of the plane at {@code t}: {@code [measure][cell]}. */
    float[][] measures(Window window, int t);

    void giveBack(Plane plane);

    void giveBack(Motion motion);
}
