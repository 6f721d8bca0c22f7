package dev.moviola.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moviola.dispatch.ArtefactCheck;
import dev.moviola.dispatch.DispatchOptions;
import dev.moviola.dispatch.DispatchSummary;
import dev.moviola.dispatch.Dispatcher;
import dev.moviola.ledger.Billed;
import dev.moviola.ledger.Failure;
import dev.moviola.ledger.Job;
import dev.moviola.ledger.JobState;
import dev.moviola.ledger.Parameters;
import dev.moviola.ledger.Run;
import dev.moviola.ledger.Submission;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is told to end by SIGTERM while programs run for it. */
class TerminatedProcessTest {
    private static final int JOBS = 3;

    /** Writes the number of a process of its own that it waits for, unless there is a file {@code go}. */
    private static final String SCRIPT = """
            if [ ! -e "$2/go" ]; then
              sleep 600 &
              echo $! >"$2/$3.new" && mv "$2/$3.new" "$2/$3.pid"
              wait
            fi
            echo clip >"$1"
            """;

    @TempDir
    private Path folder;

    @Test
    void theProgramsOfADispatchEndWithTheProcessAndItsRunCanBeResumed() throws Exception {
        terminate(Dispatching.class);

        Files.createFile(folder.resolve("go"));
        try (Run run = Run.open(Run.latest(folder.resolve("runs")).orElseThrow())) {
            DispatchSummary summary = dispatch(run, folder);
            assertThat(summary.jobs()).isEqualTo(Map.of(JobState.DONE, (long) JOBS));
            assertThat(summary.recovered()).isEqualTo(JOBS);
            for (Job job : jobs()) {
                List<Submission> tries = run.ledger().submissions(job.key());
                assertThat(tries).hasSize(2);
                Failure first = tries.get(0).failure();
                assertThat(first.code()).isEqualTo("interrupted");
                assertThat(first.billed()).isEqualTo(Billed.NO);
            }
        }
    }

    @Test
    void theProgramsThatAreAskedForValuesEndWithTheProcess() throws Exception {
        terminate(Asking.class);
    }

    private void terminate(Class<?> main) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName(),
                        folder.toString())
                .inheritIO()
                .start();
        List<ProcessHandle> sleeping;
        try {
            while (pids().size() < JOBS) {
                assertThat(process.isAlive()).isTrue();
                Thread.sleep(10);
            }
            sleeping = pids().stream()
                    .map(pid -> ProcessHandle.of(pid).orElseThrow())
                    .toList();
            process.destroy();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(143);
        } finally {
            process.destroyForcibly();
        }
        CompletableFuture.allOf(sleeping.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                .get(30, TimeUnit.SECONDS);
    }

    private List<Long> pids() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".pid"))
                    .map(TerminatedProcessTest::pid)
                    .toList();
        }
    }

    private static long pid(Path file) {
        try {
            return Long.parseLong(Files.readString(file).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Job> jobs() {
        return IntStream.range(0, JOBS)
                .mapToObj(n -> Job.generate(Parameters.of("n", n), Parameters.none()))
                .toList();
    }

    private static DispatchSummary dispatch(Run run, Path folder) {
        CommandOptions options =
                CommandOptions.in(run.folder().resolve("programs")).withAtOnce(JOBS);
        try (CommandBackend backend =
                CommandBackend.of(List.of("sh", "-c", SCRIPT, "-", "{out}", folder.toString(), "{n}"), options)) {
            return Dispatcher.of(run, backend, DispatchOptions.defaults().withCheck(ArtefactCheck.none()))
                    .run(jobs().iterator());
        }
    }

    /** Dispatches jobs, each of which starts a program. */
    static final class Dispatching {
        public static void main(String[] arguments) {
            Path folder = Path.of(arguments[0]);
            try (Run run = Run.create(folder.resolve("runs"), "terminated", Parameters.none())) {
                dispatch(run, folder);
            }
        }
    }

    /** Asks several programs at a time. */
    static final class Asking {
        public static void main(String[] arguments) {
            String folder = arguments[0];
            CommandValue programs = CommandValue.of(
                    "sh -c '" + SCRIPT + "' - " + folder + "/out " + folder + " {n}",
                    CommandOptions.in(Path.of(folder, "scratch")));
            for (int n = 0; n < JOBS; n++) {
                String id = Integer.toString(n);
                Executors.newSingleThreadExecutor().submit(() -> programs.ask(id, Map.of("n", id)));
            }
        }
    }
}
