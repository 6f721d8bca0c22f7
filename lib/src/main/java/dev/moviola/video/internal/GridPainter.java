package dev.moviola.video.internal;

import dev.moviola.video.XySheet;
import dev.moviola.video.XySheet.Cell;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Where the cells of a sheet lie, and how they, their labels and the gaps are drawn. */
public final class GridPainter {
    private static final int WIDEST = 1_920;
    private static final int HIGHEST = 1_600;
    private static final int LARGEST_CELL = 320;
    private static final int SMALLEST_CELL = 32;
    private static final int GAP = 6;
    private static final int CAPTION = 26;
    private static final int HEAD = 56;
    private static final int FOOT = 28;
    private static final int SIDE_NAME = 32;
    private static final int NARROW_LABEL = 104;
    private static final int WIDE_LABEL = 168;
    private static final int WIDE_CELL = 200;
    private static final float LARGE_LETTERS = 16f;
    private static final Color PAPER = new Color(0x1e1c19);
    private static final Color HOLE = new Color(0x282520);
    private static final Color RULE = new Color(0x4a453c);
    private static final Color INK = new Color(0xece7dd);
    private static final Color SOFT = new Color(0xaaa294);
    private static final Color ACCENT = new Color(0xff9a6b);

    private final XySheet sheet;
    private final int left;
    private final int cellWidth;
    private final int cellHeight;

    /** The painter of a sheet whose cells are {@code aspect} times as wide as high. */
    public GridPainter(XySheet sheet, double aspect) {
        this.sheet = sheet;
        this.left = SIDE_NAME + sideLabel(sheet.rows());
        int columns = sheet.columns().size();
        int rows = sheet.rows().size();
        double wide = Math.min(LARGEST_CELL, (double) (WIDEST - left - GAP) / columns - GAP);
        double high = (double) (HIGHEST - HEAD - FOOT) / rows - CAPTION - GAP;
        double width = Math.min(wide, Math.min(high, LARGEST_CELL) * aspect);
        this.cellWidth = Math.max(SMALLEST_CELL, (int) width);
        this.cellHeight = (int) Math.max(SMALLEST_CELL, Math.min(high, width / aspect));
    }

