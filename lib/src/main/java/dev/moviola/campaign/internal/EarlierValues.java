package dev.moviola.campaign.internal;

import dev.moviola.MoviolaException;
import dev.moviola.campaign.Sweep;
import dev.moviola.campaign.SweepSpec;
import dev.moviola.command.CommandValue;
import dev.moviola.ledger.Job;
import dev.moviola.ledger.JobKey;
import dev.moviola.ledger.Parameters;
import dev.moviola.ledger.Run;
import dev.moviola.sweep.Goal;
import dev.moviola.sweep.StudySnapshot;
import dev.moviola.sweep.TrialRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What programs gave in earlier sweeps, by the content of their call: the command and the values in it. Immutable. */
public final class EarlierValues {
    private final SweepSpec spec;
    private final Map<JobKey, double[]> values;

    private EarlierValues(SweepSpec spec, Map<JobKey, double[]> values) {
        this.spec = spec;
        this.values = values;
    }

    /**
     * Looks through the sweeps in {@code runsRoot} that had the same command and all goals of {@code spec}, but not
     * {@code own}; runs that cannot be read are passed over.
     */
    public static EarlierValues in(Path runsRoot, Path own, SweepSpec spec) {
        Map<JobKey, double[]> values = new HashMap<>();
        for (Path folder : EarlierClips.runs(runsRoot)) {
            if (folder.toAbsolutePath().normalize().equals(own.toAbsolutePath().normalize())) {
                continue;
            }
            try (Run run = Run.look(folder)) {
                if (run.spec().text("type", "").equals(SweepSpec.TYPE)) {
                    SweepSpec earlier = Sweep.spec(run);
                    List<Integer> places = places(earlier, spec);
                    if (!places.isEmpty()) {
                        StudySnapshot.of(run).ifPresent(study -> study.complete().stream()
                                .filter(trial ->
                                        trial.number() >= earlier.known().size())
                                .forEach(trial -> values.put(
                                        key(spec, trial.number(), trial.settings()), picked(trial, places))));
                    }
                }
            } catch (MoviolaException e) {
                System.getLogger("dev.moviola.campaign")
                        .log(System.Logger.Level.DEBUG, "the run " + folder + " is passed over", e);
            }
        }
        return new EarlierValues(spec, values);
    }

    /** What the program gave to those settings, if an earlier sweep has it. */
    public Optional<double[]> find(long trial, Parameters settings) {
        return Optional.ofNullable(values.get(key(spec, trial, settings)));
    }

    /** Where the goals of {@code spec} stand among those of an earlier sweep; empty when they cannot be taken over. */
    private static List<Integer> places(SweepSpec earlier, SweepSpec spec) {
        String command = earlier.command();
        List<Integer> places = new ArrayList<>();
        if (command != null && command.equals(spec.command())) {
            List<String> metrics = earlier.goals().stream().map(Goal::metric).toList();
            for (Goal goal : spec.goals()) {
                int place = metrics.indexOf(goal.metric());
                if (place < 0) {
                    return List.of();
                }
                places.add(place);
            }
        }
        return places;
    }

    private static double[] picked(TrialRecord trial, List<Integer> places) {
        return places.stream().mapToDouble(place -> trial.values().get(place)).toArray();
    }

    private static JobKey key(SweepSpec spec, long trial, Parameters settings) {
        String command = String.valueOf(spec.command());
        boolean numbered = CommandValue.names(command).contains("trial");
        Parameters content = Parameters.of("command", command, "settings", settings);
        return Job.of("program", content.with("trial", numbered ? trial : null), Parameters.none())
                .key();
    }
}
