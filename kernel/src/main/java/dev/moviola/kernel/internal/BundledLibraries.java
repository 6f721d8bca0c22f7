package dev.moviola.kernel.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Libraries that notebooks import without adding them anywhere: they lie in IJava's own jar, where every cell sees them.
 */
final class BundledLibraries {
    /**
     * A library.
     *
     * @param coordinates where Maven has it
     * @param imported what a cell looks like that needs it
     * @param witness a class file that is there when it is
     */
    private record Library(String coordinates, Pattern imported, String witness) {
        Library(String coordinates, String home, String witness) {
            this(
                    coordinates,
                    Pattern.compile("(?m)^\\s*import\\s+(?:static\\s+)?" + Pattern.quote(home + ".")),
                    home.replace('.', '/') + "/" + witness + ".class");
        }
    }

    private final Map<String, Library> absent = new LinkedHashMap<>();

    BundledLibraries() {
        List.of(
                        new Library(
                                "org.apache.commons:commons-lang3:3.20.0", "org.apache.commons.lang3", "StringUtils"),
                        new Library("com.google.code.gson:gson:2.13.2", "com.google.gson", "Gson"))
                .forEach(library -> absent.put(library.coordinates(), library));
    }

    /** The coordinates of those that {@code code} imports and {@code loader} does not have. */
    synchronized List<String> missing(String code, ClassLoader loader) {
        absent.values().removeIf(library -> loader.getResource(library.witness()) != null);
        return absent.values().stream()
                .filter(library -> library.imported().matcher(code).find())
                .map(Library::coordinates)
                .toList();
    }
}
