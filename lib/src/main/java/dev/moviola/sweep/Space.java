package dev.moviola.sweep;

import dev.moviola.MoviolaException;
import dev.moviola.ledger.Parameters;
import dev.moviola.sweep.internal.SpaceReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Everything that may be tried: parameters with their domains and conditions, and rules between them.
 *
 * <pre>{@code
 * Space space = Space.empty()
 *         .real("guidance", 1, 10)
 *         .integer("num_steps", 10, 50)
 *         .choice("control", "edge", "depth")
 *         .choice("canny_threshold", "low", "high").when("control", "edge")
 *         .constraint("num_steps + 4 * guidance <= 80");
 * }</pre>
 *
 * <p>Immutable: each step gives a new space.
 */
public final class Space {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");
    private static final int MOST_DIMENSIONS = 500;

    private final Map<String, Dimension> dimensions;
    private final List<Constraint> constraints;

    private Space(Map<String, Dimension> dimensions, List<Constraint> constraints) {
        this.dimensions = Collections.unmodifiableMap(dimensions);
        this.constraints = List.copyOf(constraints);
    }

    /** A space without parameters, to begin with. */
    public static Space empty() {
        return new Space(new LinkedHashMap<>(), List.of());
    }

    /**
     * The space in a YAML or JSON file of at most 1 MiB.
     *
     * @throws MoviolaException when it cannot be read or breaks a rule; the message names the file
     */
    public static Space read(Path file) {
        return SpaceReader.read(file);
    }

    /**
     * The space in a YAML or JSON text:
     *
     * <pre>
     * parameters:
     *   guidance: {real: [1, 10], step: 0.5}
     *   lr: {real: [1e-5, 0.1], log: true}
     *   num_steps: {integer: [10, 50]}
     *   control: {choice: [edge, depth]}
     *   canny_threshold: {choice: [low, high], when: {control: edge}}
     *   weights: {simplex: [vis, edge, seg], at_least: 0.05}
     * constraints: ["num_steps + 4 * guidance &lt;= 80"]
     * </pre>
     */
    public static Space parse(String yaml) {
        return SpaceReader.parse(yaml);
    }

    /**
     * A shipped space: {@code overnight} randomises what video-to-video control models take, {@code rehearsal} tunes the
     * rehearsal generator.
     */
    public static Space preset(String name) {
        return SpaceReader.preset(name);
    }

    /** Adds a real number from {@code low} to {@code high}. */
    public Space real(String name, double low, double high) {
        return add(name, new Domain.Real(low, high, false, null));
    }

    /** Adds a real number from {@code low} to {@code high} in steps. */
    public Space real(String name, double low, double high, double step) {
        return add(name, new Domain.Real(low, high, false, step));
    }

    /** Adds a real number of which ratios count. */
    public Space logReal(String name, double low, double high) {
        return add(name, new Domain.Real(low, high, true, null));
    }

    /** Adds a whole number from {@code low} to {@code high}. */
    public Space integer(String name, long low, long high) {
        return add(name, new Domain.Whole(low, high, false, 1));
    }

    /** Adds a whole number from {@code low} to {@code high} in steps. */
    public Space integer(String name, long low, long high, long step) {
        return add(name, new Domain.Whole(low, high, false, step));
    }

    /** Adds a whole number of which ratios count. */
    public Space logInteger(String name, long low, long high) {
        return add(name, new Domain.Whole(low, high, true, 1));
    }

    /** Adds one of a few values without an order. */
    public Space choice(String name, Object... choices) {
        return add(name, new Domain.Choice(Arrays.asList(choices)));
    }

    /** Adds weights that sum to one. */
    public Space simplex(String name, String... parts) {
        return simplex(name, 0, List.of(parts));
    }

    /** Adds weights that sum to one, each of which is 0 or at least {@code atLeast}. */
    public Space simplex(String name, double atLeast, List<String> parts) {
        return add(name, new Domain.Simplex(parts, atLeast));
    }

    /** Adds a parameter that is always active. */
    public Space add(String name, Domain domain) {
        return add(new Dimension(name, domain, Map.of()));
    }

    /** Adds a parameter. */
    public Space add(Dimension dimension) {
        String name = dimension.name();
        if (!NAME.matcher(name).matches()) {
            throw new MoviolaException(
                    "a parameter's name must be 1..100 letters, digits and _, not starting with a digit, but was \""
                            + name + "\"");
        }
        if (dimensions.containsKey(name) || dimensions.size() == MOST_DIMENSIONS) {
            throw new MoviolaException(
                    dimensions.containsKey(name)
                            ? "a parameter must be added once, but " + name + " is there already"
                            : "a space must have at most " + MOST_DIMENSIONS + " parameters; " + name + " is one more");
        }
        Map<String, Dimension> copy = new LinkedHashMap<>(dimensions);
        copy.put(name, checked(dimension));
        return new Space(copy, constraints);
    }

