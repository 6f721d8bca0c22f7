package dev.moviola.defect.internal;

import dev.moviola.MoviolaException;
import dev.moviola.defect.DefectMaps;
import dev.moviola.defect.DefectReport;
import dev.moviola.defect.Scorer;
import dev.moviola.video.Frame;
import java.nio.file.Path;
import java.util.Iterator;

/** The standard scorer: decodes and hands the frames to the suite. */
public final class StandardScorer implements Scorer {
    @Override
    public String id() {
        return "plain/1";
    }

    @Override
    public DefectReport score(Path clip) {
        throw new MoviolaException("no decoder yet: " + clip);
    }

    @Override
    public DefectReport score(Iterator<Frame> frames) {
        throw new MoviolaException("no suite yet");
    }

    @Override
    public DefectMaps maps(Path clip) {
        throw new MoviolaException("no decoder yet: " + clip);
    }

    @Override
    public DefectMaps maps(Iterator<Frame> frames) {
        throw new MoviolaException("no suite yet");
    }
}
