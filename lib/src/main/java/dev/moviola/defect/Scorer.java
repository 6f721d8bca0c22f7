package dev.moviola.defect;

import dev.moviola.defect.internal.StandardScorer;
import dev.moviola.video.Frame;
import java.nio.file.Path;
import java.util.Iterator;

/**
 * Measures the defects of a clip without a reference.
 *
 * <p>The standard scorer judges every clip at one working scale: luma is averaged down to a short side of 180 pixels, so
 * that the scores of a scene hardly depend on the size of the picture. Places are given as shares of the picture's sides
 * or as cells that divide it evenly, lengths as shares of its short side. Pictures below 180 pixels are judged at their
 * own size, where the scores are less sure.
 *
 * <p>A scorer has no state: it may be used by several threads at once, and the same frames give the same numbers on
 * every machine. Frames are read as a stream, so that memory does not grow with the size of the picture times the
 * length of the clip.
 */
public interface Scorer {
    /** Name and version, such as {@code plain/7}. The version changes whenever a score can change. */
    String id();

    /**
     * Decodes and scores a file.
     *
     * @throws dev.moviola.MoviolaException when the file cannot be decoded
     */
    DefectReport score(Path clip);

    /**
     * Scores frames in presentation order, all of one size.
     *
     * @throws dev.moviola.MoviolaException when there is no frame or the size changes
     */
    DefectReport score(Iterator<Frame> frames);

    /**
     * Where and when the defects of a file are.
     *
     * @throws dev.moviola.MoviolaException when the file cannot be decoded
     */
    DefectMaps maps(Path clip);

    /** Where and when the defects of these frames are. */
    DefectMaps maps(Iterator<Frame> frames);

    /** The scorer that every verb uses unless told otherwise: plain Java, no learned weights. */
    static Scorer standard() {
        return new StandardScorer();
    }
}