    /** Makes the parameter added last active only where {@code parent} has one of {@code values}. */
    public Space when(String parent, Object... values) {
        Dimension last = dimensions.values().stream()
                .reduce((a, b) -> b)
                .orElseThrow(
                        () -> new MoviolaException("when(\"" + parent + "\") must follow the parameter it is about"));
        Map<String, Dimension> others = new LinkedHashMap<>(dimensions);
        others.remove(last.name());
        Map<String, List<Object>> conditions = new LinkedHashMap<>(last.when());
        conditions.put(parent, Parameters.of("values", Arrays.asList(values)).list("values"));
        return new Space(others, constraints).add(new Dimension(last.name(), last.domain(), conditions));
    }

    /** Adds a linear rule, as {@link Constraint#parse} reads it. */
    public Space constraint(String text) {
        Constraint constraint = Constraint.parse(text);
        for (String name : constraint.factors().keySet()) {
            int dot = name.indexOf('.');
            Dimension dimension = dimensions.get(dot < 0 ? name : name.substring(0, dot));
            boolean number = dimension != null
                    && (dot < 0
                            ? dimension.domain() instanceof Domain.Real || dimension.domain() instanceof Domain.Whole
                            : dimension.domain() instanceof Domain.Simplex simplex
                                    && simplex.parts().contains(name.substring(dot + 1)));
            if (!number) {
                throw new MoviolaException("a constraint must be about numbers of the space, but \"" + text
                        + "\" names " + name + "; there are " + dimensions.keySet());
            }
        }
        List<Constraint> copy = new ArrayList<>(constraints);
        copy.add(constraint);
        return new Space(dimensions, copy);
    }

    /** The parameters in the order in which they were added. */
    public List<Dimension> dimensions() {
        return List.copyOf(dimensions.values());
    }

    /** The parameter of that name, if there is one. */
    public Optional<Dimension> dimension(String name) {
        return Optional.ofNullable(dimensions.get(name));
    }

    /** The rules between parameters. */
    public List<Constraint> constraints() {
        return constraints;
    }

    /** The first rule that {@code settings} break, if they break one. */
    public Optional<Constraint> broken(Parameters settings) {
        return constraints.stream()
                .filter(constraint -> !constraint.holds(settings.asMap()))
                .findFirst();
    }

    /**
     * Checks that {@code settings} name exactly the active parameters, each with a value of its domain, and keep every
     * rule.
     *
     * @throws MoviolaException when they do not; the message names parameter, rule and value
     */
    public Parameters check(Parameters settings) {
        for (String name : settings.asMap().keySet()) {
            if (!dimensions.containsKey(name)) {
                throw new MoviolaException("settings must name parameters of the space, but " + name
                        + " is none; there are " + dimensions.keySet());
            }
        }
        for (Dimension dimension : dimensions.values()) {
            Object value = settings.asMap().get(dimension.name());
            boolean active = dimension.active(settings.asMap());
            if (active && !dimension.domain().holds(value)) {
                throw new MoviolaException(
                        dimension.name() + " must lie in " + dimension.domain().toParameters() + ", but "
                                + (value == null ? "is missing" : "was " + value));
            }
            if (!active && value != null) {
                throw new MoviolaException(
                        dimension.name() + " must be left out unless " + dimension.when() + ", but was " + value);
            }
        }
        broken(settings).ifPresent(rule -> {
            throw new MoviolaException("settings must keep the constraint " + rule.text() + ", but were " + settings);
        });
        return settings;
    }

    /** The space in a form that {@link #parse} reads, once it is text. The order of parameters is kept in a list. */
    public Parameters toParameters() {
        List<Parameters> list = new ArrayList<>();
        for (Dimension dimension : dimensions.values()) {
            Parameters when = Parameters.of(dimension.when());
            list.add(dimension
                    .domain()
                    .toParameters()
                    .with("name", dimension.name())
                    .with("when", dimension.when().isEmpty() ? null : when));
        }
        List<String> rules = constraints.stream().map(Constraint::text).toList();
        return Parameters.of("parameters", list).with("constraints", rules.isEmpty() ? null : rules);
    }

    @Override
    public boolean equals(@org.jspecify.annotations.Nullable Object other) {
        return other instanceof Space that && toParameters().equals(that.toParameters());
    }

    @Override
    public int hashCode() {
        return toParameters().hashCode();
    }

    @Override
    public String toString() {
        return toParameters().json();
    }

    private Dimension checked(Dimension dimension) {
        dimension.when().forEach((parent, values) -> {
            Dimension other = dimensions.get(parent);
            if (other == null) {
                throw new MoviolaException("a condition must be about a parameter added before, but " + dimension.name()
                        + " depends on " + parent + "; there are " + dimensions.keySet());
            }
            for (Object value : values) {
                if (!other.domain().holds(value)) {
                    throw new MoviolaException("a condition must name values of " + parent + ", which lies in "
                            + other.domain().toParameters() + ", but " + dimension.name() + " waits for " + value);
                }
            }
            if (values.isEmpty() || other.domain().size() == 0) {
                throw new MoviolaException(
                        "a condition must name one or more values of a parameter with few values, but "
                                + dimension.name() + " depends on " + parent + " in " + values);
            }
        });
        return dimension;
    }
}
