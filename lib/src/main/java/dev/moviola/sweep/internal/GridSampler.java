package dev.moviola.sweep.internal;

import dev.moviola.MoviolaException;
import dev.moviola.ledger.Parameters;
import dev.moviola.sweep.Dimension;
import dev.moviola.sweep.Sampler;
import dev.moviola.sweep.SamplerSession;
import dev.moviola.sweep.Space;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Every cell once, the last parameter fastest. Cells that a constraint excludes are left out, and cells that differ only
 * in parameters that are not active count as one.
 *
 * @param levels how many values to take of a continuum, or 0 to refuse one
 */
public record GridSampler(int levels, long seed) implements Sampler {
    private static final long MOST_CELLS = 10_000_000;

    /** Checks the levels. */
    public GridSampler {
        if (levels < 0 || levels > 10_000) {
            throw new MoviolaException("a grid must have 1..10000 levels, but was given " + levels);
        }
    }

    @Override
    public String name() {
        return "grid";
    }

    @Override
    public boolean takesSeveralGoals() {
        return true;
    }

    @Override
    public Sampler seed(long seed) {
        return new GridSampler(levels, seed);
    }

    @Override
    public SamplerSession start(Space space) {
        List<Dimension> dimensions = space.dimensions();
        if (dimensions.isEmpty()) {
            throw new MoviolaException(
                    "a grid must know its space beforehand, but there is none; give the study a space");
        }
        List<List<Object>> values = dimensions.stream()
                .map(dimension -> dimension.domain().grid(levels))
                .toList();
        double cells = values.stream().mapToDouble(List::size).reduce(1, (a, b) -> a * b);
        if (cells > MOST_CELLS) {
            throw new MoviolaException("a grid must have at most " + MOST_CELLS + " cells, but has " + cells
                    + "; take longer steps, or another sampler");
        }
        return new Walk(space, values, (long) cells);
    }

    private static final class Walk implements SamplerSession {
        private final Space space;
        private final List<Dimension> dimensions;
        private final List<List<Object>> values;
        private final long cells;
        private final Set<Parameters> taken = new HashSet<>();
        private long cursor;

        Walk(Space space, List<List<Object>> values, long cells) {
            this.space = space;
            this.dimensions = space.dimensions();
            this.values = values;
            this.cells = cells;
        }

        @Override
        public Optional<Parameters> ask(long number) {
            for (; cursor < cells; cursor++) {
                Parameters settings = cell(cursor);
                if (!taken.contains(settings) && space.broken(settings).isEmpty()) {
                    return Optional.of(settings);
                }
            }
            return Optional.empty();
        }

        @Override
        public void asked(long number, Parameters settings) {
            taken.add(settings);
        }

        private Parameters cell(long index) {
            int[] at = new int[values.size()];
            long rest = index;
            for (int i = at.length - 1; i >= 0; i--) {
                at[i] = (int) (rest % values.get(i).size());
                rest /= values.get(i).size();
            }
            Map<String, Object> settings = new LinkedHashMap<>();
            for (int i = 0; i < at.length; i++) {
                if (dimensions.get(i).active(settings)) {
                    settings.put(dimensions.get(i).name(), values.get(i).get(at[i]));
                }
            }
            return Parameters.of(settings);
        }
    }
}
