package dev.moviola.cli;

/** How many cells of a terminal a text takes, and texts made fit for one. */
public final class TextWidth {
    private static final int JOINER = 0x200D;

    private TextWidth() {}

    /**
     * The number of cells: none for combining and control characters, two for East Asian wide characters and emoji, one
     * for others.
     */
    public static int of(String text) {
        int width = 0;
        int before = 0;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            width += before == JOINER ? 0 : of(point);
            before = point;
            i += Character.charCount(point);
        }
        return width;
    }

    /** The text, or as much of its beginning as fits with an ellipsis into {@code width} cells. */
    public static String fit(String text, int width) {
        if (of(text) <= width) {
            return text;
        }
        StringBuilder kept = new StringBuilder();
        int used = 0;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            used += of(point);
            if (used > width - 1) {
                break;
            }
            kept.appendCodePoint(point);
            i += Character.charCount(point);
        }
        return width < 1 ? "" : kept + "…";
    }

    /** The text on one line: white space of any kind becomes a blank, other control characters become U+FFFD. */
    public static String oneLine(String text) {
        return clean(text, false);
    }

    /** The text with line breaks and tabs kept and other control characters replaced by U+FFFD. */
    public static String printable(String text) {
        return clean(text, true);
    }

    private static String clean(String text, boolean lines) {
        StringBuilder clean = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isControl(c) || (lines && (c == '\n' || c == '\t'))) {
                if (clean != null) {
                    clean.append(c);
                }
                continue;
            }
            if (clean == null) {
                clean = new StringBuilder(text.length()).append(text, 0, i);
            }
            clean.append(Character.isWhitespace(c) || c == '\u0085' ? ' ' : '\uFFFD');
        }
        return clean == null ? text : clean.toString();
    }

    /** Control characters and those that turn the direction of what follows or break lines. */
    private static boolean isControl(char c) {
        return Character.isISOControl(c)
                || c == '\u2028'
                || c == '\u2029'
                || (c >= '\u202A' && c <= '\u202E')
                || (c >= '\u2066' && c <= '\u2069');
    }

    private static int of(int point) {
        int type = Character.getType(point);
        if (type == Character.NON_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || type == Character.CONTROL
                || type == Character.FORMAT) {
            return 0;
        }
        boolean wide = (point >= 0x1100 && point <= 0x115F)
                || (point >= 0x2E80 && point <= 0x303E)
                || (point >= 0x3041 && point <= 0x33FF)
                || (point >= 0x3400 && point <= 0x4DBF)
                || (point >= 0x4E00 && point <= 0x9FFF)
                || (point >= 0xA000 && point <= 0xA4CF)
                || (point >= 0xAC00 && point <= 0xD7A3)
                || (point >= 0xF900 && point <= 0xFAFF)
                || (point >= 0xFE30 && point <= 0xFE6F)
                || (point >= 0xFF00 && point <= 0xFF60)
                || (point >= 0xFFE0 && point <= 0xFFE6)
                || (point >= 0x1F300 && point <= 0x1F64F)
                || (point >= 0x1F680 && point <= 0x1F6FF)
                || (point >= 0x1F900 && point <= 0x1FAFF)
                || (point >= 0x20000 && point <= 0x3FFFD);
        return wide ? 2 : 1;
    }
}
