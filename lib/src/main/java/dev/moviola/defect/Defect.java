package dev.moviola.defect;

import dev.moviola.MoviolaException;
import java.util.Arrays;
import java.util.Locale;

/** The kinds of defect that the scorer looks for. */
public enum Defect {
    /** A region wobbles or swirls: its motion turns back and forth although its texture stays the same. */
    WARP("wobbling or swirling shape"),
    /** A region loses its structure over many frames: it smears, drips or dissolves into its surroundings. */
    MELT("structure that smears away"),
    /** A region turns into something else without moving there: a dissolve between two contents. */
    MORPH("one thing turning into another"),
    /** A thing disappears or appears at once, away from the borders of the picture and without a cut. */
    VANISH("a thing gone from one frame to the next"),
    /** The brightness of the whole picture or of a large region goes up and down from frame to frame. */
    FLICKER("brightness that goes up and down"),
    /** The picture stands still for some frames although it moves before and after. */
    FREEZE("a picture that stands still in mid-motion"),
    /** Fine texture is drawn anew in each frame instead of moving with its surface. */
    BOIL("texture redrawn in every frame"),
    /** Motion advances in uneven steps: frames out of order, or the whole picture jolting to and fro. */
    JERK("motion in uneven steps");

    private final String summary;

    Defect(String summary) {
        this.summary = summary;
    }

    /** The lower-case name, under which the score stands among the metrics of a report. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A few words for tables and pages, without capital or full stop. */
    public String summary() {
        return summary;
    }

    /**
     * The defect with this id.
     *
     * @throws MoviolaException when there is none
     */
    public static Defect of(String id) {
        return Arrays.stream(values())
                .filter(defect -> defect.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new MoviolaException("a defect must be one of "
                        + Arrays.stream(values()).map(Defect::id).toList() + ", but was " + id));
    }
}