    /** How much room the labels of the rows take. */
    private static int sideLabel(List<String> rows) {
        Graphics2D graphics = Lettering.on(new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB));
        graphics.setFont(graphics.getFont().deriveFont(LARGE_LETTERS));
        int widest = rows.stream()
                .mapToInt(row -> graphics.getFontMetrics().stringWidth(row) + 8)
                .max()
                .orElse(0);
        graphics.dispose();
        return Math.max(NARROW_LABEL, Math.min(WIDE_LABEL, widest));
    }

    /** The shorter side of a cell, an even number of pixels. */
    public int shortSide() {
        return Math.max(SMALLEST_CELL, Math.min(cellWidth, cellHeight) / 2 * 2);
    }

    /** The sheet with its labels, before there are pictures in it; sides are even. */
    public BufferedImage empty() {
        int width = left + sheet.columns().size() * (cellWidth + GAP) + GAP;
        int height = HEAD + sheet.rows().size() * (cellHeight + CAPTION + GAP) + FOOT;
        BufferedImage image = new BufferedImage((width + 1) / 2 * 2, (height + 1) / 2 * 2, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = lettering(image);
        graphics.setColor(PAPER);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        names(graphics, width, height);
        graphics.setColor(INK);
        for (int c = 0; c < sheet.columns().size(); c++) {
            String label = Lettering.fitting(graphics, sheet.columns().get(c), cellWidth);
            Lettering.centred(graphics, label, x(c) + cellWidth / 2, HEAD - 10);
        }
        for (int r = 0; r < sheet.rows().size(); r++) {
            String label = Lettering.fitting(graphics, sheet.rows().get(r), left - SIDE_NAME - 8);
            Lettering.endingAt(graphics, label, left - 6, y(r) + cellHeight / 2 + 5);
        }
        Set<List<Integer>> taken = new HashSet<>();
        for (Cell cell : sheet.cells()) {
            taken.add(List.of(cell.column(), cell.row()));
            if (cell.clip() == null) {
                hole(graphics, cell.column(), cell.row(), cell.caption().isEmpty() ? "no clip" : cell.caption());
            } else {
                caption(graphics, cell);
            }
        }
        for (int c = 0; c < sheet.columns().size(); c++) {
            for (int r = 0; r < sheet.rows().size(); r++) {
                if (!taken.contains(List.of(c, r))) {
                    hole(graphics, c, r, "");
                }
            }
        }
        graphics.dispose();
        return image;
    }

    /** Draws what a clip shows now into its cell. */
    public void draw(BufferedImage image, Cell cell, Reel reel, boolean dimmed) {
        Graphics2D graphics = image.createGraphics();
        int x = x(cell.column());
        int y = y(cell.row());
        int width = (int) Math.max(1, Math.min(cellWidth, Math.round(reel.widthAt(cellHeight))));
        int height = (int) Math.max(1, Math.min(cellHeight, Math.round(cellWidth / reel.widthAt(1))));
        graphics.setColor(Color.BLACK);
        graphics.fillRect(x, y, cellWidth, cellHeight);
        graphics.drawImage(
                reel.picture(width, height), x + (cellWidth - width) / 2, y + (cellHeight - height) / 2, null);
        if (dimmed) {
            graphics.setColor(new Color(0, 0, 0, 140));
            graphics.fillRect(x, y, cellWidth, cellHeight);
        }
        graphics.dispose();
    }

    /** Marks a cell whose clip cannot be decoded. */
    public void broken(BufferedImage image, Cell cell) {
        Graphics2D graphics = lettering(image);
        hole(graphics, cell.column(), cell.row(), "cannot be played");
        graphics.dispose();
    }

    /** Writes the time below the cells. */
    public void clock(BufferedImage image, String time) {
        Graphics2D graphics = lettering(image);
        graphics.setColor(PAPER);
        graphics.fillRect(left, image.getHeight() - FOOT + 2, image.getWidth() - left, FOOT - 2);
        graphics.setColor(SOFT);
        Lettering.endingAt(graphics, time, image.getWidth() - GAP - 2, image.getHeight() - 8);
        graphics.dispose();
    }

    // A sheet is often shown at half its size.
    private Graphics2D lettering(BufferedImage image) {
        Graphics2D graphics = Lettering.on(image);
        if (cellWidth >= WIDE_CELL) {
            graphics.setFont(graphics.getFont().deriveFont(LARGE_LETTERS));
        }
        return graphics;
    }

    private void names(Graphics2D graphics, int width, int height) {
        Font bold = graphics.getFont().deriveFont(Font.BOLD);
        Font plain = graphics.getFont();
        graphics.setFont(bold);
        graphics.setColor(ACCENT);
        String across = Lettering.fitting(graphics, sheet.x(), width - left - GAP);
        Lettering.centred(graphics, across, left + (width - left - GAP) / 2, 22);
        Graphics2D turned = (Graphics2D) graphics.create();
        turned.rotate(-Math.PI / 2);
        int rows = height - HEAD - FOOT;
        Lettering.centred(turned, Lettering.fitting(turned, sheet.y(), rows), -(HEAD + rows / 2), 22);
        turned.dispose();
        graphics.setFont(plain);
    }

    private void caption(Graphics2D graphics, Cell cell) {
        int x = x(cell.column());
        int y = y(cell.row());
        graphics.setColor(cell.best() ? ACCENT : SOFT);
        String text = Lettering.fitting(graphics, (cell.best() ? "★ " : "") + cell.caption(), cellWidth - 4);
        graphics.drawString(text, x + 2, y + cellHeight + CAPTION - 7);
        if (cell.best()) {
            graphics.setStroke(new BasicStroke(2));
            graphics.drawRect(x - 2, y - 2, cellWidth + 3, cellHeight + 3);
        }
    }

    private void hole(Graphics2D graphics, int column, int row, String why) {
        int x = x(column);
        int y = y(row);
        graphics.setColor(PAPER);
        graphics.fillRect(x - 3, y - 3, cellWidth + 6, cellHeight + CAPTION + 3);
        graphics.setColor(HOLE);
        graphics.fillRect(x, y, cellWidth, cellHeight);
        graphics.setColor(RULE);
        graphics.setStroke(new BasicStroke(1));
        graphics.drawRect(x, y, cellWidth - 1, cellHeight - 1);
        graphics.drawLine(x, y, x + cellWidth - 1, y + cellHeight - 1);
        graphics.drawLine(x, y + cellHeight - 1, x + cellWidth - 1, y);
        if (!why.isEmpty()) {
            graphics.setColor(SOFT);
            graphics.drawString(Lettering.fitting(graphics, why, cellWidth - 4), x + 2, y + cellHeight + CAPTION - 7);
        }
    }

    private int x(int column) {
        return left + column * (cellWidth + GAP);
    }

    private int y(int row) {
        return HEAD + row * (cellHeight + CAPTION + GAP);
    }
}
