package dev.moviola.dispatch;

import dev.moviola.MoviolaException;
import dev.moviola.backend.VideoBackend;
import dev.moviola.dispatch.internal.Engine;
import dev.moviola.dispatch.internal.RunStore;
import dev.moviola.ledger.Job;
import dev.moviola.ledger.Ledger;
import dev.moviola.ledger.Run;
import java.util.Collections;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Brings the jobs of a run to a backend and their files back.
 *
 * <p>A dispatch first takes up what an earlier one left open: submissions that were accepted are polled under their
 * external id and never submitted again; of those whose answer is not known the backend is asked. Then come the READY
 * jobs of the ledger, then those of the source, which is pulled only as fast as jobs are submitted, on a thread of its
 * own. Jobs that the ledger holds already are not added again.
 *
 * <p>Each submission is written to the ledger before the backend is called, its external id before it is polled, and
 * its files are checked and kept before its jobs are DONE. A job that {@link VideoBackend#check} refuses, or that
 * depends on a job that failed, ends as CANCELLED without a submission. Refused keys and used-up credit end the
 * dispatch and leave the jobs READY.
 *
 * <p>May be used for one dispatch; {@link #drain()} and {@link #stop()} may be called by any thread.
 */
public final class Dispatcher {
    private final Ledger ledger;
    private final ArtefactStore store;
    private final VideoBackend backend;
    private final DispatchOptions options;
    private DispatchListener listener = progress -> {};
    private @Nullable Engine engine;
    private boolean drained;
    private boolean stopped;

    private Dispatcher(Ledger ledger, ArtefactStore store, VideoBackend backend, DispatchOptions options) {
        this.ledger = ledger;
        this.store = store;
        this.backend = backend;
        this.options = options;
    }

    /** A dispatcher that keeps books and files in {@code run}, which must be open for writing. */
    public static Dispatcher of(Run run, VideoBackend backend, DispatchOptions options) {
        return new Dispatcher(run.ledger(), new RunStore(run), backend, options);
    }

    /** A dispatcher that keeps its books in {@code ledger} and its files in {@code store}. */
    public static Dispatcher of(Ledger ledger, ArtefactStore store, VideoBackend backend, DispatchOptions options) {
        return new Dispatcher(ledger, store, backend, options);
    }

    /** Has {@code newListener} told how the dispatch goes. To be called before {@link #run}. */
    public synchronized Dispatcher listener(DispatchListener newListener) {
        listener = newListener;
        return this;
    }

    /** Dispatches what the ledger holds. Blocks until nothing is left that could be submitted. */
    public DispatchSummary run() {
        return run(Collections.emptyIterator());
    }

    /**
     * Dispatches what the ledger holds and {@code source} gives. Blocks until nothing is left that could be submitted.
     *
     * @throws MoviolaException when the ledger cannot be written any more, or the source fails
     */
    public DispatchSummary run(Iterator<Job> source) {
        Engine mine;
        synchronized (this) {
            if (engine != null) {
                throw new MoviolaException("a dispatcher serves one dispatch; make another one for the next");
            }
            mine = new Engine(ledger, store, backend, options, source, listener);
            engine = mine;
            if (drained) {
                mine.drain();
            }
            if (stopped) {
                mine.stop();
            }
        }
        return mine.run();
    }

    /** Submits nothing more; {@link #run} returns when what is in flight has ended. */
    public synchronized void drain() {
        drained = true;
        if (engine != null) {
            engine.drain();
        }
    }

    /**
     * Lets {@link #run} return within a few seconds. Accepted submissions stay open in the ledger, so that the next
     * dispatch asks after them.
     */
    public synchronized void stop() {
        stopped = true;
        if (engine != null) {
            engine.stop();
        }
    }
}
