package dev.moviola.defect.internal;

import dev.moviola.video.Frame;
import java.util.Arrays;
import java.util.List;

/** The frozen stretches of some frames, for tests of other packages. */
public record FreezeProbe(List<Double> starts, List<Double> ends) {
    public static FreezeProbe of(List<Frame> frames, double least) {
        FreezeDetect detect = new FreezeDetect();
        frames.forEach(detect::accept);
        return new FreezeProbe(
                Arrays.stream(detect.starts(least)).boxed().toList(),
                Arrays.stream(detect.ends(least)).boxed().toList());
    }
}
