package dev.moviola.defect.internal;

import org.jspecify.annotations.Nullable;

/** The planes and motions of one shot around the frame in work; older ones are given back to the engine. */
final class Window {
    static final int AHEAD = 8;
    private static final int SLOTS = 16;

    private final MapEngine engine;
    private final @Nullable Plane[] planes = new Plane[SLOTS];
    private final @Nullable Motion[] motions = new Motion[SLOTS];
    private final @Nullable Field[] two = new Field[SLOTS];
    private final @Nullable Field[] four = new Field[SLOTS];
    private final int[] twoAt = new int[SLOTS];
    private final int[] fourAt = new int[SLOTS];
    private int size;

    Window(MapEngine engine) {
        this.engine = engine;
        java.util.Arrays.fill(twoAt, -1);
        java.util.Arrays.fill(fourAt, -1);
    }

    /** Number of planes added so far. */
    int size() {
        return size;
    }

    /** Adds the next plane of the shot and how its predecessor moves into it. */
    void add(Plane plane, @Nullable Motion motion) {
        int slot = size % SLOTS;
        Plane old = planes[slot];
        if (old != null) {
            engine.giveBack(old);
        }
        planes[slot] = plane;
        if (motion != null) {
            int before = (size - 1) % SLOTS;
            Motion oldMotion = motions[before];
            if (oldMotion != null) {
                engine.giveBack(oldMotion);
            }
            motions[before] = motion;
        }
        size++;
    }

    Plane plane(int t) {
        return java.util.Objects.requireNonNull(planes[t % SLOTS]);
    }

    /** Motion from plane t to plane t + 1. */
    Motion motion(int t) {
        return java.util.Objects.requireNonNull(motions[t % SLOTS]);
    }

    /** Flow from t to t + 2. */
    Field two(int t) {
        Field field = two[t % SLOTS];
        if (field == null) {
            Field like = motion(t).forward;
            field = new Field(like.width, like.height);
            two[t % SLOTS] = field;
        }
        if (twoAt[t % SLOTS] != t) {
            Field.chain(motion(t).forward, motion(t + 1).forward, field);
            twoAt[t % SLOTS] = t;
        }
        return field;
    }

    /** Flow from t to t + 4. */
    Field four(int t) {
        Field field = four[t % SLOTS];
        if (field == null) {
            Field like = motion(t).forward;
            field = new Field(like.width, like.height);
            four[t % SLOTS] = field;
        }
        if (fourAt[t % SLOTS] != t) {
            Field.chain(two(t), two(t + 2), field);
            fourAt[t % SLOTS] = t;
        }
        return field;
    }

    /** Gives all buffers back. */
    void close() {
        for (int i = 0; i < SLOTS; i++) {
            Plane plane = planes[i];
            if (plane != null) {
                engine.giveBack(plane);
                planes[i] = null;
            }
            Motion motion = motions[i];
            if (motion != null) {
                engine.giveBack(motion);
                motions[i] = null;
            }
        }
    }
}
