package dev.moviola.kernel.magic.internal;

import dev.moviola.kernel.magic.Magic;
import dev.moviola.kernel.magic.MagicContext;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code %lsmagic}, and {@code %help} as rapaio has it. */
public final class ListMagic implements Magic {
    @Override
    public Set<String> names() {
        return Set.of("lsmagic", "help");
    }

    @Override
    public String summary() {
        return "lists the magics";
    }

    @Override
    public @Nullable Object execute(String name, String arguments, @Nullable String body, MagicContext context) {
        List<List<String>> rows = context.magics().stream()
                .flatMap(magic -> magic.names().stream()
                        .collect(Collectors.groupingBy(
                                magic::summary, TreeMap::new, Collectors.toCollection(TreeSet::new)))
                        .entrySet()
                        .stream()
                        .map(help ->
                                List.of(String.join(", ", Magics.spellings(magic, help.getValue())), help.getKey())))
                .sorted(Comparator.comparing(row -> row.get(0).replace("%", "")))
                .toList();
        int width = rows.stream()
                .mapToInt(row -> row.get(0).length())
                .filter(length -> length < 40)
                .max()
                .orElse(0);
        for (List<String> row : rows) {
            context.out()
                    .println(row.get(0)
                            + " ".repeat(Math.max(2, width + 2 - row.get(0).length()))
                            + row.get(1));
        }
        return null;
    }
}
