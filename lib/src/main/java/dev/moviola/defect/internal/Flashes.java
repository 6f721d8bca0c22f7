package dev.moviola.defect.internal;

import java.util.ArrayList;
import java.util.List;

/**
 * Shots that are too short to be shots. Nobody cuts again after a fifth of a second several times in a row: a picture
 * that changes wholly and back is a strobe, and one that changes wholly all the time is nothing that lasts. Both are
 * counted as flicker, since between such cuts nothing else can be judged.
 */
final class Flashes {
    /** Frames of the shortest shot that counts as one. */
    private static final int SHORTEST = 6;
    /** Frames before and after within which others count. */
    private static final int NEAR = 24;
    /** Short shots in that stretch that make a score of one half; a lone one may be an effect. */
    private static final double HALF = 3;

    private final List<int[]> shots = new ArrayList<>();

    /** Notes a shot by the positions of its frames. */
    void shot(List<Integer> frames) {
        if (!frames.isEmpty()) {
            shots.add(new int[] {frames.get(0), frames.size()});
        }
    }

    /** Raises each frame of {@code line} that lies in short shots to the score that these deserve. */
    void raise(double[] line) {
        for (int i = 0; i < shots.size(); i++) {
            if (!isShort(i)) {
                continue;
            }
            int from = shots.get(i)[0];
            int near = 0;
            for (int k = 0; k < shots.size(); k++) {
                near += isShort(k) && Math.abs(shots.get(k)[0] - from) <= NEAR ? 1 : 0;
            }
            double z = (near - 1) / HALF;
            double score = z * z / (1 + z * z);
            int to = i + 1 < shots.size() ? shots.get(i + 1)[0] : line.length;
            for (int t = from; t < Math.min(to, line.length); t++) {
                line[t] = Math.max(line[t], score);
            }
        }
    }

    /** The first and the last shot may be cut off by the ends of the clip. */
    private boolean isShort(int i) {
        return i > 0 && i < shots.size() - 1 && shots.get(i)[1] < SHORTEST;
    }
}
