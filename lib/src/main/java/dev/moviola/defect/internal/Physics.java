package dev.moviola.defect.internal;

import dev.moviola.defect.PhysicsFinding;
import dev.moviola.defect.PhysicsReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Judges the tracks of a clip: what fell up, stopped, sped up or vanished without a cause in the picture.
 *
 * <p>Causes that are allowed for: the ground, which pushes upwards and holds by friction; another object that is met,
 * which pushes away from itself; the border of the picture, behind which anything can be.
 */
final class Physics {
    private static final int MOST = 12;
    /** Median residual of the global motion above which the own motion of an object cannot be told, grid pixels. */
    private static final double CALM = 0.2;
    /** Sideways impulse that the ground can give for each unit of its upward push. */
    private static final double FRICTION = 1.5;
    /** Smallest share of an object that must be seen to move as one. */
    private static final double SURE = 0.15;

    /** Least share of its own impulse that an object gives to the one it runs into. */
    private static final double RECOIL = 0.15;
    /** Way within a sixth of a second that a patch without texture can seem to go, share of the height. */
    private static final double FARTHEST_TREMBLE = 0.03;

    /** Smallest impulse worth a finding, grid pixels per frame. */
    private static final double LEAST_IMPULSE = 0.8;
    /** Size of an object whose motion is half trusted, share of the picture. */
    private static final double SMALL = 0.005;
    /** Findings weaker than this are not reported. */
    private static final double LEAST_STRENGTH = 0.3;

    private final ObjectTracks shot;
    private final List<PhysicsFinding> findings;
    private final int window;
    private final int longWindow;

    private Physics(ObjectTracks shot, List<PhysicsFinding> findings) {
        this.shot = shot;
        this.findings = findings;
        window = (int) Math.max(4, Math.min(10, Math.round(0.17 * shot.fps)));
        longWindow = (int) Math.max(8, Math.min(30, Math.round(0.42 * shot.fps)));
    }

    static PhysicsReport judge(List<ObjectTracks> shots) {
        List<PhysicsFinding> findings = new ArrayList<>();
        int objects = 0;
        for (ObjectTracks shot : shots) {
            Physics physics = new Physics(shot, findings);
            for (Track track : shot.finished) {
                if (track.unrest < CALM * track.steps() && physics.moves(track)) {
                    objects++;
                    physics.fellUp(track);
                    physics.impulses(track);
                    physics.vanished(track);
                }
            }
        }
        findings.sort(Comparator.comparingDouble(PhysicsFinding::strength)
                .reversed()
                .thenComparingDouble(PhysicsFinding::seconds));
        return new PhysicsReport(objects, findings.subList(0, Math.min(MOST, findings.size())));
    }

    /** Whether it gets anywhere; patches without texture only tremble. */
    private boolean moves(Track track) {
        double most = 0;
        for (int t = 0; t + 2 * window <= track.steps(); t++) {
            double du = 0;
            double dv = 0;
            for (int i = t; i < t + window; i++) {
                du += track.u.get(i);
                dv += track.v.get(i);
            }
            most = Math.max(most, length(du, dv));
        }
        return most > FARTHEST_TREMBLE * shot.height;
    }

    /** A straight line through some velocities. */
    private record Line(double mean, double slope, double noise) {
        double at(double offset) {
            return mean + slope * offset;
        }
    }

    /** By least squares, each step weighted with how sure it is. */
    private static Line fit(DoubleList values, DoubleList sure, int from, int count) {
        double n = 1e-9;
        double sx = 0;
        double sy = 0;
        double sxx = 0;
        double sxy = 0;
        double syy = 0;
        for (int i = 0; i < count; i++) {
            double w = sure.get(from + i);
            double x = i - (count - 1) * 0.5;
            double y = values.get(from + i);
            n += w;
            sx += w * x;
            sy += w * y;
            sxx += w * x * x;
            sxy += w * x * y;
            syy += w * y * y;
        }
        double slope = (n * sxy - sx * sy) / (n * sxx - sx * sx + 1e-9);
        double mean = (sy - slope * sx) / n;
        double rest = Math.max(0, syy - mean * sy - slope * sxy) / n * count / Math.max(1, count - 2);
        return new Line(mean, slope, StrictMath.sqrt(rest));
    }

