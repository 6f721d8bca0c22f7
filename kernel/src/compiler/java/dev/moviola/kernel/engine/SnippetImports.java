package dev.moviola.kernel.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaFileObject;
import org.jspecify.annotations.Nullable;

/**
 * JShell has the text of each snippet import all that the session has declared, one by one, and the compiler look all of
 * it up. Here the imports of names that do not occur in a text become blanks, so that all else stays where it is.
 */
final class SnippetImports {
    private static final Pattern IMPORT =
            Pattern.compile("import static REPL\\.\\$JShell\\$\\w+\\.([\\p{L}_$][\\p{L}\\p{N}_$]*+);");
    private static final Pattern WORD = Pattern.compile("\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*");
    private static final String BEGIN = "class $JShell$";

    private @Nullable Field text;

    /** Does so in the files of JShell among {@code units}. */
    void blankOutUnused(Iterable<? extends JavaFileObject> units) {
        for (JavaFileObject unit : units) {
            try {
                String before = unit.getCharContent(true).toString();
                String after = blankOutUnused(before);
                if (!after.equals(before)) {
                    text(unit).set(unit, after);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (ReflectiveOperationException | RuntimeException closed) {
                return;
            }
        }
    }

    private Field text(JavaFileObject unit) throws NoSuchFieldException {
        Field field = text;
        if (field == null || field.getDeclaringClass() != unit.getClass()) {
            field = unit.getClass().getDeclaredField("src");
            field.setAccessible(true);
            text = field;
        }
        return field;
    }

    /** The text with blanks in place of the imports that it does not need. */
    static String blankOutUnused(String text) {
        int begin = text.indexOf(BEGIN);
        if (begin < 0 || text.contains("\\u")) {
            return text;
        }
        Matcher imports = IMPORT.matcher(text).region(0, begin);
        Set<String> words = null;
        StringBuilder blanked = null;
        while (imports.find()) {
            if (words == null) {
                words = words(text.substring(begin));
            }
            if (!words.contains(imports.group(1))) {
                blanked = blanked == null ? new StringBuilder(text) : blanked;
                for (int i = imports.start(); i < imports.end(); i++) {
                    blanked.setCharAt(i, ' ');
                }
            }
        }
        return blanked == null ? text : blanked.toString();
    }

    private static Set<String> words(String code) {
        Set<String> words = new HashSet<>();
        WORD.matcher(code).results().map(MatchResult::group).forEach(words::add);
        return words;
    }
}
