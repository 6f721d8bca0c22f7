package dev.moviola.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moviola.MoviolaException;
import dev.moviola.backend.FetchResult;
import dev.moviola.backend.InputFile;
import dev.moviola.backend.PollResult;
import dev.moviola.backend.SubmitResult;
import dev.moviola.ledger.Artefact;
import dev.moviola.ledger.Billed;
import dev.moviola.ledger.FailureCategory;
import dev.moviola.ledger.Job;
import dev.moviola.ledger.Money;
import dev.moviola.ledger.Parameters;
import dev.moviola.ledger.Submission;
import dev.moviola.ledger.SubmissionState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandBackendTest {
    @TempDir
    Path folder;

    @Test
    void aProgramThatWritesItsFileSucceeds() throws Exception {
        try (CommandBackend backend =
                shell("printf '%s|%s|%s' \"$2\" \"$3\" \"$4\" > \"$1\"", "{prompt}", "{seed}", "{device}")) {
            Job job = job("prompt", "a cat; $(rm -rf /) \"quoted\"\n<b>", "seed", 7);
            Submission submission = submission(job, "1");

            assertThat(get(backend.submit(submission, List.of(job), List.of())))
                    .isEqualTo(new SubmitResult.Accepted(submission.id()));
            PollResult polled = get(backend.poll(submission));
            assertThat(polled).isInstanceOf(PollResult.Succeeded.class);
            assertThat(fetched(backend, submission, job, polled)).isEqualTo("a cat; $(rm -rf /) \"quoted\"\n<b>|7|1");
        }
    }

    @Test
    void theLastOfTheErrorStreamIsTheReasonOfAFailure() throws Exception {
        try (CommandBackend backend =
                shell("i=0; while [ $i -lt 3000 ]; do echo line-$i >&2; i=$((i+1)); done; exit 3")) {
            PollResult.Failed failed = failure(backend);

            assertThat(failed.failure().category()).isEqualTo(FailureCategory.INTERNAL);
            assertThat(failed.failure().code()).isEqualTo("exit-3");
            assertThat(failed.failure().billed()).isEqualTo(Billed.NO);
            assertThat(failed.failure().message()).endsWith("line-2999").hasSizeLessThanOrEqualTo(4_000);
        }
    }

    @Test
    void theOutputIsTheReasonWhereNoErrorWasWritten() throws Exception {
        try (CommandBackend backend = shell("echo 'what went wrong'; exit 1")) {
            assertThat(failure(backend).failure().message()).isEqualTo("what went wrong");
        }
    }

    @Test
    void aLackOfMemoryMayPass() throws Exception {
        try (CommandBackend backend = shell("echo 'torch.OutOfMemoryError: CUDA out of memory.' >&2; exit 1")) {
            assertThat(failure(backend).failure().category()).isEqualTo(FailureCategory.TRANSIENT);
        }
        try (CommandBackend backend = shell("exit 137")) {
            assertThat(failure(backend).failure().category()).isEqualTo(FailureCategory.TRANSIENT);
        }
    }

    @Test
    void aProgramThatEndsWellWithoutAFileHasFailed() throws Exception {
        try (CommandBackend backend = shell("echo done; : > \"$1\"")) {
            PollResult.Failed failed = failure(backend);
            assertThat(failed.failure().category()).isEqualTo(FailureCategory.ARTEFACT);
            assertThat(failed.failure().message())
                    .contains("left nothing at {out}")
                    .contains("done");
        }
    }

    @Test
    void theWholeTreeIsEndedWhenTheDeadlinePasses() throws Exception {
        Path pids = folder.resolve("pids");
        CommandOptions options = options().withDeadline(Duration.ofMillis(700));
        try (CommandBackend backend = CommandBackend.of(
                List.of(
                        "sh",
                        "-c",
                        "sleep 600 & echo $! > \"$2\"; echo before >&2; wait",
                        "-",
                        "{out}",
                        pids.toString()),
                options)) {
            PollResult.Failed failed = failure(backend);
            assertThat(failed.failure().category()).isEqualTo(FailureCategory.DEADLINE);
            assertThat(failed.failure().message()).contains("longer than").contains("before");
        }
        assertEnded(pids);
    }

    @Test
    void theWholeTreeIsEndedOnCancel() throws Exception {
        Path pids = folder.resolve("pids");
        try (CommandBackend backend = CommandBackend.of(
                List.of("sh", "-c", "sleep 600 & echo $! > \"$2\"; wait", "-", "{out}", pids.toString()), options())) {
            Job job = job("prompt", "x");
            Submission submission = submission(job, null);
            get(backend.submit(submission, List.of(job), List.of()));
            awaitContent(pids);

            assertThat(get(backend.cancel(submission))).isTrue();
            PollResult.Failed failed = (PollResult.Failed) get(backend.poll(submission));
            assertThat(failed.failure().category()).isEqualTo(FailureCategory.CANCELLED);
            assertThat(get(backend.cancel(submission))).isFalse();
        }
        assertEnded(pids);
    }

    @Test
    void aProgramThatHadEndedIsRecognisedLater() throws Exception {
        Job job = job("prompt", "x");
        Submission submission = submission(job, null);
        Path dir = Files.createDirectories(options().scratch().resolve(submission.id()));
        Files.writeString(dir.resolve("exit"), "0");
        Files.writeString(dir.resolve("out.mp4"), "video");

        try (CommandBackend backend = shell("exit 9")) {
            assertThat(get(backend.recover(submission))).isInstanceOf(SubmitResult.Accepted.class);
            PollResult polled = get(backend.poll(submission));
            assertThat(fetched(backend, submission, job, polled)).isEqualTo("video");
        }
    }

    @Test
    void aProgramThatWasLeftRunningIsEndedAndMayRunAgain() throws Exception {
        Job job = job("prompt", "x");
        Submission submission = submission(job, null);
        Process left = new ProcessBuilder("sleep", "600").start();
        Path dir = Files.createDirectories(options().scratch().resolve(submission.id()));
        Files.writeString(
                dir.resolve("process"),
                left.pid() + " " + left.toHandle().info().startInstant().orElseThrow());

        try (CommandBackend backend = shell("exit 9")) {
            SubmitResult recovered = get(backend.recover(submission));
            assertThat(recovered).isInstanceOfSatisfying(SubmitResult.Rejected.class, rejected -> {
                assertThat(rejected.failure().billed()).isEqualTo(Billed.NO);
                assertThat(rejected.failure().code()).isEqualTo("interrupted");
            });
            assertThat(left.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(get(backend.poll(submission))).isInstanceOf(PollResult.Failed.class);
        }
    }

    @Test
    void anotherProcessWithTheSameNumberIsLeftAlone() throws Exception {
        Job job = job("prompt", "x");
        Submission submission = submission(job, null);
        Process other = new ProcessBuilder("sleep", "600").start();
        try (CommandBackend backend = shell("exit 9")) {
            Path dir = Files.createDirectories(options().scratch().resolve(submission.id()));
            Files.writeString(dir.resolve("process"), other.pid() + " 2001-01-01T00:00:00Z");

            get(backend.recover(submission));
            assertThat(other.isAlive()).isTrue();
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void closingEndsWhatRuns() throws Exception {
        Path pids = folder.resolve("pids");
        Job job = job("prompt", "x");
        Submission submission = submission(job, null);
        CommandBackend backend = CommandBackend.of(
                List.of("sh", "-c", "sleep 600 & echo $! > \"$2\"; wait", "-", "{out}", pids.toString()), options());
        get(backend.submit(submission, List.of(job), List.of()));
        awaitContent(pids);
        backend.close();
        backend.close();
        assertEnded(pids);
    }

    @Test
    void keysAreNotHandedDown() throws Exception {
        CommandOptions options = options()
                .withEnvironment(Map.of("GREETING", "seed {seed}", "MY_TOKEN", "kept"))
                .withKept(Set.of());
        try (CommandBackend backend = CommandBackend.of(List.of("sh", "-c", "env > \"$1\"", "-", "{out}"), options)) {
            Job job = job("prompt", "x", "seed", 5);
            Submission submission = submission(job, null);
            get(backend.submit(submission, List.of(job), List.of()));
            String environment = fetched(backend, submission, job, get(backend.poll(submission)));
            assertThat(environment).contains("GREETING=seed 5", "MY_TOKEN=kept", "PATH=");
            assertThat(environment
                            .lines()
                            .map(line -> line.replaceFirst("=.*", ""))
                            .filter(name -> !name.equals("MY_TOKEN")))
                    .noneMatch(name -> name.matches(".*(KEY|TOKEN|SECRET|PASSWORD|AUTH).*"));
        }
    }

    @Test
    void inputsAreFilesOfEarlierJobs() throws Exception {
        Path first = Files.writeString(folder.resolve("first"), "1");
        Path second = Files.writeString(folder.resolve("second"), "2");
        try (CommandBackend backend = shell("cat \"$2\" \"$3\" > \"$1\"", "{input}", "{input2}")) {
            Job job = job("prompt", "x");
            Artefact artefact = new Artefact(job.key(), "clip", "0".repeat(64), 1, "video/mp4", "clips/x");
            Submission submission = submission(job, null);

            assertThat(get(backend.submit(submission, List.of(job), List.of(new InputFile(artefact, first)))))
                    .isInstanceOf(SubmitResult.Rejected.class);
            get(backend.submit(
                    submission,
                    List.of(job),
                    List.of(new InputFile(artefact, first), new InputFile(artefact, second))));
            assertThat(fetched(backend, submission, job, get(backend.poll(submission))))
                    .isEqualTo("12");
        }
    }

    @Test
    void aJobWithoutAParameterThatTheCommandAsksForIsInvalid() {
        try (CommandBackend backend = shell("true", "{style}")) {
            assertThat(backend.check(job("prompt", "x"))).hasValueSatisfying(failure -> {
                assertThat(failure.category()).isEqualTo(FailureCategory.VALIDATION);
                assertThat(failure.message()).contains("{style}").contains("[prompt]");
            });
            assertThat(backend.check(job("style", "noir"))).isEmpty();
            assertThat(backend.check(job("style", "no\0ir"))).isPresent();
            assertThat(backend.check(job("style", "x".repeat(1 << 20))))
                    .hasValueSatisfying(failure ->
                            assertThat(failure.message()).contains("131071").contains("1048576"));
        }
        try (CommandBackend backend = CommandBackend.of(
                List.of("sh", "-c", "true", "{out}", "{style}"), options().withParameters(Map.of("style", "noir")))) {
            assertThat(backend.check(job("prompt", "x"))).isEmpty();
        }
    }

    @Test
    void aProgramThatIsNotThereIsRefusedAtOnce() {
        assertThatThrownBy(() -> CommandBackend.of("no-such-generator {out}", options()))
                .isInstanceOf(MoviolaException.class)
                .hasMessageContaining("\"no-such-generator\" was not found");
        assertThatThrownBy(() -> CommandBackend.of("/no/such/generator {out}", options()))
                .isInstanceOf(MoviolaException.class);
    }

    @Test
    void aCommandThatDoesNotSayWhereTheFileGoesIsRefused() {
        assertThatThrownBy(() -> CommandBackend.of("sh -c true {prompt}", options()))
                .isInstanceOf(MoviolaException.class)
                .hasMessageContaining("{out}");
    }

    @Test
    void thePriceAndTheLimitsAreThoseOfTheOptions() {
        CommandOptions options =
                options().withPrice(Money.dollars(0.02)).withAtOnce(3).withOutput("webm", "video/webm");
        try (CommandBackend backend = CommandBackend.of("sh -c true {out} {seed}", options)) {
            assertThat(backend.name()).isEqualTo("command");
            assertThat(backend.price(List.of(job("a", 1), job("a", 2)))).isEqualTo(Money.dollars(0.04));
            assertThat(backend.capabilities().inFlight()).isEqualTo(3);
            assertThat(backend.capabilities().seed()).isTrue();
        }
        assertThatThrownBy(() -> options().withAtOnce(0)).isInstanceOf(MoviolaException.class);
        assertThatThrownBy(() -> options().withDeadline(Duration.ZERO)).isInstanceOf(MoviolaException.class);
        assertThatThrownBy(() -> options().withOutput("../x", "video/mp4")).isInstanceOf(MoviolaException.class);
    }

    private CommandOptions options() {
        return CommandOptions.in(folder.resolve("scratch"));
    }

    private CommandBackend shell(String script, String... more) {
        List<String> arguments = new java.util.ArrayList<>(List.of("sh", "-c", script, "-", "{out}"));
        arguments.addAll(List.of(more));
        return CommandBackend.of(arguments, options());
    }

    private PollResult.Failed failure(CommandBackend backend) throws Exception {
        Job job = job("prompt", "x");
        Submission submission = submission(job, null);
        assertThat(get(backend.submit(submission, List.of(job), List.of()))).isInstanceOf(SubmitResult.Accepted.class);
        return (PollResult.Failed) get(backend.poll(submission));
    }

    private String fetched(CommandBackend backend, Submission submission, Job job, PollResult polled) throws Exception {
        Path directory = Files.createTempDirectory(folder, "fetch");
        FetchResult.Fetched fetched = (FetchResult.Fetched)
                get(backend.fetch(submission, List.of(job), (PollResult.Succeeded) polled, directory));
        return Files.readString(fetched.files().get(0).path());
    }

    private static Job job(Object... parameters) {
        return Job.generate(Parameters.of(parameters), Parameters.none());
    }

    private static Submission submission(Job job, @Nullable String device) {
        return new Submission(
                UUID.randomUUID().toString(),
                List.of(job.key()),
                1,
                "command",
                device,
                SubmissionState.INTENDED,
                null,
                Money.ZERO,
                null,
                null,
                Instant.now(),
                null,
                null);
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(30, TimeUnit.SECONDS);
    }

    private static void awaitContent(Path file) throws Exception {
        while (!Files.exists(file) || Files.size(file) == 0) {
            Thread.sleep(10);
        }
    }

    private static void assertEnded(Path pids) throws Exception {
        long pid = Long.parseLong(Files.readString(pids).strip());
        ProcessHandle.of(pid).ifPresent(handle -> assertThat(
                        handle.onExit().orTimeout(10, TimeUnit.SECONDS).join())
                .isNotNull());
    }
}