    /** Whether all but few steps are seen and not only assumed. */
    private static boolean known(Track track, int from, int count) {
        int unknown = 0;
        for (int i = from; i < from + count; i++) {
            unknown += track.sure.get(i) < SURE ? 1 : 0;
        }
        return unknown <= count / 4;
    }

    /** Steady upward acceleration over four tenths of a second that ends in upward motion. */
    private void fellUp(Track track) {
        double best = 0;
        int at = -1;
        for (int t = 0; t + longWindow <= track.steps(); t++) {
            if (!known(track, t, longWindow) || atBorder(track, t) || atBorder(track, t + longWindow)) {
                continue;
            }
            Line line = fit(track.v, track.sure, t, longWindow);
            double change = -line.slope * longWindow;
            double noise = line.noise + 0.05;
            if (change > 1
                    && change > 6 * noise
                    && line.at(longWindow * 0.5) < -0.4
                    && steady(track.v, t, line.slope)) {
                double evidence = change / (noise + 0.15) * believable(track, t);
                if (evidence > best) {
                    best = evidence;
                    at = t + longWindow / 2;
                }
            }
        }
        if (at >= 0) {
            // what is never seen to fall may be able to fly
            add(track, at, "fell_up", best / (best + 8) * (falls(track) ? 1 : 0.5));
        }
    }

    /** Whether it is subject to gravity: steady downward acceleration for at least a quarter of a second. */
    private boolean falls(Track track) {
        int count = Math.max(5, longWindow / 2 + 1);
        for (int t = 0; t + count <= track.steps(); t++) {
            Line line = fit(track.v, track.sure, t, count);
            if (known(track, t, count) && line.slope * count > 0.45 && line.slope * count > 4 * (line.noise + 0.05)) {
                return true;
            }
        }
        return false;
    }

    /** How far the motion of something of this size can be trusted, 0..1. */
    private double believable(Track track, int t) {
        double share = 4 * track.halfWidth.get(t) * track.halfHeight.get(t) / (shot.width * shot.height);
        return share / (share + SMALL);
    }

    /** The smaller size of two changes; 0 when they go opposite ways. */
    private static double lesser(double a, double b) {
        return a * b <= 0 ? 0 : Math.min(Math.abs(a), Math.abs(b));
    }

    /** Whether the change goes on all the time, where a bounce makes most of it at once. */
    private boolean steady(DoubleList v, int from, double slope) {
        int with = 0;
        for (int t = from; t + 2 < from + longWindow; t++) {
            double step = v.get(t + 2) - v.get(t);
            if (Math.abs(step - 2 * slope) > 0.4 + 1.5 * Math.abs(slope)) {
                return false;
            }
            with += step < 0 ? 1 : 0;
        }
        return with >= 0.8 * (longWindow - 2);
    }

