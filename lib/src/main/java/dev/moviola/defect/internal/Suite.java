package dev.moviola.defect.internal;

import static java.util.Objects.requireNonNull;

import dev.moviola.MoviolaException;
import dev.moviola.video.Frame;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Streams the frames of one clip through an engine: leaves out repeated frames, finds cuts, and hands each finished shot
 * on. Memory holds the planes of a few dozen frames and the cell maps of one shot, whatever the length of the clip.
 */
final class Suite {
    /** Longer shots are judged in pieces of this many frames. */
    static final int LONGEST_SHOT = 480;

    private static final int LOOK_AHEAD = 12;
    private static final int LOOK_BACK = 24;
    /** A pair counts as repeated below this share of the usual difference ... */
    private static final double REPEAT_SHARE = 0.15;
    /** ... and below this many grey levels ... */
    private static final double SAME = 0.3;
    /** ... if the usual difference is at least this many grey levels. */
    private static final double MOVING = 0.25;
    /** Share of a frame above which drops blur what is measured; dry clips and snow reach 0.008. */
    private static final double DROPS = 0.012;
    /** What of a lone frame counts at most. */
    private static final double MOST_DROPS = 0.1;

    private final Consumer<Shot> finished;
    private final ArrayDeque<Plane> waiting = new ArrayDeque<>();
    private final DoubleList differences = new DoubleList();
    /** How many pixels more were brighter than darker for one frame, share of all, from the second frame on. */
    private final DoubleList standingOut = new DoubleList();

    private final Naturalness naturalness = new Naturalness();
    private final Crispness crispness = new Crispness();
    private final FreezeDetect freezes = new FreezeDetect();
    private final List<Double> cuts = new ArrayList<>();
    private final java.util.BitSet repeated = new java.util.BitSet();
    private final DoubleList seconds = new DoubleList();
    private @Nullable MapEngine engine;
    private @Nullable Shot shot;
    private @Nullable Plane newest;
    private final @Nullable Plane[] last = new Plane[3];
    private boolean skipped;
    /** The usual difference where the run of repeated frames in work began, grey levels. */
    private double usualBefore;

    private int frames;
    private int emitted;
    private double fps = 25;

    Suite(Consumer<Shot> finished) {
        this.finished = finished;
    }

    void run(Iterator<Frame> source) {
        while (source.hasNext()) {
            accept(source.next());
        }
        if (frames == 0) {
            throw new MoviolaException("a clip must have at least one frame, but had none");
        }
        while (!waiting.isEmpty()) {
            emit();
        }
        close();
    }

    int frames() {
        return frames;
    }

    List<Double> cuts() {
        return cuts;
    }

    FreezeDetect freezes() {
        return freezes;
    }

    Naturalness naturalness() {
        return naturalness;
    }

    /** Median crispness of every eighth frame at full size. */
    double crispness() {
        return crispness.median();
    }

    /** Mean absolute difference of each frame to the one before, grey levels, one fewer than frames. */
    double[] differences() {
        return differences.toArray();
    }

    /** Frames that nearly equal their predecessor inside moving material. */
    java.util.BitSet repeated() {
        return repeated;
    }

    double[] seconds() {
        return seconds.toArray();
    }

    private void accept(Frame frame) {
        MapEngine engine = this.engine;
        if (engine == null) {
            engine = new PlainEngine(frame);
            this.engine = engine;
        }
        Plane plane = engine.plane(frame);
        plane.index = frames;
        freezes.accept(frame);
        if (newest != null) {
            differences.add(engine.difference(newest, plane));
        }
        if (frames % 8 == 0) {
            naturalness.add(plane);
            crispness.add(frame);
        }
        if (frames == 1 && plane.seconds > 0) {
            fps = Math.max(1, Math.min(240, 1 / plane.seconds));
        }
        newest = plane;
        seconds.add(frame.seconds());
        waiting.add(plane);
        standOut();
        frames++;
        if (waiting.size() > LOOK_AHEAD) {
            emit();
        }
    }

    /** Says of the frame before the newest how much of it stands out from its neighbours. */
    private void standOut() {
        Plane[] last = this.last;
        last[0] = last[1];
        last[1] = last[2];
        last[2] = newest;
        if (last[0] != null) {
            standingOut.add(requireNonNull(engine).standingOut(last[0], last[1], last[2]));
        }
    }

