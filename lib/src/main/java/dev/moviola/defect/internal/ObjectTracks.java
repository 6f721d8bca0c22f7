package dev.moviola.defect.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Follows what moves against the global motion of one shot. An object is a connected region of like residual flow; what
 * is already followed is not found again, and of two objects that come to cover each other the one found first stays.
 */
final class ObjectTracks {
    private static final int MOST_TRACKS = 16;
    /** Smallest object, share of the picture. */
    private static final double LEAST_SHARE = 0.002;
    /** Largest object, share of the picture: more than that is scenery. */
    private static final double MOST_SHARE = 0.25;

    final int width;
    final int height;
    final double fps;
    final List<Track> finished = new ArrayList<>();
    private final List<Silhouette> live = new ArrayList<>();
    private final int[] owner;
    private final byte[] labels;
    private final Silhouette.Scratch scratch;
    private int frame;

    ObjectTracks(int width, int height, double fps) {
        this.width = width;
        this.height = height;
        this.fps = fps;
        owner = new int[width * height];
        labels = new byte[width * height];
        scratch = new Silhouette.Scratch(width * height);
    }

    /** Takes the next pair of frames. */
    void step(Plane from, Plane to, Motion motion) {
        detect(from, motion);
        for (Silhouette object : List.copyOf(live)) {
            if (!object.follow(motion, to.seconds, scratch)) {
                live.remove(object);
                finished.add(object.track);
            }
        }
        frame++;
        merge();
    }

    void finish() {
        live.forEach(object -> finished.add(object.track));
        live.clear();
    }

    private void merge() {
        Arrays.fill(owner, 0);
        for (int k = 0; k < live.size(); k++) {
            Silhouette object = live.get(k);
            boolean covered = false;
            for (int number = 1; number <= k && !covered; number++) {
                covered = object.share(owner, number) > 0.6;
            }
            if (covered) {
                live.remove(k--);
                finished.add(object.track);
            } else {
                object.paint(owner, k + 1);
            }
        }
    }

    private void detect(Plane from, Motion motion) {
        Field r = motion.residual;
        for (int i = 0; i < labels.length; i++) {
            float size = r.u[i] * r.u[i] + r.v[i] * r.v[i];
            labels[i] = (byte) (size > 0.25f && motion.valid[i] > 0 ? 1 : 0);
        }
        double least = Math.max(30, LEAST_SHARE * labels.length);
        for (int seed = 0; seed < labels.length && live.size() < MOST_TRACKS; seed++) {
            if (labels[seed] == 1 && owner[seed] == 0) {
                int area = flood(r, seed);
                if (area >= least && area < MOST_SHARE * labels.length) {
                    open(from, r, area);
                }
            }
        }
    }

    /** Collects the connected pixels whose motion resembles that of their neighbour, in the scratch stack. */
    private int flood(Field r, int seed) {
        int[] stack = scratch.stack;
        int count = 0;
        stack[count++] = seed;
        labels[seed] = 2;
        for (int k = 0; k < count; k++) {
            int p = stack[k];
            int x = p % width;
            count = join(r, p, p - 1, x > 0, count);
            count = join(r, p, p + 1, x < width - 1, count);
            count = join(r, p, p - width, p >= width, count);
            count = join(r, p, p + width, p + width < labels.length, count);
        }
        return count;
    }

    private int join(Field r, int p, int q, boolean within, int count) {
        if (!within || labels[q] != 1) {
            return count;
        }
        float du = Math.abs(r.u[p] - r.u[q]);
        float dv = Math.abs(r.v[p] - r.v[q]);
        if (du + dv > 0.5f + 0.2f * (Math.abs(r.u[p]) + Math.abs(r.v[p]))) {
            return count;
        }
        labels[q] = 2;
        scratch.stack[count] = q;
        return count + 1;
    }

    private void open(Plane from, Field r, int area) {
        double su = 0;
        double sv = 0;
        double sq = 0;
        int owned = 0;
        for (int k = 0; k < area; k++) {
            int p = scratch.stack[k];
            su += r.u[p];
            sv += r.v[p];
            sq += r.u[p] * r.u[p] + r.v[p] * r.v[p];
            owned += owner[p] != 0 ? 1 : 0;
        }
        // pixels that move in all directions are no object, and the rim of a known one is none either
        if (su * su + sv * sv < 0.6 * sq * area || owned > 0.3 * area) {
            return;
        }
        Silhouette object = new Silhouette(new Track(frame), width, height, scratch.stack, area, from.seconds);
        live.add(object);
        object.paint(owner, live.size());
    }
}
