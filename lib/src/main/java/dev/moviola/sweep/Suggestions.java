package dev.moviola.sweep;

import dev.moviola.MoviolaException;
import dev.moviola.ledger.Parameters;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which parameters the running trials of a study without a given space have asked for: a sampler proposes values for all
 * that earlier trials named, of which a trial tries those that it names itself. Guarded by the study that owns it.
 */
final class Suggestions {
    private final Map<Long, Set<String>> asked = new HashMap<>();

    /** A trial has begun. */
    void begin(long number) {
        asked.put(number, new HashSet<>());
    }

    /** A trial has ended. */
    void end(long number) {
        asked.remove(number);
    }

    /** A trial has asked for the parameter {@code name}. */
    void ask(long number, String name) {
        Set<String> names = asked.get(number);
        if (names != null) {
            names.add(name);
        }
    }

    /** What a trial tries: all its settings, or while it runs those that it has asked for. */
    Parameters tried(TrialRecord trial) {
        Set<String> names = asked.get(trial.number());
        if (names == null || trial.state() != TrialState.RUNNING) {
            return trial.settings();
        }
        Map<String, Object> suggested = new LinkedHashMap<>(trial.settings().asMap());
        suggested.keySet().retainAll(names);
        return Parameters.of(suggested);
    }

    /**
     * Whether a parameter is new to {@code space}.
     *
     * @param open whether trials may name parameters that the space does not have
     * @throws MoviolaException when they may not, or it was known with another domain
     */
    static boolean adds(Space space, boolean open, String name, Domain domain) {
        Domain known = space.dimension(name).map(Dimension::domain).orElse(null);
        if (known == null && !open) {
            throw new MoviolaException(
                    "a trial must suggest parameters of its space, but " + name + " is none; there are "
                            + space.dimensions().stream().map(Dimension::name).toList());
        }
        if (known != null && !known.equals(domain)) {
            throw new MoviolaException(name + " must keep its domain throughout a study: it was " + known.toParameters()
                    + ", but now is " + domain.toParameters());
        }
        return known == null;
    }
}
