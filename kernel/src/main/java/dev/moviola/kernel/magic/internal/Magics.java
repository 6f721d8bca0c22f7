package dev.moviola.kernel.magic.internal;

import dev.moviola.MoviolaException;
import dev.moviola.kernel.magic.Magic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The magics of one session, found by name. Safe for use by many threads. */
public final class Magics {
    private static final int NEAR = 2;

    private final List<Magic> magics = new CopyOnWriteArrayList<>();

    /** Those named in {@code META-INF/services} that {@code loader} sees. */
    public Magics(ClassLoader loader) {
        ServiceLoader.load(Magic.class, loader).forEach(magics::add);
    }

    /** Adds some in front of those that are there, so that they win where names are the same. */
    public void add(Collection<? extends Magic> more) {
        magics.addAll(0, more);
    }

    /** All of them. */
    public List<Magic> all() {
        return List.copyOf(magics);
    }

    /** The magic of that name, for a line or for a whole cell; an exception that names near ones if there is none. */
    public Magic find(String name, boolean wholeCell) {
        for (Magic magic : magics) {
            if (magic.names().contains(name) && (wholeCell ? magic.onCell() : magic.onLine())) {
                return magic;
            }
        }
        throw new MoviolaException(missing(name, wholeCell));
    }

    private String missing(String name, boolean wholeCell) {
        String message = "there is no magic " + spelled(name, wholeCell);
        for (Magic magic : magics) {
            if (magic.names().contains(name)) {
                return message + "; there is " + spelled(name, !wholeCell);
            }
        }
        String near = magics.stream()
                .flatMap(magic -> spellings(magic, magic.names()).stream())
                .filter(spelling -> near(spelling.replace("%", ""), name))
                .distinct()
                .sorted()
                .collect(Collectors.joining(" or "));
        return message + (near.isEmpty() ? "" : "; did you mean " + near + "?") + "; %lsmagic lists all";
    }

    private static boolean near(String spelling, String name) {
        return spelling.equalsIgnoreCase(name)
                || name.length() >= 3 && (spelling.startsWith(name) || distance(spelling, name) <= NEAR);
    }

    /** How it is written in a cell, with its percent signs. */
    static List<String> spellings(Magic magic, Collection<String> names) {
        List<String> spellings = new ArrayList<>();
        names.stream().sorted().forEach(name -> Stream.of(false, true)
                .filter(cell -> cell ? magic.onCell() : magic.onLine())
                .forEach(cell -> spellings.add(spelled(name, cell))));
        return spellings;
    }

    private static boolean magicSign(String name) {
        return !name.equals("!") && !name.equals("DEPS") && !name.equals("REPOS");
    }

    private static String spelled(String name, boolean wholeCell) {
        if (!magicSign(name)) {
            return name.equals("!") ? name : "//" + name;
        }
        return (wholeCell ? "%%" : "%") + name;
    }

    /** How many letters must be put in, left out, changed or swapped with their neighbour. */
    private static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                cost[i][j] = Math.min(cost[i - 1][j - 1] + change, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
