package dev.moviola.frame;

import dev.moviola.ledger.Artefact;
import dev.moviola.ledger.JobRecord;
import dev.moviola.ledger.Ledger;
import dev.moviola.ledger.Parameters;
import dev.moviola.sweep.TrialRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Which clip shows what a trial tried. */
public final class TrialClips {
    private TrialClips() {}

    /**
     * The clips of trials, by number of the trial: of each trial the first clip in the ledger that was asked for with all
     * of its settings. Trials with the same settings share one; those without a clip are absent.
     */
    public static Map<Long, Artefact> of(Ledger ledger, Collection<TrialRecord> trials) {
        List<JobRecord> jobs = new ArrayList<>();
        ledger.eachJob(job -> {
            if (job.artefacts().stream().anyMatch(TrialClips::isClip)) {
                jobs.add(job);
            }
        });
        // Settings of trials differ in what is active; clips are found by the settings of one such set at a time.
        Map<Set<String>, Map<String, Artefact>> known = new HashMap<>();
        Map<Long, Artefact> clips = new TreeMap<>();
        for (TrialRecord trial : trials) {
            Set<String> names = trial.settings().asMap().keySet();
            Map<String, Artefact> bySettings = known.computeIfAbsent(new HashSet<>(names), any -> index(jobs, names));
            Artefact clip = bySettings.get(trial.settings().json());
            if (clip != null) {
                clips.put(trial.number(), clip);
            }
        }
        return Collections.unmodifiableMap(clips);
    }

    private static Map<String, Artefact> index(List<JobRecord> jobs, Set<String> names) {
        Map<String, Artefact> index = new HashMap<>();
        for (JobRecord record : jobs) {
            Map<String, Object> asked = new HashMap<>(record.job().parameters().asMap());
            asked.keySet().retainAll(names);
            if (asked.size() == names.size()) {
                record.artefacts().stream()
                        .filter(TrialClips::isClip)
                        .findFirst()
                        .ifPresent(
                                clip -> index.putIfAbsent(Parameters.of(asked).json(), clip));
            }
        }
        return index;
    }

    private static boolean isClip(Artefact artefact) {
        return artefact.role().equals(Artefact.CLIP) || artefact.mediaType().startsWith("video/");
    }
}
