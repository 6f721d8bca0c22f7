package dev.moviola.backend;

import dev.moviola.MoviolaException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file of lines {@code NAME=value}, as many tools keep their settings in.
 *
 * <p>A line is empty, a comment that starts with {@code #}, or {@code NAME=value} with an optional {@code export} in
 * front. A value stands bare (it ends before a blank followed by {@code #}), in single quotes (taken literally), or in
 * double quotes (with {@code \n}, {@code \r}, {@code \t}, {@code \"}, {@code \$} and {@code \\}). Nothing is substituted, and the
 * last of several equal names wins. Anything else is an error that names the line but does not show it.
 */
public final class DotEnv {
    private static final long LARGEST = 64 * 1024;
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern LINE =
            Pattern.compile("[ \t]*(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_]*)[ \t]*=(.*)", Pattern.DOTALL);
    private static final Pattern BARE = Pattern.compile("[A-Za-z0-9_./:@%+,-]*");
    private static final Pattern TAIL = Pattern.compile("[ \t]*(?:#.*)?", Pattern.DOTALL);

    private final Map<String, String> values;

    private DotEnv(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Reads {@code file}, UTF-8 of at most 64 KiB.
     *
     * @throws MoviolaException if it cannot be read or a line is not as described above
     */
    public static DotEnv read(Path file) {
        Map<String, String> values = new LinkedHashMap<>();
        List<String> lines = lines(file);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (!isBlankOrComment(line)) {
                Matcher matcher = LINE.matcher(line);
                if (!matcher.matches()) {
                    throw wrong(file, i, "a line must be NAME=value or start with #");
                }
                values.put(matcher.group(1), value(matcher.group(2).strip(), file, i));
            }
        }
        return new DotEnv(values);
    }

    /** The value of {@code name}, if the file sets it. */
    public Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** The names that the file sets, in its order. */
    public Set<String> names() {
        return Set.copyOf(values.keySet());
    }

    /** What is unwise about {@code file}: that other users can read it. Empty when it does not exist. */
    public static List<String> warnings(Path file) {
        try {
            if (Files.exists(file) && isPosix(file)) {
                Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
                if (permissions.contains(PosixFilePermission.OTHERS_READ)) {
                    return List.of(file + " can be read by every user of this machine ("
                            + PosixFilePermissions.toString(permissions) + "); run: chmod 600 " + file);
                }
            }
            return List.of();
        } catch (IOException e) {
            return List.of("cannot tell who may read " + file + ": " + e.getMessage());
        }
    }

    /**
     * Sets {@code name} in {@code file}, creating it if need be; other lines stay as they are. Afterwards only the owner
     * can read the file (mode 600, where the file system has modes). The file is replaced as a whole, so a crash leaves
     * the old or the new one.
     *
     * @throws MoviolaException if the name is not a variable name, the value holds a NUL, or writing fails
     */
    public static void set(Path file, String name, String value) {
        if (!NAME.matcher(name).matches()) {
            throw new MoviolaException(
                    "the name of a variable must be letters, digits and _, but was \"" + name + "\"");
        }
        if (value.indexOf('\0') >= 0) {
            throw new MoviolaException("the value of " + name + " must not hold a NUL character");
        }
        List<String> kept = new ArrayList<>();
        boolean set = false;
        for (String line : Files.exists(file) ? lines(file) : List.<String>of()) {
            Matcher matcher = LINE.matcher(line);
            if (!isBlankOrComment(line) && matcher.matches() && matcher.group(1).equals(name)) {
                if (!set) {
                    kept.add(name + "=" + quoted(value));
                }
                set = true;
            } else {
                kept.add(line);
            }
        }
        if (!set) {
            kept.add(name + "=" + quoted(value));
        }
        replace(file, String.join("\n", kept) + "\n");
    }

    /** Names only. */
    @Override
    public String toString() {
        return "DotEnv" + values.keySet();
    }

    private static List<String> lines(Path file) {
        try {
            long size = Files.size(file);
            if (size > LARGEST) {
                throw new MoviolaException(
                        file + " must be at most " + LARGEST + " bytes to be read as a .env file, but has " + size);
            }
            String text = Files.readString(file, StandardCharsets.UTF_8);
            List<String> lines = new ArrayList<>(List.of(text.split("\r?\n", -1)));
            if (lines.get(lines.size() - 1).isEmpty()) {
                lines.remove(lines.size() - 1);
            }
            return lines;
        } catch (CharacterCodingException e) {
            throw new MoviolaException(file + " must be UTF-8 to be read as a .env file, but is not", e);
        } catch (IOException e) {
            throw new MoviolaException("cannot read " + file + ": " + e, e);
        }
    }

    private static boolean isBlankOrComment(String line) {
        return line.isBlank() || line.stripLeading().startsWith("#");
    }

    private static String value(String text, Path file, int line) {
        if (text.startsWith("'")) {
            int end = text.indexOf('\'', 1);
            requireEnd(end, text, file, line);
            return text.substring(1, end);
        }
        if (text.startsWith("\"")) {
            return doubleQuoted(text, file, line);
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '#' && (i == 0 || text.charAt(i - 1) == ' ' || text.charAt(i - 1) == '\t')) {
                return text.substring(0, i).strip();
            }
        }
        return text;
    }

    private static String doubleQuoted(String text, Path file, int line) {
        StringBuilder value = new StringBuilder();
        int i = 1;
        while (i < text.length() && text.charAt(i) != '"') {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                i++;
                switch (text.charAt(i)) {
                    case 'n' -> value.append('\n');
                    case 'r' -> value.append('\r');
                    case 't' -> value.append('\t');
                    case '"', '\\', '$' -> value.append(text.charAt(i));
                    default ->
                        throw wrong(file, line, "in double quotes a \\ must be followed by n, r, t, \", $ or \\");
                }
            } else {
                value.append(c);
            }
            i++;
        }
        requireEnd(i < text.length() ? i : -1, text, file, line);
        return value.toString();
    }

    private static void requireEnd(int end, String text, Path file, int line) {
        if (end < 0) {
            throw wrong(file, line, "a quote that is opened must be closed on the same line");
        }
        if (!TAIL.matcher(text.substring(end + 1)).matches()) {
            throw wrong(file, line, "after the closing quote only a comment may follow");
        }
    }

    private static MoviolaException wrong(Path file, int line, String rule) {
        return new MoviolaException(file + ", line " + (line + 1) + ": " + rule);
    }

    private static String quoted(String value) {
        if (BARE.matcher(value).matches()) {
            return value;
        }
        return "\""
                + value.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("$", "\\$")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                + "\"";
    }

    private static void replace(Path file, String text) {
        try {
            Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
            Path directory = target.getParent();
            FileAttribute<?>[] mode = isPosix(directory)
                    ? new FileAttribute<?>[] {
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                    }
                    : new FileAttribute<?>[0];
            Path written = Files.createTempFile(directory, ".env", ".new", mode);
            try {
                Files.writeString(written, text, StandardCharsets.UTF_8);
                move(written, target);
            } finally {
                Files.deleteIfExists(written);
            }
        } catch (IOException e) {
            throw new MoviolaException("cannot write " + file + ": " + e, e);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static boolean isPosix(@Nullable Path path) {
        return path != null
                && path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
