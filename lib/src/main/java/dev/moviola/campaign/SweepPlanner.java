package dev.moviola.campaign;

import dev.moviola.MoviolaException;
import dev.moviola.backend.VideoBackend;
import dev.moviola.command.CommandOptions;
import dev.moviola.command.CommandValue;
import dev.moviola.defect.Scorer;
import dev.moviola.ledger.Job;
import dev.moviola.ledger.Money;
import dev.moviola.ledger.Parameters;
import dev.moviola.rehearsal.Rehearsal;
import dev.moviola.sweep.Dimension;
import dev.moviola.sweep.Domain;
import dev.moviola.sweep.SamplerChoice;
import dev.moviola.sweep.SamplerSession;
import dev.moviola.sweep.Space;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Finds out what a sweep would do, and whether it makes sense, before anything runs. */
final class SweepPlanner {
    static final String LISTED = "the listed price";
    private static final Set<String> LEARN = Set.of("tpe", "cmaes", "gp", "nsga2");
    private static final int MOST_PLANNED = 100_000;
    private static final int DRAWS = 200;

    private SweepPlanner() {}

    static SweepPlan plan(SweepSpec spec, SweepBudget found) {
        SamplerChoice choice = spec.choice();
        List<Parameters> settings = new ArrayList<>(spec.enqueued());
        boolean learns = LEARN.contains(choice.sampler().name());
        SamplerSession session = choice.sampler().start(spec.space());
        long known = spec.known().size();
        for (int i = 0; i < spec.enqueued().size(); i++) {
            session.asked(known + i, spec.enqueued().get(i));
        }
        long trials = spec.trials();
        while (!learns && settings.size() < Math.min(MOST_PLANNED, spec.trials())) {
            Optional<Parameters> next = session.ask(known + settings.size());
            if (next.isEmpty()) {
                trials = settings.size();
                break;
            }
            session.asked(known + settings.size(), next.get());
            settings.add(next.get());
        }
        SweepBudget budget = settings.isEmpty() ? found : found.withEach(price(spec, settings));
        trials = budget.of(trials);
        if (trials < settings.size()) {
            settings = settings.subList(0, (int) trials);
        }
        Duration pace = budget.pace();
        return new SweepPlan(
                choice.sampler().name(),
                choice.why(),
                trials,
                settings,
                budget.each(),
                budget.each().times(trials),
                pace == null ? null : pace.multipliedBy(trials),
                budget);
    }

    /** What money and time allow, by the mean price of settings drawn at random. */
    static SweepBudget budget(SweepSpec spec, int parallel) {
        Money each = price(spec);
        Duration pace = null;
        String from = "";
        if (spec.command() == null) {
            try (VideoBackend backend = unreached(spec)) {
                double rate = backend.capabilities().submitsPerSecond();
                if (spec.backend().name().equals("rehearsal")) {
                    pace = measured(job(spec, -1, sample(spec))).dividedBy(parallel);
                    from = "measured on one clip, " + parallel + " at a time";
                } else if (!Double.isInfinite(rate)) {
                    pace = Duration.ofNanos((long) (1e9 / rate));
                    from = "the rate at which the backend takes them; how long it works on one is not known beforehand";
                }
            }
        }
        return new SweepBudget(spec.limits().spendCap(), each, LISTED, spec.time(), pace, from);
    }

    /** The mean price of a clip, rounded up. */
    private static Money price(SweepSpec spec, List<Parameters> settings) {
        if (spec.command() != null) {
            return Money.ZERO;
        }
        long ticks = 0;
        try (VideoBackend backend = unreached(spec)) {
            for (Parameters some : settings) {
                ticks += backend.price(List.of(job(spec, -1, some))).ticks();
            }
        }
        return new Money((ticks + settings.size() - 1) / settings.size());
    }

    /** The mean price of a clip with settings drawn at random. */
    static Money price(SweepSpec spec) {
        return price(spec, drawn(spec));
    }

    private static List<Parameters> drawn(SweepSpec spec) {
        SamplerSession draws = dev.moviola.sweep.Sampler.random().start(spec.space());
        List<Parameters> drawn = new ArrayList<>();
        for (int i = 0; i < DRAWS; i++) {
            draws.ask(i).ifPresent(drawn::add);
        }
        return drawn.isEmpty() ? List.of(sample(spec)) : drawn;
    }

    static void check(SweepSpec spec) {
        Parameters sample = sample(spec);
        if (spec.command() != null) {
            Map<String, Map<String, List<Object>>> known = names(spec.space());
            for (String name : CommandValue.names(spec.command())) {
                Map<String, List<Object>> when = known.get(name);
                if (when == null) {
                    throw new MoviolaException("a command may name the parameters of its space, but {" + name
                            + "} is none; there are " + known.keySet());
                }
                if (!when.isEmpty()) {
                    throw new MoviolaException("a command may name parameters that every trial has, but {" + name
                            + "} is there only when " + when + "; use {" + ProgramObjective.SETTINGS
                            + "}, a JSON object of those that a trial has");
                }
            }
            CommandValue.of(spec.command(), CommandOptions.in(Path.of(""))).close();
            return;
        }
        try (VideoBackend backend = unreached(spec)) {
            backend.check(job(spec, -1, sample)).ifPresent(failure -> {
                throw new MoviolaException(failure.message());
            });
        }
    }

    /** What a command may name, and the condition on which it is there. */
    private static Map<String, Map<String, List<Object>>> names(Space space) {
        Map<String, Map<String, List<Object>>> names = new TreeMap<>();
        names.put("trial", Map.of());
        names.put(ProgramObjective.SETTINGS, Map.of());
        for (Dimension dimension : space.dimensions()) {
            if (dimension.domain() instanceof Domain.Simplex simplex) {
                simplex.parts().forEach(part -> names.put(dimension.name() + "." + part, dimension.when()));
            } else {
                names.put(dimension.name(), dimension.when());
            }
        }
        return names;
    }

    private static Parameters sample(SweepSpec spec) {
        return dev.moviola.sweep.Sampler.random()
                .start(spec.space())
                .ask(0)
                .orElseThrow(() -> new MoviolaException("the space has no settings that keep its constraints"));
    }

    static Job job(SweepSpec spec, long trial, Parameters settings) {
        Parameters parameters =
                spec.backend().request().with("prompt", spec.prompt()).with(settings);
        return Job.generate(parameters, Parameters.of("trial", trial, "base_prompt", spec.prompt()));
    }

    private static VideoBackend unreached(SweepSpec spec) {
        return spec.backend().name().equals("rehearsal")
                ? Rehearsal.tuned(1)
                : Backends.unreached(spec.backend(), spec.limits());
    }

    private static Duration measured(Job job) {
        long began = 0;
        try {
            Path folder = Files.createTempDirectory("moviola-plan");
            try {
                // The first warms up.
                for (int i = 0; i < 2; i++) {
                    began = System.nanoTime();
                    Path clip = folder.resolve(i + ".mp4");
                    Rehearsal.renderTuned(job.parameters(), clip);
                    Scorer.standard().score(clip);
                }
            } finally {
                try (Stream<Path> left = Files.walk(folder).sorted(Comparator.reverseOrder())) {
                    for (Path path : left.toList()) {
                        Files.delete(path);
                    }
                }
            }
        } catch (IOException e) {
            throw new MoviolaException("no clip can be made to measure the time: " + e.getMessage(), e);
        }
        return Duration.ofNanos(System.nanoTime() - began);
    }
}
