package dev.moviola.sweep;

import dev.moviola.ledger.Parameters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the sampler of a study is told, and when: as it happens, or in the order of the trials, a fixed number of them
 * behind what it proposes. Used by one thread at a time.
 */
final class SamplerFeed {
    private final Sampler sampler;
    private final Goals goals;
    private final boolean spaceGrows;
    private final int ahead;
    private final List<TrialRecord> history = new ArrayList<>();
    private final Map<Long, TrialRecord> held = new HashMap<>();
    private long told;
    private @Nullable SamplerSession session;

    /**
     * A feed that has told nothing.
     *
     * @param spaceGrows whether what may be tried is found out by trials
     * @param ahead how many trials the sampler is behind; 0 to tell it what happens when it does
     */
    SamplerFeed(Sampler sampler, Space space, Goals goals, boolean spaceGrows, int ahead) {
        this.sampler = sampler;
        this.goals = goals;
        this.spaceGrows = spaceGrows;
        this.ahead = ahead;
        this.session = spaceGrows ? null : sampler.start(space);
    }

    /** The space has another parameter: the sampler begins anew, and learns again all that has happened. */
    void spaceGrew() {
        session = null;
    }

    /** Whether a trial that comes so much before trial {@code number} has not ended that it cannot be proposed yet. */
    boolean waits(long number) {
        for (long before = told; ahead > 0 && before <= number - ahead; before++) {
            if (!held.containsKey(before)) {
                return true;
            }
        }
        return false;
    }

    /** What the sampler proposes for trial {@code number}, which does not wait. */
    Optional<Parameters> ask(Space space, long number) {
        SamplerSession at = session;
        if (at == null) {
            at = sampler.start(space);
            for (TrialRecord trial : history) {
                tell(at, trial);
            }
            session = at;
        }
        catchUp(at, number);
        return at.ask(number);
    }

    /** A trial has begun or ended. */
    void happened(TrialRecord trial) {
        if (spaceGrows) {
            history.add(trial);
        }
        if (ahead > 0 && trial.state() != TrialState.RUNNING) {
            held.put(trial.number(), trial);
        } else if (session != null) {
            catchUp(session, trial.number());
            tell(session, trial);
        }
    }

    private void catchUp(SamplerSession at, long number) {
        for (; ahead > 0 && told <= number - ahead; told++) {
            TrialRecord ended = held.remove(told);
            if (ended == null) {
                return;
            }
            tell(at, ended);
        }
    }

    private void tell(SamplerSession at, TrialRecord trial) {
        if (trial.state() == TrialState.RUNNING) {
            at.asked(trial.number(), trial.settings());
            return;
        }
        boolean complete = trial.state() == TrialState.COMPLETE;
        if (complete && goals.several()) {
            at.tell(trial.number(), trial.settings(), goals.losses(trial));
        } else {
            at.tell(trial.number(), trial.settings(), complete ? Double.valueOf(goals.losses(trial)[0]) : null);
        }
    }
}