    /** The largest change of velocity from one step to the next that no allowed cause explains. */
    private void impulses(Track track) {
        double best = 0;
        int at = -1;
        String kind = "";
        for (int t = window; t + window < track.steps(); t++) {
            if (!known(track, t - window, window)
                    || !known(track, t + 1, window)
                    || atBorder(track, t)
                    || atBorder(track, t + 2)) {
                continue;
            }
            Line bu = fit(track.u, track.sure, t - window, window);
            Line bv = fit(track.v, track.sure, t - window, window);
            Line au = fit(track.u, track.sure, t + 1, window);
            Line av = fit(track.v, track.sure, t + 1, window);
            double du = jump(track.u, track.sure, t);
            double dv = jump(track.v, track.sure, t);
            // drawn-on lines overshoot, so that the change of the mean has to bear them out
            double aside = Math.max(0, lesser(du, au.mean - bu.mean) - FRICTION * Math.max(0, -dv));
            double down = dv > 0 ? lesser(dv, av.mean - bv.mean) : 0;
            double size = StrictMath.sqrt(aside * aside + down * down);
            double before = length(bu.mean, bv.mean);
            double after = length(au.mean, av.mean);
            double noise = 0.1
                    + 0.03 * (before + after)
                    + 1.1
                            * StrictMath.sqrt(bu.noise * bu.noise
                                    + bv.noise * bv.noise
                                    + au.noise * au.noise
                                    + av.noise * av.noise);
            double evidence = size / noise;
            boolean followed = Math.max(before, after) < Math.max(track.halfWidth.get(t), track.halfHeight.get(t));
            if (size < LEAST_IMPULSE || evidence < 3 || !followed || met(track, t, du, dv)) {
                continue;
            }
            double strength = size / (size + 1) * evidence / (evidence + 2) * believable(track, t);
            // what starts from rest may have a will of its own
            strength *= 0.5 + 0.5 * Math.min(1, before);
            if (strength > best) {
                best = strength;
                at = t;
                kind = after < 0.3 * before ? "stopped" : after > before ? "sped_up" : "swerved";
            }
        }
        if (at >= 0) {
            add(track, at, kind, best);
        }
    }

    private void vanished(Track track) {
        if (track.vanished) {
            add(track, track.steps(), "vanished", 0.3 + 0.4 * Math.min(1, track.steps() / 24.0));
        }
    }

    private boolean atBorder(Track track, int t) {
        return track.x.get(t) - track.halfWidth.get(t) < 2
                || track.y.get(t) - track.halfHeight.get(t) < 2
                || track.x.get(t) + track.halfWidth.get(t) > shot.width - 3
                || track.y.get(t) + track.halfHeight.get(t) > shot.height - 3;
    }

    /** Whether another object is near that pushed this way and was pushed back. */
    private boolean met(Track track, int t, double du, double dv) {
        int frame = track.first + t;
        for (Track other : shot.finished) {
            if (other == track || !(other.gap(track, frame) < 3)) {
                continue;
            }
            int i = frame - other.first;
            double away = (track.x.get(t) - other.x.get(i)) * du + (track.y.get(t) - other.y.get(i)) * dv;
            boolean seen = i >= window && i + window < other.steps();
            double back = seen
                    ? -(jump(other.u, other.sure, i) * du + jump(other.v, other.sure, i) * dv) / (du * du + dv * dv)
                    : 1;
            if (away > 0 && back > RECOIL) {
                return true;
            }
        }
        return false;
    }

    /** Change of velocity at step t: the lines through the steps before and after, drawn on to it. */
    private double jump(DoubleList values, DoubleList sure, int t) {
        double ahead = (window + 1) * 0.5;
        return fit(values, sure, t + 1, window).at(-ahead)
                - fit(values, sure, t - window, window).at(ahead);
    }

    private void add(Track track, int t, String kind, double strength) {
        if (strength < LEAST_STRENGTH) {
            return;
        }
        double seconds = track.seconds.get(t);
        double x = Math.max(0, Math.min(1, track.x.get(t) / shot.width));
        double y = Math.max(0, Math.min(1, track.y.get(t) / shot.height));
        String place = (y < 1 / 3.0 ? "top " : y > 2 / 3.0 ? "bottom " : "middle ")
                + (x < 1 / 3.0 ? "left" : x > 2 / 3.0 ? "right" : "centre");
        String what =
                switch (kind) {
                    case "fell_up" -> "An object picks up speed upwards with nothing to push it";
                    case "stopped" -> "A moving object comes to a dead stop with nothing to stop it";
                    case "sped_up" -> "An object is suddenly faster with nothing to push it";
                    case "swerved" -> "An object changes its course at once with nothing to turn it";
                    default -> "A moving object is gone from one frame to the next";
                };
        findings.add(new PhysicsFinding(
                kind,
                seconds,
                x,
                y,
                Math.max(0, Math.min(1, strength)),
                String.format(Locale.ROOT, "%s (%.1f s, %s).", what, seconds, place)));
    }

    private static double length(double u, double v) {
        return StrictMath.sqrt(u * u + v * v);
    }
}
