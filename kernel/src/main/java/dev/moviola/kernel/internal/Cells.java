package dev.moviola.kernel.internal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moviola.display.Answerer;
import dev.moviola.display.Display;
import dev.moviola.display.DisplayTarget;
import dev.moviola.display.MimeBundle;
import dev.moviola.display.PageLine;
import dev.moviola.kernel.engine.Cell;
import dev.moviola.kernel.engine.CellError;
import dev.moviola.kernel.engine.CellOutcome;
import dev.moviola.kernel.engine.Engine;
import dev.moviola.kernel.engine.StandardStreams;
import dev.moviola.kernel.protocol.KernelThread;
import dev.moviola.kernel.protocol.Message;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Runs cells and hands on what they show, whoever asks for it: a client over sockets or a program. Takes over the
 * standard streams and what is displayed until closed. Safe for use by many threads.
 */
public final class Cells implements AutoCloseable {
    private final CompletableFuture<CellRunner> runner = new CompletableFuture<>();
    private final Set<Cell> running = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor timer = timer();
    private final StandardStreams streams = StandardStreams.redirect();
    private final Display.Redirect display = Display.redirect(new Target());
    private final CommHub comms = new CommHub(this::publish);
    private final PageLines pages = new PageLines(comms);
    private volatile @Nullable StreamOutput latest;
    private volatile boolean closed;

    /**
     * How a cell ended.
     *
     * @param error why it failed; null if it did not
     * @param expressions the answers to the expressions that came with it
     */
    public record Executed(@Nullable CellError error, ObjectNode expressions) {}

    private static ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor timer =
                new ScheduledThreadPoolExecutor(1, work -> new KernelThread("moviola-output", work));
        // A thread that a cell's first line started would belong to that cell and be stopped with it.
        timer.prestartCoreThread();
        return timer;
    }

    /** Brings the session with the compiler up; cells that are executed meanwhile wait for it. */
    public void open() {
        try {
            Engine engine = new Engine();
            engine.addToClassPath(standingClassPath());
            runner.complete(new CellRunner(engine));
            do {
                awaitNoCell();
            } while (engine.getReady());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            runner.completeExceptionally(e);
        }
    }

    /** A cell that somebody waits for comes first. */
    private void awaitNoCell() throws InterruptedException {
        synchronized (running) {
            while (!running.isEmpty()) {
                running.wait();
            }
        }
    }

    /** One that begins when all is closed would run for ever: nobody could stop it. */
    private void begun(Cell cell) {
        running.add(cell);
        if (closed) {
            cell.stop();
        }
    }

    private void ended(Cell cell) {
        synchronized (running) {
            running.remove(cell);
            running.notifyAll();
        }
    }

    /** What an installed kernel lets every notebook see. */
    private static List<Path> standingClassPath() {
        String named = System.getProperty("moviola.kernel.classpath", "");
        return Arrays.stream(named.split(File.pathSeparator))
                .filter(entry -> !entry.isBlank())
                .map(Path::of)
                .toList();
    }

    /** The session; waits until it is up. */
    public Engine engine() {
        return runner.join().engine();
    }

    /** What documents a library of the session; fetched when it is not there yet. */
    public Optional<Path> sources(Path jar) {
        return runner.join().sources(jar);
    }

    /**
     * Runs a cell.
     *
     * @param number its execution count
     * @param outlet gets what it shows, its result and its error
     * @param question asks the user on its behalf
     * @param expressions by name, evaluated after it if it did not fail
     */
    public Executed execute(
            int number,
            String code,
            StreamOutput.Outlet outlet,
            StreamOutput.Question question,
            Map<String, String> expressions) {
        StreamOutput output = new StreamOutput(outlet, question, timer, comms);
        latest = output;
        Cell cell = new Cell(number, output);
        begun(cell);
        try {
            return execute(cell, output, code, expressions);
        } finally {
            ended(cell);
        }
    }

    private Executed execute(Cell cell, StreamOutput output, String code, Map<String, String> expressions) {
        CellRunner cells = runner.join();
        CellOutcome outcome = cells.run(cell, code);
        CellError error = outcome.error();
        if (error != null) {
            output.publish("error", content(error));
            return new Executed(error, Message.object());
        }
        if (outcome.value() instanceof MimeBundle bundle) {
            output.publish("execute_result", Bundles.content(bundle).put("execution_count", cell.number()));
        }
        ObjectNode answers = Message.object();
        expressions.forEach((name, expression) -> answers.set(name, evaluated(cells, cell, expression)));
        output.flush();
        return new Executed(null, answers);
    }

    private static ObjectNode evaluated(CellRunner cells, Cell cell, String expression) {
        CellOutcome outcome = cells.run(cell, expression);
        if (outcome.error() != null) {
            return content(outcome.error()).put("status", "error");
        }
        MimeBundle bundle = outcome.value() instanceof MimeBundle shown ? shown : MimeBundle.text("null");
        return Bundles.content(bundle).put("status", "ok");
    }

    /** Registered targets and open comms. */
    CommHub comms() {
        return comms;
    }

    /** Where the pages of shown values ask for more. */
    PageLines pages() {
        return pages;
    }

    /** The names of all magics; waits until the session is up. */
    List<String> magicNames() {
        return runner.join().magicNames();
    }

    /** Does {@code work} as a cell would, so that it can print, display and be stopped. */
    void perform(StreamOutput.Outlet outlet, Runnable work) {
        StreamOutput output = new StreamOutput(outlet, Cells::nobody, timer, comms);
        Cell cell = new Cell(0, output);
        begun(cell);
        try {
            CellOutcome outcome = runner.join().engine().call(cell, () -> {
                work.run();
                return null;
            });
            if (outcome.error() != null) {
                output.publish(
                        "stream",
                        Message.object()
                                .put("name", "stderr")
                                .put("text", String.join("\n", outcome.error().traceback()) + "\n"));
            }
            output.flush();
        } finally {
            ended(cell);
        }
    }

    private static String nobody(String prompt, boolean password) {
        throw new UnsupportedOperationException("only a cell can ask the user");
    }

    private void publish(String type, ObjectNode content) {
        Cell cell = Cell.current();
        StreamOutput output = cell != null && cell.output() instanceof StreamOutput own ? own : latest;
        if (output != null) {
            output.publish(type, content);
        }
    }

    /** An error as the protocol wants it. */
    static ObjectNode content(CellError error) {
        ObjectNode content = Message.object().put("ename", error.name()).put("evalue", error.message());
        ArrayNode traceback = content.putArray("traceback");
        error.traceback().forEach(traceback::add);
        return content;
    }

    /** Stops all running cells. */
    public void interrupt() {
        running.forEach(Cell::stop);
    }

    /** Gives streams and display back. Running cells are asked to stop. */
    @Override
    public void close() {
        closed = true;
        interrupt();
        display.close();
        streams.close();
        timer.shutdownNow();
        if (runner.isDone() && !runner.isCompletedExceptionally()) {
            runner.join().engine().close();
        }
    }

    private final class Target implements DisplayTarget {
        @Override
        public void show(String id, MimeBundle bundle) {
            publish("display_data", id, bundle);
        }

        @Override
        public void update(String id, MimeBundle bundle) {
            publish("update_display_data", id, bundle);
        }

        @Override
        public Optional<PageLine> answering(Answerer answerer) {
            return pages.add(answerer);
        }

        private void publish(String type, String id, MimeBundle bundle) {
            ObjectNode content = Bundles.content(bundle);
            content.putObject("transient").put("display_id", id);
            Cells.this.publish(type, content);
        }
    }
}
