package dev.moviola.rehearsal;

import dev.moviola.MoviolaException;
import java.util.Locale;

/**
 * A defect put into a clip on purpose.
 *
 * @param kind what goes wrong
 * @param startSeconds first moment at which it shows
 * @param endSeconds moment from which it no longer shows
 * @param x centre of its region, 0..1 of the width
 * @param y centre of its region, 0..1 of the height
 * @param radiusX half the width of the (elliptic) region, 0..1 of the width; 1 or more covers the picture
 * @param radiusY half the height of the region, 0..1 of the height; 1 or more covers the picture
 * @param strength 0 (invisible) to 1 (gross)
 * @param onSprite sprite that the region follows, 0 or 1 (then x and y are offsets of its centre), or -1 for a region
 *     that rests
 */
public record Injection(
        Kind kind,
        double startSeconds,
        double endSeconds,
        double x,
        double y,
        double radiusX,
        double radiusY,
        double strength,
        int onSprite) {
    /** What can go wrong in a rehearsal. The first eight are defects of the picture, the last two of the motion. */
    public enum Kind {
        /** The region swirls and breathes. */
        WARP,
        /** The region flows downwards and smears. */
        MELT,
        /** The region turns into another part of the picture. */
        MORPH,
        /** The thing in the region is gone for a while. */
        VANISH,
        /** Brightness pumps. */
        FLICKER,
        /** Time stands still while the clip goes on. */
        FREEZE,
        /** Texture is drawn anew in every frame. */
        BOIL,
        /** Time runs unevenly. */
        JERK,
        /** Something falls up. */
        GRAVITY_INVERSION,
        /** Something changes its speed without a cause. */
        MOMENTUM_KICK;

        /** The lower-case name, as used in files. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether the whole picture is concerned, whatever the region says. */
        public boolean wholePicture() {
            return this == FREEZE || this == JERK;
        }
    }

    /** Checks the ranges. */
    public Injection {
        if (!(startSeconds >= 0 && endSeconds > startSeconds)) {
            throw new MoviolaException(
                    "a defect must end after it starts, but went from " + startSeconds + " to " + endSeconds + " s");
        }
        if (!(strength >= 0 && strength <= 1)) {
            throw new MoviolaException("a defect's strength must be in 0..1, but was " + strength);
        }
        if (!(radiusX > 0 && radiusY > 0)) {
            throw new MoviolaException("a defect's region must have a size, but was " + radiusX + " x " + radiusY);
        }
        if (onSprite < -1 || onSprite > 1) {
            throw new MoviolaException("a defect follows sprite 0, 1 or none (-1), but was given " + onSprite);
        }
    }

    /** A defect of the whole picture, or, for kinds with a place, one around the first sprite. */
    public static Injection of(Kind kind, double startSeconds, double endSeconds, double strength) {
        return kind.wholePicture()
                ? new Injection(kind, startSeconds, endSeconds, 0.5, 0.5, 1, 1, strength, -1)
                : new Injection(kind, startSeconds, endSeconds, 0, 0, 0.17, 0.3, strength, 0);
    }
}
