package dev.moviola.sweep;

import dev.moviola.MoviolaException;
import dev.moviola.ledger.Parameters;
import java.util.ArrayList;
import java.util.List;

/** What a study is set up with, which must not change while it lasts but for a space that trials find out. */
record StudySetup(Space space, boolean defineByRun, Goals goals, Sampler sampler, int inOrder) {
    /** As it is kept in a run. */
    Parameters toParameters() {
        return Parameters.of(
                        "space",
                        space.toParameters(),
                        "define_by_run",
                        defineByRun,
                        "metric",
                        goals.first().metric(),
                        "direction",
                        goals.first().direction(),
                        "sampler",
                        sampler.name(),
                        "seed",
                        sampler.seed())
                .with(
                        "goals",
                        goals.several()
                                ? goals.all().stream()
                                        .map(goal -> goal.direction() + " " + goal.metric())
                                        .toList()
                                : null)
                .with("in_order", inOrder == 0 ? null : inOrder);
    }

    /** The goals of what was kept. */
    static Goals goals(Parameters kept) {
        List<Goal> goals = new ArrayList<>();
        for (Object several : kept.list("goals")) {
            String text = String.valueOf(several);
            int space = text.indexOf(' ');
            goals.add(new Goal(text.substring(space + 1), Direction.valueOf(text.substring(0, space))));
        }
        return goals.isEmpty()
                ? Goals.of(new Goal(kept.text("metric"), Direction.valueOf(kept.text("direction"))))
                : new Goals(goals);
    }

    /**
     * This set-up, gone on with from what was kept.
     *
     * @throws MoviolaException when the two do not agree
     */
    StudySetup resuming(Parameters kept) {
        Parameters now = toParameters();
        boolean wasDefineByRun = kept.flag("define_by_run", false);
        Space before = kept.object("space").list("parameters").isEmpty()
                ? Space.empty()
                : Space.parse(kept.object("space").json());
        boolean same = defineByRun || (!wasDefineByRun && before.equals(space));
        if (!same) {
            throw new MoviolaException("a study must keep its space when it is resumed: it was " + before
                    + ", but now is " + space + "; leave the space out to go on, or begin another study");
        }
        for (String key : List.of("metric", "direction", "goals", "sampler", "seed", "in_order")) {
            if (!kept.find(key).equals(now.find(key))) {
                throw new MoviolaException("a study must keep its " + key + " when it is resumed: it was "
                        + kept.find(key).orElse("none") + ", but now is "
                        + now.find(key).orElse("none") + "; set it as before to go on, or begin another study");
            }
        }
        return new StudySetup(before, wasDefineByRun, goals, sampler, inOrder);
    }
}
