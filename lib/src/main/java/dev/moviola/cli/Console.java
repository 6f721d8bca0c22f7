package dev.moviola.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.moviola.cli.internal.Terminal;
import dev.moviola.display.Progress;
import dev.moviola.display.ProgressSink;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Where a verb prints. Results go to standard output, all else to standard error; with {@code --json} only the one
 * document goes to standard output. Text is UTF-8. Control characters in text are replaced, and none are added unless
 * the stream is a terminal. Safe for threads.
 */
public final class Console implements ProgressSink {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    private static final int SPARSE_SECONDS = 10;
    private static final int LINES_BETWEEN_CHECKS = 512;

    private final PrintStream out;
    private final PrintStream err;
    private final InputStream in;
    private final Terminal terminal;
    private final Object lock = new Object();
    private boolean json;
    private int lines;
    private boolean outGone;
    private boolean progressShown;
    private long lastPlainProgress = Long.MIN_VALUE;
    private String lastProgress = "";

    /** A console on these streams. */
    public Console(OutputStream out, OutputStream err, InputStream in, Terminal terminal) {
        this.out = new PrintStream(new BufferedOutputStream(out, 1 << 16), false, StandardCharsets.UTF_8);
        this.err = new PrintStream(err, true, StandardCharsets.UTF_8);
        this.in = in;
        this.terminal = terminal;
    }

    /** The console of this process. */
    public static Console system() {
        return new Console(
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                System.in,
                Terminal.ofThisProcess());
    }

    /** With true, text that would go to standard output goes to standard error, to leave it to {@link #json}. */
    public void onlyJson(boolean wanted) {
        this.json = wanted;
    }

    /** Whether standard output is left to {@link #json}. */
    public boolean isOnlyJson() {
        return json;
    }

    /** How many cells a line of results should take; without limit when they do not go to a terminal. */
    public int width() {
        return (json ? terminal.err() : terminal.out()) ? terminal.width() : Integer.MAX_VALUE;
    }

    /** Whether whoever reads standard output has gone, so that further results are of no use. */
    public boolean outGone() {
        return outGone;
    }

    /** Prints lines of result. */
    public void print(String text) {
        synchronized (lock) {
            clearProgress();
            if (json) {
                err.println(TextWidth.printable(text));
            } else {
                out.print(TextWidth.printable(text));
                out.print('\n');
                if (terminal.out() || ++lines % LINES_BETWEEN_CHECKS == 0) {
                    outGone |= out.checkError();
                }
            }
        }
    }

    /** Prints a heading: bold on a terminal that may show colours. */
    public void heading(String text) {
        boolean bold = (json ? terminal.err() : terminal.out()) && terminal.colours();
        synchronized (lock) {
            if (!bold) {
                print(text);
                return;
            }
            clearProgress();
            (json ? err : out).print("\u001B[1m" + TextWidth.printable(text) + "\u001B[0m\n");
            out.flush();
        }
    }

    /** Prints a table as wide as {@link #width()} allows. */
    public void print(TextTable table) {
        boolean first = true;
        for (String line : table.lines(width())) {
            if (first) {
                heading(line);
            } else {
                print(line);
            }
            first = false;
        }
    }

    /** Prints the one JSON document of a verb: records, maps, lists, texts, numbers. */
    public void json(Object document) {
        try {
            String text = JSON.writeValueAsString(document);
            synchronized (lock) {
                clearProgress();
                out.print(text);
                out.print('\n');
                flush();
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not fit for JSON: " + document.getClass(), e);
        }
    }

    /** Standard output as a generator of one JSON document, for what is too large to hold. Close it. */
    public JsonGenerator jsonStream() throws IOException {
        return JSON.getFactory().createGenerator(out);
    }

    /** Prints a remark to standard error. */
    public void note(String text) {
        synchronized (lock) {
            clearProgress();
            out.flush();
            err.println(TextWidth.printable(text));
        }
    }

    /** Prints a warning to standard error. */
    public void warn(String text) {
        note("warning: " + text);
    }

    /** Prints an error to standard error. */
    public void error(String text) {
        note("error: " + text);
    }

    /** Shows how far it is: a line that rewrites itself on a terminal, else a plain line every ten seconds at most. */
    public void progress(String text) {
        String line = TextWidth.oneLine(text);
        synchronized (lock) {
            if (terminal.err() && terminal.rewrites()) {
                out.flush();
                err.print("\r" + TextWidth.fit(line, terminal.width() - 1) + "\u001B[K");
                err.flush();
                progressShown = true;
                return;
            }
            long now = System.nanoTime();
            boolean due =
                    lastPlainProgress == Long.MIN_VALUE || now - lastPlainProgress >= SPARSE_SECONDS * 1_000_000_000L;
            if (due && !line.equals(lastProgress)) {
                lastPlainProgress = now;
                lastProgress = line;
                err.println(line);
            }
        }
    }

    @Override
    public void show(Progress progress) {
        progress(progress.line());
    }

    @Override
    public void end(Progress last, String sentence) {
        note(sentence);
    }

    /** Takes the progress line away; it comes back with the next {@link #progress}. */
    public void clearProgress() {
        synchronized (lock) {
            if (progressShown) {
                err.print("\r\u001B[K");
                err.flush();
                progressShown = false;
            }
        }
    }

    /**
     * Asks for consent.
     *
     * @param yes whether the user gave it already with {@code --yes}
     * @throws UsageException when nobody is there to answer
     */
    public boolean confirm(String question, boolean yes) {
        if (yes) {
            return true;
        }
        if (!terminal.in() || !terminal.err()) {
            throw new UsageException(question + " Nobody can answer here; add --yes to go ahead.");
        }
        synchronized (lock) {
            clearProgress();
            out.flush();
            err.print(TextWidth.printable(question) + " [y/N] ");
            err.flush();
        }
        try {
            String answer = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
            String said = answer == null ? "" : answer.strip().toLowerCase(Locale.ROOT);
            return said.equals("y") || said.equals("yes");
        } catch (IOException e) {
            throw new UsageException("the answer could not be read (" + e.getMessage() + "); add --yes to go ahead", e);
        }
    }

    /** Whether the user can be asked for something. */
    public boolean canAsk() {
        return terminal.in() && terminal.err();
    }

    /** Lets everything printed so far out. */
    public void flush() {
        synchronized (lock) {
            outGone |= out.checkError();
            err.flush();
        }
    }

    /** Standard error for a stack trace. */
    PrintStream err() {
        return err;
    }

    /** Standard output for the help text. */
    PrintStream out() {
        return out;
    }

    Terminal terminal() {
        return terminal;
    }
}
