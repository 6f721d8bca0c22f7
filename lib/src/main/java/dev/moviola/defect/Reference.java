package dev.moviola.defect;

import dev.moviola.MoviolaException;
import dev.moviola.defect.internal.Similarity;
import dev.moviola.video.Frame;
import dev.moviola.video.Frames;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Compares a clip with a reference clip of the same size and length. */
public final class Reference {
    private Reference() {}

    /**
     * Decodes both files and compares frame by frame in order, without regard to time stamps.
     *
     * @throws MoviolaException when a file cannot be decoded, or sizes or numbers of frames differ
     */
    public static Comparison compare(Path clip, Path reference) {
        try (Frames a = Frames.open(clip);
                Frames b = Frames.open(reference)) {
            return compare(a, b);
        }
    }

    /**
     * Compares frame by frame in order, without regard to time stamps.
     *
     * @throws MoviolaException when sizes or numbers of frames differ, or there is no frame
     */
    public static Comparison compare(Iterator<Frame> clip, Iterator<Frame> reference) {
        List<double[]> rows = new ArrayList<>();
        Similarity similarity = new Similarity();
        while (clip.hasNext() && reference.hasNext()) {
            Frame a = clip.next();
            Frame b = reference.next();
            if (a.width() != b.width() || a.height() != b.height()) {
                throw new MoviolaException("compared clips must have one size, but frame " + rows.size() + " is "
                        + a.width() + "x" + a.height() + " against " + b.width() + "x" + b.height());
            }
            double error = Similarity.meanSquaredError(a, b);
            rows.add(new double[] {Comparison.decibels(error), error, similarity.ssimFf(a, b), similarity.ssimWang(a, b)
            });
        }
        if (rows.isEmpty() || clip.hasNext() || reference.hasNext()) {
            throw new MoviolaException("compared clips must have the same number of frames, at least one, but "
                    + (clip.hasNext()
                            ? "the reference ended first"
                            : reference.hasNext() ? "the clip ended first" : "there were none")
                    + " after " + rows.size());
        }
        return new Comparison(column(rows, 0), column(rows, 1), column(rows, 2), column(rows, 3));
    }

    private static double[] column(List<double[]> rows, int i) {
        return rows.stream().mapToDouble(row -> row[i]).toArray();
    }
}
