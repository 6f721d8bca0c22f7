package dev.moviola.display;

import dev.moviola.display.internal.ProgressHtml;
import java.time.Duration;
import java.util.List;

/**
 * How long work stands at one moment.
 *
 * @param title what is being done, such as {@code dispatch}
 * @param done how much of it ended well
 * @param failed how much of it ended badly
 * @param total how much there is; 0 while that is not known
 * @param facts what else there is to say, in order
 * @param note why it goes on differently than planned; empty when it does not
 */
public record Progress(String title, long done, long failed, long total, List<Fact> facts, String note)
        implements Displayable {
    /** Copies the facts. */
    public Progress {
        facts = List.copyOf(facts);
    }

    /**
     * One thing to say.
     *
     * @param name what is said, such as {@code in flight}
     * @param value how it stands, such as {@code 12}
     * @param isPlain whether the value is understood without the name, as {@code 12 frames/s} is
     */
    public record Fact(String name, String value, boolean isPlain) {
        /** A value that needs its name. */
        public static Fact of(String name, Object value) {
            return new Fact(name, String.valueOf(value), false);
        }

        /** A value that is understood without its name. */
        public static Fact plain(String name, Object value) {
            return new Fact(name, String.valueOf(value), true);
        }
    }

    /** All of it in one line. */
    public String line() {
        StringBuilder line = new StringBuilder(title).append(' ').append(done);
        if (total > 0) {
            line.append('/').append(total);
        }
        if (failed > 0) {
            line.append("  failed ").append(failed);
        }
        for (Fact fact : facts) {
            line.append("  ").append(fact.isPlain() ? "" : fact.name() + " ").append(fact.value());
        }
        return note.isEmpty() ? line.toString() : line + "  " + note;
    }

    /** A bar and a line of facts. */
    @Override
    public MimeBundle display() {
        return MimeBundle.html(ProgressHtml.of(this, ""), line());
    }

    /** A time in few characters, such as {@code 12 s}, {@code 3 min} or {@code 2 h 10 min}. */
    public static String human(Duration duration) {
        long seconds = Math.max(0, (duration.toMillis() + 500) / 1_000);
        if (seconds < 120) {
            return seconds + " s";
        }
        long minutes = seconds / 60;
        return minutes < 120 ? minutes + " min" : minutes / 60 + " h " + minutes % 60 + " min";
    }
}
