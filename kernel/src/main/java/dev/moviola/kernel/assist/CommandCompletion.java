package dev.moviola.kernel.assist;

import dev.moviola.kernel.assist.Assist.Completion;
import dev.moviola.kernel.assist.Assist.Match;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Completion on a line that is a command: names of magics, then files. */
final class CommandCompletion {
    private static final Pattern COMMAND = Pattern.compile("(?s)(?:.*\\n)?[ \\t]*(%%?)([A-Za-z][\\w-]*)?");
    private static final Pattern ARGUMENT = Pattern.compile("(?s)(?:.*\\n)?[ \\t]*(?:%|!)[^\\n]*?([^\\s\"']*)");
    private static final int MOST = 200;

    private CommandCompletion() {}

    /** What may follow {@code before}, the code up to the cursor; empty if the cursor is not on such a line. */
    static Optional<Completion> complete(String before, Collection<String> magics) {
        Matcher name = COMMAND.matcher(before);
        int end = before.codePointCount(0, before.length());
        if (name.matches()) {
            String begun = name.group(2) == null ? "" : name.group(2);
            List<Match> matches = magics.stream()
                    .filter(magic -> magic.startsWith(begun) && Character.isLetter(magic.charAt(0)))
                    .sorted()
                    .map(magic -> new Match(magic, "magic"))
                    .toList();
            return Optional.of(new Completion(end - begun.codePointCount(0, begun.length()), end, matches));
        }
        Matcher argument = ARGUMENT.matcher(before);
        if (!argument.matches()) {
            return Optional.empty();
        }
        String begun = argument.group(1);
        return Optional.of(new Completion(end - begun.codePointCount(0, begun.length()), end, files(begun)));
    }

    private static List<Match> files(String begun) {
        int slash = begun.lastIndexOf('/') + 1;
        String folder = begun.substring(0, slash);
        String name = begun.substring(slash);
        List<Match> found = new ArrayList<>();
        try {
            Path in = Path.of(folder.startsWith("~/") ? System.getProperty("user.home") + folder.substring(1) : folder);
            try (DirectoryStream<Path> files = Files.newDirectoryStream(
                    in, file -> String.valueOf(file.getFileName()).startsWith(name))) {
                for (Path file : files) {
                    boolean hidden = String.valueOf(file.getFileName()).startsWith(".") && name.isEmpty();
                    if (!hidden && found.size() < MOST) {
                        found.add(
                                new Match(folder + file.getFileName() + (Files.isDirectory(file) ? "/" : ""), "path"));
                    }
                }
            }
        } catch (IOException | InvalidPathException e) {
            return List.of();
        }
        found.sort((left, right) -> left.text().compareTo(right.text()));
        return found;
    }
}
