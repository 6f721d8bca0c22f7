package dev.moviola.defect.internal;

import java.util.ArrayList;
import java.util.List;

/** All measures of one shot, over its frames and cells. A learned cell model can stand on this. */
final class CellMaps {
    final int across;
    final int down;
    /** Short side of the picture that lengths of motion are measured in, working-size pixels. */
    final int shortSide;

    /** For each frame the position in the file. */
    final List<Integer> frames = new ArrayList<>();

    private final List<float[][]> rows = new ArrayList<>();

    CellMaps(int across, int down, int shortSide) {
        this.across = across;
        this.down = down;
        this.shortSide = shortSide;
    }

    void add(int frame, float[][] values) {
        frames.add(frame);
        rows.add(values);
    }

    int length() {
        return rows.size();
    }

    int cells() {
        return across * down;
    }

    /** The cells of one measure at one frame, row by row. */
    float[] at(Measure measure, int frame) {
        return rows.get(frame)[measure.ordinal()];
    }

    /** One measure as {@code [frame][cell]}; the rows are shared, not copied. */
    float[][] series(Measure measure) {
        float[][] series = new float[rows.size()][];
        for (int t = 0; t < series.length; t++) {
            series[t] = at(measure, t);
        }
        return series;
    }
}
