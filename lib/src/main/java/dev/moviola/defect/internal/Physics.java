package dev.moviola.defect.internal;

import dev.moviola.defect.PhysicsFinding;
import dev.moviola.defect.PhysicsReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Judges the tracks of a clip: what fell up, stopped, sped up or vanished without a cause in the picture. */
final class Physics {
    private static final int SHORTEST = 8;
    private static final int MOST = 12;
    private static final double CALM = 0.2;

    private Physics() {}

    static PhysicsReport judge(List<ObjectTracks> shots) {
        List<PhysicsFinding> findings = new ArrayList<>();
        int objects = 0;
        for (ObjectTracks shot : shots) {
            for (ObjectTracks.Track track : shot.finished) {
                // against ground that does not move as one, the own motion of an object cannot be told
                if (track.steps() >= SHORTEST && track.unrest < CALM * track.steps()) {
                    objects++;
                    fellUp(shot, track, findings);
                    jumps(shot, track, findings);
                    vanished(shot, track, findings);
                }
            }
        }
        findings.sort(Comparator.comparingDouble(PhysicsFinding::strength)
                .reversed()
                .thenComparingDouble(PhysicsFinding::seconds));
        return new PhysicsReport(objects, findings.subList(0, Math.min(MOST, findings.size())));
    }

    /** Steady upward acceleration of at least ten frames. */
    private static void fellUp(ObjectTracks shot, ObjectTracks.Track track, List<PhysicsFinding> findings) {
        int window = 10;
        double best = 0;
        int at = -1;
        for (int t = 0; t + window <= track.steps(); t++) {
            double mean = 0;
            for (int i = 0; i < window; i++) {
                mean += track.v.get(t + i);
            }
            mean /= window;
            double sxy = 0;
            double sxx = 0;
            for (int i = 0; i < window; i++) {
                double x = i - (window - 1) * 0.5;
                sxy += x * (track.v.get(t + i) - mean);
                sxx += x * x;
            }
            double slope = sxy / sxx;
            double rest = 0;
            for (int i = 0; i < window; i++) {
                double x = i - (window - 1) * 0.5;
                double e = track.v.get(t + i) - mean - slope * x;
                rest += e * e;
            }
            double change = -slope * window;
            double noise = StrictMath.sqrt(rest / window);
            double last = mean + slope * window * 0.5;
            if (change > 0.5 && change > 5 * noise && last < -0.25) {
                double evidence = change / (noise + 0.25);
                if (evidence > best) {
                    best = evidence;
                    at = t + window / 2;
                }
            }
        }
        if (at >= 0) {
            add(shot, track, at, "fell_up", (best - 1) / (best + 4), findings);
        }
    }

    private static void jumps(ObjectTracks shot, ObjectTracks.Track track, List<PhysicsFinding> findings) {
        double stop = 0;
        int stopAt = -1;
        double kick = 0;
        int kickAt = -1;
        for (int t = 3; t + 4 <= track.steps(); t++) {
            double bu = mean(track.u, t - 3, t);
            double bv = mean(track.v, t - 3, t);
            double au = mean(track.u, t + 1, t + 4);
            double av = mean(track.v, t + 1, t + 4);
            double before = StrictMath.sqrt(bu * bu + bv * bv);
            double after = StrictMath.sqrt(au * au + av * av);
            double spreadBefore = spread(track, t - 3, t, bu, bv);
            double spreadAfter = spread(track, t + 1, t + 4, au, av);
            if (contact(shot, track, t)) {
                continue;
            }
            double spread = spreadBefore + spreadAfter;
            if (before > 0.6 && after < 0.2 * before && spreadBefore < 0.35 * before && before > stop) {
                stop = before;
                stopAt = t;
            }
            double change = StrictMath.sqrt((au - bu) * (au - bu) + (av - bv) * (av - bv));
            double gain = after - 1.25 * before;
            double evidence = change / (spread + 0.3);
            if (gain > 0.3 && change > 0.8 && evidence > 2 && evidence > kick) {
                kick = evidence;
                kickAt = t;
            }
        }
        if (stopAt >= 0) {
            add(shot, track, stopAt, "stopped", stop / (stop + 1), findings);
        }
        if (kickAt >= 0) {
            add(shot, track, kickAt, "sped_up", (kick - 1) / (kick + 2), findings);
        }
    }

    private static void vanished(ObjectTracks shot, ObjectTracks.Track track, List<PhysicsFinding> findings) {
        if (track.vanished) {
            double share = Math.min(1, track.steps() / 24.0);
            add(shot, track, track.steps(), "vanished", 0.3 + 0.4 * share, findings);
        }
    }

    /** Near the border of the picture or near another object, where a sudden change has a possible cause. */
    private static boolean contact(ObjectTracks shot, ObjectTracks.Track track, int t) {
        double x = track.x.get(t);
        double y = track.y.get(t);
        double r = track.radius * 1.3 + 2;
        if (x < r || y < r || x > shot.width - r || y > shot.height - r) {
            return true;
        }
        double time = track.seconds.get(t);
        for (ObjectTracks.Track other : shot.finished) {
            if (other != track) {
                for (int i = 0; i < other.x.size(); i++) {
                    if (Math.abs(other.seconds.get(i) - time) < 1e-6) {
                        double dx = other.x.get(i) - x;
                        double dy = other.y.get(i) - y;
                        double near = r + other.radius * 1.3;
                        if (dx * dx + dy * dy < near * near && wasApart(track, other, t, i, near)) {
                            return true;
                        }
                    }
                }
            }
        }
        return false;
    }

    /** Whether the two came near each other within the last frames, and did not go together all along. */
    private static boolean wasApart(ObjectTracks.Track a, ObjectTracks.Track b, int t, int i, double near) {
        int back = Math.min(4, Math.min(t, i));
        double dx = a.x.get(t - back) - b.x.get(i - back);
        double dy = a.y.get(t - back) - b.y.get(i - back);
        return back == 4 && dx * dx + dy * dy >= near * near;
    }

    private static void add(
            ObjectTracks shot,
            ObjectTracks.Track track,
            int t,
            String kind,
            double strength,
            List<PhysicsFinding> findings) {
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

    private static double mean(DoubleList values, int from, int to) {
        double total = 0;
        for (int i = from; i < to; i++) {
            total += values.get(i);
        }
        return total / (to - from);
    }

    private static double spread(ObjectTracks.Track track, int from, int to, double u, double v) {
        double total = 0;
        for (int i = from; i < to; i++) {
            double du = track.u.get(i) - u;
            double dv = track.v.get(i) - v;
            total += du * du + dv * dv;
        }
        return StrictMath.sqrt(total / (to - from));
    }
}
