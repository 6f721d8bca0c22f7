package dev.moviola.defect.internal;

import org.jspecify.annotations.Nullable;

/** One stretch of frames without a cut: takes planes in order and turns them into cell maps and series. */
final class Shot {
    private final MapEngine engine;
    private final Window window;
    final CellMaps maps;
    final Series series = new Series();
    /** For each frame of the shot whether frames were left out just before it. */
    final java.util.BitSet gaps = new java.util.BitSet();

    final ObjectTracks tracks;
    private int done;

    Shot(MapEngine engine, double fps) {
        this.engine = engine;
        this.window = new Window(engine);
        CellGrid grid = engine.grid();
        this.maps = new CellMaps(grid.across, grid.down, Math.min(grid.width, grid.height));
        this.tracks = new ObjectTracks(grid.width / 2, grid.height / 2, fps);
    }

    int size() {
        return window.size();
    }

    /** The plane added last. */
    Plane last() {
        return window.plane(window.size() - 1);
    }

    void add(Plane plane, @Nullable Motion motion, boolean gap) {
        if (gap) {
            gaps.set(window.size());
        }
        if (motion != null) {
            tracks.step(last(), plane, motion);
        }
        window.add(plane, motion);
        series.add(plane);
        while (done + Window.AHEAD < window.size()) {
            work();
        }
    }

    /** Works off the frames that wait for successors, and gives the buffers back. */
    void finish() {
        while (done < window.size()) {
            work();
        }
        window.close();
        tracks.finish();
    }

    private void work() {
        maps.add(window.plane(done).index, engine.measures(window, done));
        done++;
    }
}