    /**
     * Whether it rains or snows around frame {@code i}: drops are brighter than what is behind them, and at each place
     * for one frame only (Garg and Nayar, "Detection and removal of rain from videos", 2004). Grain, motion and texture
     * that is redrawn make as many pixels darker for a frame as brighter.
     */
    private boolean rains(int i) {
        int from = Math.max(0, i - LOOK_AHEAD);
        int to = Math.min(standingOut.size(), i + LOOK_AHEAD);
        double excess = 0;
        for (int k = from; k < to; k++) {
            // a flash of light makes all of a frame brighter, drops make a part of it so
            excess += Math.min(MOST_DROPS, standingOut.get(k));
        }
        return to > from && excess > DROPS * (to - from);
    }

    private void emit() {
        Plane plane = waiting.remove();
        MapEngine engine = java.util.Objects.requireNonNull(this.engine);
        int i = emitted++;
        if (i > 0 && repeats(i)) {
            repeated.set(i);
            skipped = true;
            // the newest plane is still compared with the next one
            if (plane != newest) {
                engine.giveBack(plane);
            }
            return;
        }
        boolean gap = skipped;
        skipped = false;
        Shot shot = this.shot;
        if (rains(i)) {
            clear(engine, plane);
        }
        if (shot == null || shot.size() >= LONGEST_SHOT) {
            close();
            open(engine, plane);
            return;
        }
        Plane before = shot.last();
        Motion motion = engine.motion(before, plane);
        if (isCut(engine, before, plane, motion)) {
            engine.giveBack(motion);
            cuts.add(plane.seconds);
            close();
            open(engine, plane);
        } else {
            shot.add(plane, motion, gap);
        }
    }

    private void clear(MapEngine engine, Plane plane) {
        Iterator<Plane> later = waiting.iterator();
        Plane after = later.hasNext() ? later.next() : null;
        Plane before = shot != null ? shot.last() : later.hasNext() ? later.next() : after;
        if (before != null) {
            engine.clear(before, plane, after != null ? after : before);
        }
    }

    private void open(MapEngine engine, Plane plane) {
        Shot next = new Shot(engine, fps);
        next.add(plane, null, false);
        shot = next;
    }

    private void close() {
        Shot done = shot;
        if (done != null) {
            done.finish();
            finished.accept(done);
            shot = null;
        }
    }

    private boolean repeats(int i) {
        int from = Math.max(0, i - 1 - LOOK_BACK);
        int to = Math.min(differences.size(), i + LOOK_AHEAD);
        double[] near = new double[to - from];
        for (int k = from; k < to; k++) {
            near[k - from] = differences.get(k);
        }
        double usual = Series.quantile(near, 0.75);
        if (skipped) {
            // a picture that stands still for long, or to the end, must not become what is usual
            usual = Math.max(usual, usualBefore);
        }
        double now = differences.get(i - 1);
        boolean repeats = usual > MOVING && now < REPEAT_SHARE * usual && now < SAME;
        usualBefore = repeats ? usual : 0;
        return repeats;
    }

    private static boolean isCut(MapEngine engine, Plane from, Plane to, Motion motion) {
        double total = 0;
        double moved = 0;
        for (int bin = 0; bin < Plane.BINS; bin++) {
            total += from.histogram[bin];
            moved += Math.abs(from.histogram[bin] - to.histogram[bin]);
        }
        double change = moved / total;
        if (change <= 0.1) {
            return false;
        }
        double matched = 0;
        for (float valid : motion.valid) {
            matched += valid;
        }
        // flat scenes resemble each other in structure, but a flash of light would leave them matched
        if (matched < 0.1 * motion.valid.length && change > 0.9) {
            return true;
        }
        double unlike = engine.dissimilarity(from, to, motion);
        if (matched < 0.25 * motion.valid.length && change > 0.1) {
            return unlike > 0.2;
        }
        // a change of brightness moves the whole histogram but leaves the structure
        return change > 0.3 && unlike > (change > 0.9 ? 0.3 : 0.5);
    }
}
