package dev.moviola.report;

import dev.moviola.frame.TrialClips;
import dev.moviola.ledger.Artefact;
import dev.moviola.ledger.Ledger;
import dev.moviola.sweep.StudySnapshot;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The sweep of a run.
 *
 * @param study its trials
 * @param clips the clips that show what trials tried, by number of the trial; empty where the values came from a program
 */
public record SweepFindings(StudySnapshot study, Map<Long, Artefact> clips) {
    /** Copies the map. */
    public SweepFindings {
        clips = java.util.Collections.unmodifiableMap(new TreeMap<>(clips));
    }

    /** The sweep in a ledger; empty where there is none. */
    public static Optional<SweepFindings> of(Ledger ledger) {
        return StudySnapshot.of(ledger).map(study -> new SweepFindings(study, TrialClips.of(ledger, study.trials())));
    }
}
