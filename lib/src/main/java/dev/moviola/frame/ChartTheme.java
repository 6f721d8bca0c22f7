package dev.moviola.frame;

import java.awt.Color;

/** The colours of charts, the same as those of the report page. */
public enum ChartTheme {
    /** Dark ink on warm white. */
    LIGHT(0xfffefb, 0x1e1b17, 0x665f55, 0xe0dacf, 0xa83c16, 0x1f6fb2),
    /** Light ink on warm black. */
    DARK(0x1e1c19, 0xece7dd, 0xaaa294, 0x37332c, 0xff9a6b, 0x6cb2ee);

    private static final int[] LINES = {0xd55e00, 0x0072b2, 0x009e73, 0xcc79a7, 0xb89b00, 0x56b4e9, 0x8c5fd3, 0x7f7f7f};

    private final Color paper;
    private final Color ink;
    private final Color soft;
    private final Color rule;
    private final Color accent;
    private final Color second;

    ChartTheme(int paper, int ink, int soft, int rule, int accent, int second) {
        this.paper = new Color(paper);
        this.ink = new Color(ink);
        this.soft = new Color(soft);
        this.rule = new Color(rule);
        this.accent = new Color(accent);
        this.second = new Color(second);
    }

    /** The background. */
    public Color paper() {
        return paper;
    }

    /** Titles and values. */
    public Color ink() {
        return ink;
    }

    /** Axis names and what is not certain. */
    public Color soft() {
        return soft;
    }

    /** Grid lines. */
    public Color rule() {
        return rule;
    }

    /** What the chart is about. */
    public Color accent() {
        return accent;
    }

    /** The second of two things. */
    public Color second() {
        return second;
    }

    /** Eight colours that can be told apart, also with a colour vision deficiency (after Okabe and Ito). */
    public static Color[] lines() {
        Color[] colours = new Color[LINES.length];
        for (int i = 0; i < LINES.length; i++) {
            colours[i] = new Color(LINES[i]);
        }
        return colours;
    }
}
