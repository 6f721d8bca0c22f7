package dev.moviola.kernel.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import jdk.jshell.Diag;
import jdk.jshell.SourceCodeAnalysis;

/** The Java of a cell, taken apart into snippets that know where they stand. */
final class CellSource {
    private final String text;
    private final int firstLine;

    CellSource(String text, int firstLine) {
        this.text = text;
        this.firstLine = firstLine;
    }

    /** One snippet and the offset at which it begins. */
    record Piece(String code, int offset) {}

    List<Piece> pieces(Supplier<SourceCodeAnalysis> analysis) {
        List<Piece> pieces = Splitter.split(text);
        return pieces != null ? pieces : analysed(analysis.get());
    }

    List<Piece> analysed(SourceCodeAnalysis analysis) {
        List<Piece> pieces = new ArrayList<>();
        String rest = text;
        while (!rest.isBlank()) {
            SourceCodeAnalysis.CompletionInfo info = analysis.analyzeCompletion(rest);
            if (info.completeness() == SourceCodeAnalysis.Completeness.EMPTY) {
                break;
            }
            boolean whole = info.completeness().isComplete() && info.source() != null;
            String code = whole ? info.source() : rest;
            int blank = code.length() - code.stripLeading().length();
            pieces.add(new Piece(code.substring(blank), text.length() - rest.length() + blank));
            if (!whole) {
                break;
            }
            rest = info.remaining();
        }
        return pieces;
    }

    int line(int offset) {
        int line = firstLine;
        for (int i = 0; i < Math.min(offset, text.length()); i++) {
            if (text.charAt(i) == '\n') {
                line++;
            }
        }
        return line;
    }

    /** An error with its line, its column and a caret below what it is about. */
    List<String> explain(Piece piece, Diag diag) {
        int at = Math.min(text.length(), piece.offset() + (int) Math.max(0, diag.getPosition()));
        int start = Math.min(text.length(), piece.offset() + (int) Math.max(0, diag.getStartPosition()));
        int end = Math.min(text.length(), piece.offset() + (int) Math.max(0, diag.getEndPosition()));
        int lineStart = text.lastIndexOf('\n', at - 1) + 1;
        int lineEnd = text.indexOf('\n', at) < 0 ? text.length() : text.indexOf('\n', at);
        String line = text.substring(lineStart, lineEnd);
        int from = Math.max(lineStart, Math.min(start, at));
        int to = Math.min(lineEnd, Math.max(end, at + 1));
        StringBuilder caret = new StringBuilder();
        for (int i = lineStart; i < at; i++) {
            caret.append(text.charAt(i) == '\t' ? '\t' : i < from ? ' ' : '~');
        }
        caret.append('^').append("~".repeat(Math.max(0, to - at - 1)));
        List<String> lines = new ArrayList<>();
        lines.add("line " + line(at) + ", column " + (line.codePointCount(0, at - lineStart) + 1) + ": "
                + diag.getMessage(null).replaceAll("\\R\\s*location: .*", "").strip());
        lines.add("    " + line);
        lines.add("    " + caret);
        return lines;
    }
}
