package dev.moviola.defect.internal;

import java.util.Arrays;

/** Context on the cell grid: neighbourhood means, deviations, oscillation. Maps are {@code [frame][cell]}. */
final class Grids {
    private static final int SPAN = 4;

    private Grids() {}

    interface Pairwise {
        float apply(float a, float b);
    }

    interface Single {
        float apply(float a);
    }

    static float[][] map(float[][] a, Single f) {
        float[][] out = new float[a.length][];
        for (int t = 0; t < a.length; t++) {
            out[t] = new float[a[t].length];
            for (int c = 0; c < out[t].length; c++) {
                out[t][c] = f.apply(a[t][c]);
            }
        }
        return out;
    }

    static float[][] map(float[][] a, float[][] b, Pairwise f) {
        float[][] out = new float[a.length][];
        for (int t = 0; t < a.length; t++) {
            out[t] = new float[a[t].length];
            for (int c = 0; c < out[t].length; c++) {
                out[t][c] = f.apply(a[t][c], b[t][c]);
            }
        }
        return out;
    }

    /** Mean over 3x3 cells and, if {@code inTime}, over the frames before and after as well. */
    static float[][] smooth(float[][] map, int across, int down, boolean inTime) {
        float[][] flat = new float[map.length][];
        for (int t = 0; t < map.length; t++) {
            flat[t] = box(map[t], across, down);
        }
        if (!inTime) {
            return flat;
        }
        float[][] out = new float[map.length][];
        for (int t = 0; t < map.length; t++) {
            int from = Math.max(0, t - 1);
            int to = Math.min(map.length - 1, t + 1);
            out[t] = new float[across * down];
            for (int k = from; k <= to; k++) {
                for (int c = 0; c < out[t].length; c++) {
                    out[t][c] += flat[k][c] / (to - from + 1);
                }
            }
        }
        return out;
    }

    private static float[] box(float[] cells, int across, int down) {
        float[] out = new float[cells.length];
        for (int y = 0; y < down; y++) {
            for (int x = 0; x < across; x++) {
                float sum = 0;
                int n = 0;
                for (int j = Math.max(0, y - 1); j <= Math.min(down - 1, y + 1); j++) {
                    for (int i = Math.max(0, x - 1); i <= Math.min(across - 1, x + 1); i++) {
                        sum += cells[j * across + i];
                        n++;
                    }
                }
                out[y * across + x] = sum / n;
            }
        }
        return out;
    }

    /** Each cell minus its median over the frames. */
    static float[][] overTime(float[][] map) {
        float[][] out = new float[map.length][];
        for (int t = 0; t < map.length; t++) {
            out[t] = new float[map[t].length];
        }
        float[] line = new float[map.length];
        for (int c = 0; map.length > 0 && c < map[0].length; c++) {
            for (int t = 0; t < map.length; t++) {
                line[t] = map[t][c];
            }
            Arrays.sort(line);
            float median = line[line.length / 2];
            for (int t = 0; t < map.length; t++) {
                out[t][c] = map[t][c] - median;
            }
        }
        return out;
    }

    /** Each cell minus the median of its frame. */
    static float[][] overFrame(float[][] map) {
        float[][] out = new float[map.length][];
        for (int t = 0; t < map.length; t++) {
            float[] sorted = map[t].clone();
            Arrays.sort(sorted);
            float median = sorted[sorted.length / 2];
            out[t] = map[t].clone();
            for (int c = 0; c < sorted.length; c++) {
                out[t][c] -= median;
            }
        }
        return out;
    }

    /** Mean over nine frames. */
    static float[][] mean9(float[][] map) {
        return mean9(map, map.length, 0);
    }

    /**
     * Mean over nine frames of a map in which only the first {@code fresh} frames have a value of their own: the mean
     * near its ends is that of the outermost nine of them, so that no lone frame decides.
     */
    static float[][] mean9OfFirst(float[][] map, int fresh) {
        return mean9(map, fresh, 2 * SPAN);
    }

    private static float[][] mean9(float[][] map, int fresh, int least) {
        float[][] out = new float[map.length][];
        for (int t = 0; t < map.length; t++) {
            int from = Math.max(0, Math.min(t - SPAN, fresh - 1 - least));
            int to = Math.min(fresh - 1, Math.max(t + SPAN, least));
            out[t] = new float[map[t].length];
            for (int k = from; k <= to; k++) {
                for (int c = 0; c < out[t].length; c++) {
                    out[t][c] += map[k][c] / (to - from + 1);
                }
            }
        }
        return out;
    }

    /** Median over nine frames: what a lone frame did is forgotten. */
    static float[][] median9(float[][] map) {
        float[][] out = new float[map.length][];
        for (int t = 0; t < map.length; t++) {
            int from = Math.max(0, t - SPAN);
            int to = Math.min(map.length - 1, t + SPAN);
            float[] line = new float[to - from + 1];
            out[t] = new float[map[t].length];
            for (int c = 0; c < out[t].length; c++) {
                for (int k = from; k <= to; k++) {
                    line[k - from] = map[k][c];
                }
                Arrays.sort(line);
                out[t][c] = line[line.length / 2];
            }
        }
        return out;
    }

    /** Log ratio of each value to the largest one within three frames before and after: above 0 for a lone peak. */
    static float[][] spike(float[][] map, float floor) {
        float[][] out = new float[map.length][];
        for (int t = 0; t < map.length; t++) {
            out[t] = new float[map[t].length];
            // beside the ends of a shot there are too few neighbours to call a peak lone
            if (t < 2 || t > map.length - 3) {
                continue;
            }
            for (int c = 0; c < out[t].length; c++) {
                float around = 0;
                for (int k = Math.max(0, t - 3); k <= Math.min(map.length - 1, t + 3); k++) {
                    if (k != t) {
                        around = Math.max(around, map[k][c]);
                    }
                }
                out[t][c] = FastLog.log((map[t][c] + floor) / (around + floor));
            }
        }
        return out;
    }

    /** Size of the lasting change between each frame and the next: mean of the next two against that of the last two. */
    static float[][] step(float[][] map) {
        float[][] out = new float[map.length][];
        for (int t = 0; t < map.length; t++) {
            out[t] = new float[map[t].length];
            if (t < 2 || t > map.length - 3) {
                continue;
            }
            for (int c = 0; c < out[t].length; c++) {
                out[t][c] = Math.abs(map[t + 1][c] + map[t + 2][c] - map[t][c] - map[t - 1][c]) / 2;
            }
        }
        return out;
    }

    /** Limits a map to its q-quantile and scales it so that its highest values equal {@code top}; never below 0. */
    static float[][] topped(float[][] map, double q, double top) {
        float limit = (float) quantile(map, q);
        if (!(limit > 0 && top > 0)) {
            return map(map, value -> 0f);
        }
        float scale = (float) top / limit;
        return map(map, value -> Math.max(0, Math.min(value, limit)) * scale);
    }

    /** The q-quantile of all values; 0 when there are none. */
    static double quantile(float[][] map, double q) {
        int n = 0;
        for (float[] row : map) {
            n += row.length;
        }
        if (n == 0) {
            return 0;
        }
        float[] all = new float[n];
        n = 0;
        for (float[] row : map) {
            System.arraycopy(row, 0, all, n, row.length);
            n += row.length;
        }
        Arrays.sort(all);
        return all[(int) (q * (n - 1))];
    }

    static double mean(float[][] map) {
        double total = 0;
        long n = 0;
        for (float[] row : map) {
            for (float value : row) {
                total += value;
            }
            n += row.length;
        }
        return n == 0 ? 0 : total / n;
    }
}
