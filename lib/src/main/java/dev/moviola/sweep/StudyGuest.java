package dev.moviola.sweep;

import dev.moviola.MoviolaException;
import dev.moviola.ledger.Parameters;
import dev.moviola.sweep.internal.Wire;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Works on a study that another process of this machine holds. Used by one thread at a time; several threads come in
 * several times.
 */
public final class StudyGuest implements AutoCloseable {
    private final Wire wire;
    private @Nullable String over;

    private StudyGuest(Wire wire) {
        this.wire = wire;
    }

    /**
     * Something to try.
     *
     * @param number the trial
     * @param settings what to try
     */
    public record Task(long number, Parameters settings) {}

    /** The other process has gone. */
    public static final class HostGone extends MoviolaException {
        private static final long serialVersionUID = 1L;

        HostGone(Throwable cause) {
            super("the process that holds the study must stay, but has gone; resume to go on", cause);
        }
    }

    /** Comes in to the study of a run; empty when nobody lets in there. */
    public static Optional<StudyGuest> join(Path folder) {
        return Wire.join(folder.resolve(Wire.FILE)).map(StudyGuest::new);
    }

    /**
     * The next trial; waits while others may yet give one back. Empty when there will be none, and {@link #whyOver} says
     * why.
     *
     * @throws HostGone when the process that holds the study has ended
     */
    public Optional<Task> next() throws InterruptedException {
        while (true) {
            Parameters answer = ask(Parameters.of("do", "next"));
            if (answer.has("over")) {
                over = answer.text("over");
                return Optional.empty();
            }
            if (answer.has("trial")) {
                return Optional.of(new Task(answer.integer("trial"), answer.object("settings")));
            }
            Thread.sleep(Wire.WAIT_MILLIS);
        }
    }

    /** Why there was no next trial; empty before. */
    public String whyOver() {
        return over == null ? "" : over;
    }

    /**
     * Has the process that holds the study do what of a trial only it may do, and waits for that.
     *
     * @return what it gives for the rest; empty when the trial stays open and there will be no other, and {@link #whyOver}
     *     says why
     * @throws HostGone when the process that holds the study has ended
     * @throws MoviolaException when this attempt at the trial has failed
     */
    public Optional<Parameters> prepare(Task task) {
        Parameters answer = ask(about("prepare", task));
        if (answer.has("over")) {
            over = answer.text("over");
            return Optional.empty();
        }
        return Optional.of(answer.object("prepared"));
    }

    /** Ends a trial of which the process that holds the study finds the values. */
    public void conclude(Task task) {
        ask(about("conclude", task));
    }

    /** Reports what a trial has reached so far; whether going on is not worth it. */
    public boolean report(Task task, long step, double value) {
        return ask(about("report", task).with("step", step).with("value", value))
                .flag("prune", false);
    }

    /** Ends a trial with the values that it reached, one for each goal. */
    public void tell(Task task, double[] values) {
        ask(about("tell", task).with("values", Arrays.stream(values).boxed().toList()));
    }

    /** Ends one attempt at a trial, as {@link Study#tellAttemptFailed}. */
    public void tellAttemptFailed(Task task, String why, int most) {
        ask(about("fail", task).with("why", why).with("most", most));
    }

    /** Ends a trial early. */
    public void tellPruned(Task task) {
        ask(about("prune", task));
    }

    /** Leaves. A trial that was not told is given back. May be called by any thread, also while another waits. */
    @Override
    public void close() {
        wire.close();
    }

    private static Parameters about(String what, Task task) {
        return Parameters.of("do", what, "trial", task.number());
    }

    private synchronized Parameters ask(Parameters question) {
        try {
            wire.write(question);
            Parameters answer = wire.read();
            if (answer == null) {
                throw new HostGone(new IOException("end of stream"));
            }
            if (answer.has("error")) {
                throw new MoviolaException(answer.text("error"));
            }
            return answer;
        } catch (IOException e) {
            throw new HostGone(e);
        }
    }
}
