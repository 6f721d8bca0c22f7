package dev.moviola.campaign;

import dev.moviola.MoviolaException;
import dev.moviola.backend.VideoBackend;
import dev.moviola.campaign.internal.ClipMaker;
import dev.moviola.campaign.internal.EarlierClips;
import dev.moviola.defect.Scorer;
import dev.moviola.dispatch.DispatchOptions;
import dev.moviola.ledger.Artefact;
import dev.moviola.ledger.Job;
import dev.moviola.ledger.Parameters;
import dev.moviola.ledger.Run;
import dev.moviola.sweep.StudyDoor;
import dev.moviola.sweep.StudyGuest;
import dev.moviola.sweep.Trial;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the clips of a sweep's trials score, in the process that holds the run. Safe for use by several threads.
 *
 * <p>This process stays the only one that submits, polls, fetches and writes to the ledger, for the trials of guests too.
 * One dispatcher then keeps the rate limit and the spend cap over all processes, and every intent is on the ledger before
 * its submit and every hash before its success, as if there were one process: a guest holds nothing that could be paid
 * twice or lost. When it is killed its trial is given back, whose clip is in the run. Guests take over what needs neither
 * the ledger nor the outside: decoding and scoring. They leave the report in the run's folder under the hash of the clip,
 * where this process finds it as if it had written it; where it is not, this process scores the clip itself.
 */
final class ClipObjective implements StudyDoor.HostPart, AutoCloseable {
    private static final String PATH = "path";
    private static final String SHA256 = "sha256";

    private final SweepSpec spec;
    private final ClipMaker clips;
    private final Scoring scoring;
    private final @Nullable EarlierClips earlier;
    private final Runnable leftOpen;

    /**
     * Begins to dispatch.
     *
     * @param earlier clips that are taken over
     * @param leftOpen told when the trial of a guest stays open
     */
    ClipObjective(
            SweepSpec spec,
            Run run,
            VideoBackend backend,
            DispatchOptions options,
            @Nullable EarlierClips earlier,
            Runnable leftOpen) {
        this.spec = spec;
        this.earlier = earlier;
        this.leftOpen = leftOpen;
        this.scoring = Scoring.of(run, Scorer.standard());
        this.clips = new ClipMaker(run, backend, options);
    }

    /**
     * The values of a trial of this process.
     *
     * @throws MoviolaException when its clip cannot be made or scored
     * @throws InterruptedException when it is not known whether there will be a clip, or no more are made
     */
    double[] tried(Trial trial) throws InterruptedException {
        return values(clip(trial));
    }

    @Override
    public Parameters prepare(Trial trial) throws InterruptedException {
        try {
            Artefact clip = clip(trial);
            return Parameters.of(PATH, clip.path(), SHA256, clip.sha256());
        } catch (InterruptedException e) {
            leftOpen.run();
            String why = clips.whyOver();
            throw new InterruptedException(why.isEmpty() ? String.valueOf(e.getMessage()) : why);
        }
    }

    @Override
    public double[] values(Trial trial) {
        return values(clips.made(job(trial))
                .orElseThrow(() -> new MoviolaException(
                        "the clip of trial " + trial.number() + " must be made before it is scored, but is not")));
    }

    /**
     * What a guest does of a trial.
     *
     * @param runFolder the run's folder
     * @return whether there may be another trial
     * @throws MoviolaException when this attempt at the trial has failed
     */
    static boolean help(StudyGuest guest, StudyGuest.Task task, Path runFolder, Scorer scorer) {
        Optional<Parameters> made = guest.prepare(task);
        if (made.isEmpty()) {
            return false;
        }
        Path clip = runFolder.resolve(made.get().text(PATH));
        Scoring.reportOf(runFolder, made.get().text(SHA256), clip, scorer);
        guest.conclude(task);
        return true;
    }

    /** Lets what is in flight end, and begins nothing more. */
    void drain() {
        clips.drain();
    }

    /** Ends within a few seconds. */
    void stop() {
        clips.stop();
    }

    /** Why no more clips are made; empty while they are. */
    String whyOver() {
        return clips.whyOver();
    }

    /** Ends when nothing is wanted any more. */
    @Override
    public void close() {
        clips.close();
    }

    private Artefact clip(Trial trial) throws InterruptedException {
        Job job = job(trial);
        EarlierClips index = earlier;
        if (index != null) {
            index.find(job.key()).ifPresent(found -> clips.takeOver(job, found.file(), found.run()));
        }
        return clips.clip(job);
    }

    private double[] values(Artefact clip) {
        return ProgramObjective.numbers(spec.goals(), scoring.reportOf(clip).metrics());
    }

    private Job job(Trial trial) {
        return SweepPlanner.job(spec, trial.number(), trial.settings());
    }
}
