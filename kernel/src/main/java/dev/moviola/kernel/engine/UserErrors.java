package dev.moviola.kernel.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jdk.jshell.EvalException;
import jdk.jshell.JShellException;
import jdk.jshell.spi.ExecutionControl;
import org.jspecify.annotations.Nullable;

/** Shows what a cell threw in the terms of the notebook: cells and their lines, no frames of the kernel. */
final class UserErrors {
    private static final int FRAMES = 40;
    private static final int DEPTH = 20;

    private UserErrors() {}

    /** Where a snippet stands: its cell, and the line of the cell on which it begins. */
    record Place(int cell, int line, List<String> lines) {
        String sourceLine(int snippetLine) {
            int at = line + snippetLine - 2;
            return at >= 0 && at < lines.size() ? lines.get(at).strip() : "";
        }
    }

    /** For JShell, which alone knows to which lines of a snippet the lines of its class belong. */
    static ExecutionControl.UserException convert(Throwable thrown) {
        return convert(thrown, 0);
    }

    private static ExecutionControl.UserException convert(Throwable thrown, int depth) {
        StackTraceElement[] frames = thrown.getStackTrace();
        ExecutionControl.UserException converted = new ExecutionControl.UserException(
                message(thrown), thrown.getClass().getName(), frames);
        Throwable cause = thrown.getCause();
        if (cause != null && depth < DEPTH) {
            converted.initCause(convert(cause, depth + 1));
        }
        return converted;
    }

    static String message(Throwable thrown) {
        try {
            String message = thrown.getMessage();
            // A variable that is null is named with the class that JShell has put it into.
            return message == null ? "" : message.replaceAll("\\bREPL\\.\\$JShell\\$\\w+\\.", "");
        } catch (RuntimeException | Error e) {
            return "(its message cannot be shown: " + e.getClass().getName() + ")";
        }
    }

    static CellError describe(Throwable thrown, @Nullable Throwable translated, Map<String, Place> places) {
        List<String> lines = new ArrayList<>();
        Throwable original = thrown;
        Throwable mapped = translated;
        for (int depth = 0; original != null && depth <= DEPTH; depth++) {
            String text = message(original);
            lines.add((depth == 0 ? "" : "Caused by: ")
                    + original.getClass().getName()
                    + (text.isEmpty() ? "" : ": " + text));
            StackTraceElement[] frames =
                    mapped instanceof JShellException ? mapped.getStackTrace() : original.getStackTrace();
            frames(frames, places, lines);
            original = original.getCause();
            mapped = mapped instanceof EvalException ? mapped.getCause() : null;
        }
        return new CellError(simpleName(thrown.getClass()), message(thrown), lines);
    }

    private static String simpleName(Class<?> type) {
        String name = type.getName();
        return name.startsWith("REPL.") ? type.getSimpleName() : name;
    }

    private static void frames(StackTraceElement[] frames, Map<String, Place> places, List<String> lines) {
        int shown = 0;
        String before = "";
        int repeated = 0;
        int left = 0;
        for (StackTraceElement frame : frames) {
            if (internal(frame)) {
                continue;
            }
            String line = line(frame, places);
            if (line.equals(before)) {
                repeated++;
                continue;
            }
            if (repeated > 0) {
                lines.add("    … the same " + repeated + " times more");
                repeated = 0;
            }
            before = line;
            if (++shown <= FRAMES) {
                lines.add(line);
            } else {
                left++;
            }
        }
        if (repeated > 0) {
            lines.add("    … the same " + repeated + " times more");
        }
        if (left > 0) {
            lines.add("    … " + left + " frames more");
        }
    }

    private static boolean internal(StackTraceElement frame) {
        String name = frame.getClassName();
        return name.startsWith("dev.moviola.kernel.engine.")
                || name.startsWith("jdk.internal.reflect.")
                || name.equals("java.lang.reflect.Method")
                || frame.getMethodName().startsWith("do_it$") && frame.getLineNumber() < 0
                || name.equals("java.lang.Thread") && frame.getMethodName().startsWith("run");
    }

    private static String line(StackTraceElement frame, Map<String, Place> places) {
        String file = frame.getFileName();
        Place place = file != null && file.startsWith("#") ? places.get(file.substring(1)) : null;
        if (place == null) {
            return "    at " + frame;
        }
        int line = frame.getLineNumber();
        String where = "    Cell [" + place.cell() + "], line " + (place.line() + line - 1);
        String method = frame.getMethodName();
        boolean plain = method.isEmpty() || method.startsWith("do_it$");
        return where + (plain ? "" : ", in " + method) + "    --> " + place.sourceLine(line);
    }
}
