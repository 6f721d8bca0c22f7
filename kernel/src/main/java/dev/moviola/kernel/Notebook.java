package dev.moviola.kernel;

import dev.moviola.MoviolaException;
import dev.moviola.display.Display;
import dev.moviola.display.MimeBundle;
import dev.moviola.kernel.comm.Comms;
import dev.moviola.kernel.engine.Cell;
import dev.moviola.kernel.internal.StreamOutput;
import dev.moviola.kernel.magic.Arguments;
import dev.moviola.kernel.magic.MagicContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What code in a cell may ask of the notebook. Its methods can be called in cells by their names alone. */
public final class Notebook {
    private Notebook() {}

    /** Asks the user for a line. */
    public static String input(String prompt) throws InterruptedException {
        return cell().output().input(prompt, false);
    }

    /** Asks the user for a line that is not shown while it is typed. */
    public static String password(String prompt) throws InterruptedException {
        return cell().output().input(prompt, true);
    }

    /** Removes what the cell has shown so far; with {@code wait} only when it shows the next thing. */
    public static void clearOutput(boolean wait) {
        cell().output().clear(wait);
    }

    /**
     * Shows a value below the cell.
     *
     * @return the id under which it can be {@linkplain #updateDisplay updated}
     */
    public static String display(@Nullable Object value) {
        return Display.show(value);
    }

    /**
     * Shows a value in the given form.
     *
     * @param mediaType such as {@code text/html}; the value becomes text in it unless it has that form already
     */
    public static String display(@Nullable Object value, String... mediaType) {
        return Display.show(render(value, mediaType));
    }

    /**
     * Shows a value in the given form, the form first as rapaio has it; where only the second is a media type it is
     * taken for the form, as IJava has it.
     */
    public static String display(String mediaType, @Nullable Object value) {
        return Display.show(inEitherOrder(mediaType, value));
    }

    private static MimeBundle inEitherOrder(String mediaType, @Nullable Object value) {
        return value instanceof String text && isMediaType(text) && !isMediaType(mediaType)
                ? render(mediaType, text)
                : render(value, mediaType);
    }

    private static boolean isMediaType(String text) {
        return text.matches("[a-z]+/[\\w.+-]+");
    }

    /** Puts {@code value} in the place of what was shown under {@code id}. */
    public static void updateDisplay(String id, @Nullable Object value) {
        Display.update(id, value);
    }

    /** Puts {@code value} in the given form in the place of what was shown under {@code id}. */
    public static void updateDisplay(String id, @Nullable Object value, String... mediaType) {
        Display.update(id, render(value, mediaType));
    }

    /** The same with the form first, as in {@link #display(String, Object)}. */
    public static void updateDisplay(String id, String mediaType, @Nullable Object value) {
        Display.update(id, inEitherOrder(mediaType, value));
    }

    /** The forms in which a value can be shown. */
    public static MimeBundle render(@Nullable Object value) {
        return Display.bundle(value);
    }

    /**
     * A value in the given forms.
     *
     * @param mediaTypes such as {@code text/html}; where the value has no such form, its text stands for it
     */
    public static MimeBundle render(@Nullable Object value, String... mediaTypes) {
        MimeBundle all = Display.bundle(value);
        MimeBundle asked = MimeBundle.text(all.plain());
        for (String mediaType : mediaTypes) {
            asked = asked.with(mediaType, all.form(mediaType).orElse(String.valueOf(value)));
        }
        return asked;
    }

    /**
     * Runs code as if it stood in the cell: Java, magics or both.
     *
     * @return the value of its last expression; null if it has none
     * @throws Exception what the code threw, or why it does not compile
     */
    public static @Nullable Object eval(String code) throws Exception {
        return context().eval(code);
    }

    /**
     * Calls a line magic.
     *
     * @param <T> the type that the caller expects its result to have
     * @param name its name, without the percent sign
     * @return its result; null if it has none
     * @throws Exception what the magic threw
     */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public static <T> @Nullable T lineMagic(String name, List<String> arguments) throws Exception {
        return (T) context().magic(name, Arguments.join(arguments), null);
    }

    /**
     * Calls a cell magic.
     *
     * @param <T> the type that the caller expects its result to have
     * @param name its name, without the percent signs
     * @param body the cell below it
     * @return its result; null if it has none
     * @throws Exception what the magic threw
     */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public static <T> @Nullable T cellMagic(String name, List<String> arguments, String body) throws Exception {
        return (T) context().magic(name, Arguments.join(arguments), body);
    }

    /** The session of the calling cell, for those who extend it. */
    public static MagicContext context() {
        return cell().attached(MagicContext.class)
                .orElseThrow(() -> new MoviolaException("this cell runs no magics; start it through the kernel"));
    }

    /** Messages both ways between this session and the front end. */
    public static Comms comms() {
        if (cell().output() instanceof StreamOutput output) {
            return output.comms();
        }
        throw new MoviolaException("there are comms only in a notebook; call this in a cell");
    }

    private static Cell cell() {
        Cell cell = Cell.current();
        if (cell == null) {
            throw new MoviolaException("the notebook can only be asked from the thread of a cell; call this in a cell");
        }
        return cell;
    }
}
