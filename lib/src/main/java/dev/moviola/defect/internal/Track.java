package dev.moviola.defect.internal;

/**
 * The path of one object through a shot: how it moves from frame to frame against the camera's motion. All lengths are
 * pixels of the flow grid.
 */
final class Track {
    /** Centre in the picture, one for each frame. */
    final DoubleList x = new DoubleList();

    final DoubleList y = new DoubleList();
    /** Half the extent of the object, one for each frame. */
    final DoubleList halfWidth = new DoubleList();

    final DoubleList halfHeight = new DoubleList();
    /** Presentation time of each frame. */
    final DoubleList seconds = new DoubleList();
    /** Movement against the camera's from each frame to the next, one fewer than frames. */
    final DoubleList u = new DoubleList();

    final DoubleList v = new DoubleList();
    /** Share of the object that is seen to move so, 0 where the movement is only assumed. */
    final DoubleList sure = new DoubleList();
    /** How badly the rest of the picture follows one global motion, summed over the steps. */
    double unrest;
    /** Steps since it last turned too fast for its motion to be known. */
    int straight = Integer.MAX_VALUE / 2;
    /** Whether it was lost from one frame to the next in the middle of the picture. */
    boolean vanished;

    /** Position among the frames of the shot at which it was found. */
    final int first;

    Track(int first) {
        this.first = first;
    }

    int steps() {
        return u.size();
    }

    void at(double cx, double cy, double halfX, double halfY, double time) {
        x.add(cx);
        y.add(cy);
        halfWidth.add(halfX);
        halfHeight.add(halfY);
        seconds.add(time);
    }

    void moved(double du, double dv, double share) {
        u.add(du);
        v.add(dv);
        sure.add(share);
    }

    /** Least distance between the boxes around this object and another at their frame {@code t} of the shot; infinite if either is not there. */
    double gap(Track other, int t) {
        int i = t - first;
        int j = t - other.first;
        if (i < 0 || j < 0 || i >= x.size() || j >= other.x.size()) {
            return Double.POSITIVE_INFINITY;
        }
        double dx = Math.abs(x.get(i) - other.x.get(j)) - halfWidth.get(i) - other.halfWidth.get(j);
        double dy = Math.abs(y.get(i) - other.y.get(j)) - halfHeight.get(i) - other.halfHeight.get(j);
        return Math.max(dx, dy);
    }
}
