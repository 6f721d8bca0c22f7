package dev.moviola.dispatch;

import static dev.moviola.dispatch.DispatcherTest.await;
import static dev.moviola.dispatch.DispatcherTest.job;
import static dev.moviola.dispatch.DispatcherTest.jobs;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moviola.MoviolaException;
import dev.moviola.backend.Capabilities;
import dev.moviola.backend.FetchResult;
import dev.moviola.backend.PollResult;
import dev.moviola.backend.SubmitResult;
import dev.moviola.ledger.Artefact;
import dev.moviola.ledger.Billed;
import dev.moviola.ledger.Failure;
import dev.moviola.ledger.FailureCategory;
import dev.moviola.ledger.Job;
import dev.moviola.ledger.JobKey;
import dev.moviola.ledger.JobState;
import dev.moviola.ledger.Ledger;
import dev.moviola.ledger.Money;
import dev.moviola.ledger.Submission;
import dev.moviola.ledger.SubmissionState;
import dev.moviola.ledger.Tally;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ResumeTest {
    private static final Failure LOST = Failure.of(FailureCategory.UNKNOWN, Billed.UNKNOWN, "", "timed out");

    @TempDir
    Path folder;

    private final Ledger ledger = Ledger.inMemory();
    private final Studio studio = new Studio();
    private DispatchOptions options = DispatchOptions.defaults()
            .withCheck(ArtefactCheck.none())
            .withRetry(RetryPolicy.standard().withPauses(Duration.ofMillis(1), Duration.ofMillis(5)))
            .withInFlight(20);

    @AfterEach
    void close() {
        studio.close();
        ledger.close();
    }

    @Test
    void afterAStopWhatWasAcceptedIsPolledAndNotSubmittedAgain() throws Exception {
        studio.work = Duration.ofMillis(200);
        Dispatcher first = dispatcher();
        List<DispatchSummary> summaries = new CopyOnWriteArrayList<>();
        Thread other = new Thread(() -> summaries.add(first.run(jobs(50).iterator())));
        other.start();
        await(() -> studio.acceptedInAll() >= 20);
        first.stop();
        other.join();
        assertThat(summaries.get(0).reason()).isEqualTo(EndReason.STOPPED);
        assertThat(summaries.get(0).left()).isPositive();

        DispatchSummary second = dispatch(jobs(50));

        assertThat(second.isAllDone()).isTrue();
        assertThat(second.recovered()).isEqualTo(summaries.get(0).left());
        assertThat(studio.accepted.values())
                .allSatisfy(count -> assertThat(count).hasValue(1));
        assertThat(ledger.tally().paid()).isEqualTo(50);
    }

    @Test
    void aStopDoesNotWaitForWhatIsAcceptedAfterIt() throws Exception {
        studio.onPoll = (job, n) -> Optional.of(new PollResult.Pending(0, "", null));
        CompletableFuture<SubmitResult> answer = new CompletableFuture<>();
        List<Job> asked = new CopyOnWriteArrayList<>();
        studio.onSubmit = (job, n) -> {
            asked.add(job);
            return Optional.of(answer);
        };
        Dispatcher first = dispatcher();
        List<DispatchSummary> summaries = new CopyOnWriteArrayList<>();
        Thread other = new Thread(() -> summaries.add(first.run(jobs(1).iterator())));
        other.start();
        await(() -> asked.size() == 1);
        first.stop();
        answer.complete(studio.take(asked));
        other.join();

        assertThat(summaries.get(0).reason()).isEqualTo(EndReason.STOPPED);
        assertThat(summaries.get(0).left()).isEqualTo(1);
        studio.onPoll = (job, n) -> Optional.empty();
        assertThat(dispatch(jobs(1)).isAllDone()).isTrue();
        assertThat(asked).hasSize(1);
    }

    @Test
    void drainingWaitsForWhatIsInFlightAndLeavesTheRestReady() throws Exception {
        studio.work = Duration.ofMillis(100);
        Dispatcher first = dispatcher();
        List<DispatchSummary> summaries = new CopyOnWriteArrayList<>();
        Thread other = new Thread(() -> summaries.add(first.run(jobs(100).iterator())));
        other.start();
        await(() -> studio.acceptedInAll() >= 20);
        first.drain();
        other.join();

        DispatchSummary summary = summaries.get(0);
        assertThat(summary.reason()).isEqualTo(EndReason.DRAINED);
        assertThat(summary.left()).isZero();
        assertThat(summary.done()).isEqualTo(studio.acceptedInAll()).isLessThan(100);
        assertThat(summary.count(JobState.READY)).isPositive();
        assertThat(dispatch(jobs(100)).isAllDone()).isTrue();
    }

    @Test
    void aDispatchThatIsStoppedBeforeItBeginsDoesNothing() {
        Dispatcher dispatcher = dispatcher();
        dispatcher.drain();
        dispatcher.stop();
        assertThat(dispatcher.run(jobs(5).iterator()).submitted()).isZero();
    }

    @Test
    void anIntentThatTheBackendHoldsIsFollowed() {
        Submission intent = intended(job(1));
        SubmitResult taken = studio.take(List.of(job(1)));
        canRecover();
        studio.onRecover = submission -> submission.id().equals(intent.id()) ? taken : none();

        DispatchSummary summary = dispatch(List.of());

        assertThat(summary.isAllDone()).isTrue();
        assertThat(summary.submitted()).isZero();
        assertThat(studio.acceptedInAll()).isEqualTo(1);
    }

    @Test
    void anIntentThatTheBackendDoesNotHoldIsSubmittedAgain() {
        intended(job(1));
        canRecover();
        studio.onRecover = submission -> none();

        DispatchSummary summary = dispatch(List.of());

        assertThat(summary.isAllDone()).isTrue();
        assertThat(studio.acceptedInAll()).isEqualTo(1);
    }

    @Test
    void anIntentOfWhichNothingIsKnownStaysUnknown() {
        Submission intent = intended(job(1));

        DispatchSummary summary = dispatch(List.of(job(2)));

        assertThat(summary.reason()).isEqualTo(EndReason.COMPLETE);
        assertThat(summary.detail()).contains("of 1 it is not known");
        assertThat(summary.count(JobState.UNKNOWN)).isEqualTo(1);
        assertThat(summary.left()).isEqualTo(1);
        assertThat(studio.calls(job(1))).isZero();
        assertThat(ledger.submission(intent.id()).orElseThrow().state()).isEqualTo(SubmissionState.UNKNOWN);
        assertThat(dispatch(List.of()).count(JobState.UNKNOWN)).isEqualTo(1);
    }

    @Test
    void whatIsUnknownIsSubmittedAgainWithConsentOnly() {
        studio.price = Money.dollars(1);
        studio.onSubmit = (job, n) -> n == 1
                ? Optional.of(CompletableFuture.completedFuture(new SubmitResult.Unknown("connection reset")))
                : Optional.empty();
        DispatchSummary first = dispatch(jobs(3));
        assertThat(first.count(JobState.UNKNOWN)).isEqualTo(3);
        assertThat(first.spent()).isEqualTo(Money.dollars(3));
        assertThat(studio.calls(job(0))).isEqualTo(1);

        options = options.withResubmitUnknown(true);
        DispatchSummary second = dispatch(jobs(3));
        assertThat(first.left()).isEqualTo(3);
        assertThat(second.isAllDone()).isTrue();
        assertThat(second.left()).isZero();
        assertThat(second.spent()).isEqualTo(Money.dollars(6));
        assertThat(dispatch(jobs(3)).submitted()).isZero();
    }

    @Test
    void withConsentWhatIsUnknownIsSubmittedAgainInTheSameDispatch() {
        options = options.withResubmitUnknown(true);
        studio.onSubmit = (job, n) -> n == 1
                ? Optional.of(CompletableFuture.failedFuture(new IllegalStateException("a defect")))
                : Optional.empty();
        assertThat(dispatch(jobs(3)).isAllDone()).isTrue();
    }

    @Test
    void evenWithConsentWhatIsUnknownIsNotSubmittedAgainPastTheDeadline() {
        options = options.withResubmitUnknown(true).withDeadline(Duration.ofMillis(300));
        studio.onSubmit =
                (job, n) -> Optional.of(CompletableFuture.completedFuture(new SubmitResult.Unknown("no answer")));
        DispatchSummary summary = dispatch(jobs(1));

        assertThat(summary.reason()).isEqualTo(EndReason.COMPLETE);
        assertThat(summary.count(JobState.UNKNOWN) + summary.count(JobState.CANCELLED))
                .isEqualTo(1);
    }

    @Test
    void aBackendThatCanBeAskedIsAskedBeforeAnythingIsUnknown() {
        canRecover();
        Map<JobKey, SubmitResult> held = new ConcurrentHashMap<>();
        studio.onSubmit = (job, n) -> {
            held.put(job.key(), studio.take(List.of(job)));
            return Optional.of(CompletableFuture.completedFuture(new SubmitResult.Unknown("timed out")));
        };
        studio.onRecover = submission -> held.get(submission.jobs().get(0));

        DispatchSummary summary = dispatch(jobs(5));
        assertThat(summary.isAllDone()).isTrue();
        assertThat(studio.acceptedInAll()).isEqualTo(5);
    }

    @Test
    void anAnswerThatComesAfterAllIsUsed() {
        options = options.withSubmitTimeout(Duration.ofMillis(30));
        studio.onSubmit = (job, n) -> job.equals(job(0))
                ? Optional.of(CompletableFuture.supplyAsync(
                        () -> studio.take(List.of(job)),
                        CompletableFuture.delayedExecutor(150, java.util.concurrent.TimeUnit.MILLISECONDS)))
                : Optional.empty();
        studio.work = Duration.ofMillis(400);
        DispatchSummary summary = dispatch(jobs(2));
        assertThat(summary.isAllDone()).isTrue();
        assertThat(studio.acceptedInAll()).isEqualTo(2);
    }

    @Test
    void aFetchThatFailsIsRepeatedBeforeTheSubmissionFails() {
        studio.onFetch = (job, n) -> n <= 3
                ? Optional.of(new FetchResult.Failed(
                        Failure.of(FailureCategory.TRANSIENT, Billed.YES, "", "connection reset")))
                : Optional.empty();
        DispatchSummary summary = dispatch(jobs(3));
        assertThat(summary.isAllDone()).isTrue();
        assertThat(summary.submitted()).isEqualTo(3);
    }

    @Test
    void aFileThatIsNotAsItShouldBeIsFetchedAgainAndThenFailsAsBilled() {
        studio.price = Money.dollars(1);
        options = options.withFetchTries(3).withCheck(file -> Optional.of("it does not decode"));
        DispatchSummary summary = dispatch(jobs(2));

        assertThat(summary.count(JobState.FAILED)).isEqualTo(2);
        assertThat(studio.fetches.get(job(0).key())).hasValue(3);
        assertThat(studio.calls(job(0))).isEqualTo(1);
        Failure failure = ledger.job(job(0).key()).orElseThrow().lastFailure();
        assertThat(failure.category()).isEqualTo(FailureCategory.ARTEFACT);
        assertThat(failure.message()).isEqualTo("it does not decode");
        assertThat(summary.spent()).isEqualTo(Money.dollars(2));
    }

    @Test
    void aBadFileIsPaidForAgainOnlyWhenThePolicySaysSo() {
        options = options.withFetchTries(1).withRetry(options.retry().withTries(FailureCategory.ARTEFACT, 2));
        studio.onFetch = (job, n) -> n == 1 ? Optional.of(new FetchResult.Fetched(List.of())) : Optional.empty();
        DispatchSummary summary = dispatch(jobs(2));
        assertThat(summary.isAllDone()).isTrue();
        assertThat(studio.acceptedInAll()).isEqualTo(4);
    }

    @Test
    void emptyMissingAndTooLargeFilesAreRefused() throws Exception {
        options = options.withFetchTries(1).withLargestFile(10);
        Path empty = Files.createFile(folder.resolve("empty"));
        Path large = Files.writeString(folder.resolve("large"), "more than ten bytes");
        List<Path> paths = List.of(empty, large, folder.resolve("missing"));
        studio.onFetch = (job, n) -> Optional.of(new FetchResult.Fetched(List.of(new FetchResult.File(
                job.key(), "clip", paths.get((int) job.parameters().integer("n")), "video/mp4"))));
        assertThat(dispatch(jobs(3)).count(JobState.FAILED)).isEqualTo(3);
        assertThat(message(job(0))).contains("1..10 bytes").contains("holds 0");
        assertThat(message(job(1))).contains("holds 19");
        assertThat(message(job(2))).contains("is missing");
    }

    @Test
    void whenFilesCannotBeKeptNothingThatWasPaidForIsLost() {
        AtomicInteger room = new AtomicInteger(3);
        FolderStore store = new FolderStore(folder);
        ArtefactStore full = new ArtefactStore() {
            @Override
            public Path scratch() {
                return store.scratch();
            }

            @Override
            public Artefact admit(Path file, JobKey job, String role, String mediaType) {
                if (room.getAndDecrement() <= 0) {
                    throw new MoviolaException("no space left on device");
                }
                return store.admit(file, job, role, mediaType);
            }

            @Override
            public Path file(Artefact artefact) {
                return store.file(artefact);
            }
        };
        DispatchSummary first = Dispatcher.of(ledger, full, studio, options).run(jobs(30).iterator());
        assertThat(first.reason()).isEqualTo(EndReason.LOCAL);
        assertThat(first.detail()).contains("no space left on device");
        assertThat(first.count(JobState.FAILED)).isZero();

        room.set(1_000);
        assertThat(Dispatcher.of(ledger, full, studio, options)
                        .run(jobs(30).iterator())
                        .isAllDone())
                .isTrue();
        assertThat(studio.accepted.values())
                .allSatisfy(count -> assertThat(count).hasValue(1));
    }

    @Test
    void aResumedSubmissionOccupiesItsDevice() {
        Submission intent = ledger.add(List.of(job(1)))
                .thenCompose(n -> ledger.intend(List.of(job(1).key()), "studio", "0", Money.ZERO))
                .join();
        SubmitResult.Accepted taken = (SubmitResult.Accepted) studio.take(List.of(job(1)));
        ledger.accept(intent.id(), taken.externalId()).join();
        options = options.withDevices(DevicePool.of("0"));
        assertThat(dispatch(jobs(5)).isAllDone()).isTrue();
        assertThat(studio.busiest).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void whateverGoesWrongEveryJobEndsOnceAndTheBooksOfBothSidesAgree(long seed) throws Exception {
        Random random = new Random(seed);
        studio.price = Money.dollars(0.1);
        studio.onSubmit = (job, n) -> chaos(random, 0.2)
                ? Studio.rejected(chaos(random, 0.9) ? FailureCategory.TRANSIENT : FailureCategory.RATE)
                : chaos(random, 0.05)
                        ? Optional.of(CompletableFuture.completedFuture(new SubmitResult.Unknown("lost")))
                        : Optional.empty();
        studio.onPoll = (job, n) -> chaos(random, 0.1)
                ? Optional.of(new PollResult.Unanswered(LOST))
                : chaos(random, 0.1)
                        ? Optional.of(Studio.failed(FailureCategory.TRANSIENT, Billed.NO, "overloaded"))
                        : chaos(random, 0.02)
                                ? Optional.of(Studio.failed(FailureCategory.MODERATION, Billed.YES, "no"))
                                : Optional.empty();
        studio.onFetch = (job, n) -> chaos(random, 0.1) ? Optional.of(new FetchResult.Failed(LOST)) : Optional.empty();
        for (int stops = 0; stops < 3; stops++) {
            Dispatcher dispatcher = dispatcher();
            Thread other = new Thread(() -> dispatcher.run(jobs(150).iterator()));
            other.start();
            int before = studio.acceptedInAll();
            await(() -> studio.acceptedInAll() >= before + 25 || !other.isAlive());
            dispatcher.stop();
            other.join();
        }
        DispatchSummary summary = dispatch(jobs(150));

        Tally tally = ledger.tally();
        assertThat(summary.reason()).isEqualTo(EndReason.COMPLETE);
        assertThat(tally.total()).isEqualTo(150);
        assertThat(tally.jobs().keySet()).doesNotContain(JobState.READY, JobState.IN_FLIGHT);
        assertThat(tally.jobs()).isEqualTo(summary.jobs());
        assertThat(tally.paid()).isEqualTo(studio.acceptedInAll());
        assertThat(tally.spent()).isEqualTo(summary.spent());
    }

    private static synchronized boolean chaos(Random random, double share) {
        return random.nextDouble() < share;
    }

    private String message(Job job) {
        return ledger.job(job.key()).orElseThrow().lastFailure().message();
    }

    private Submission intended(Job job) {
        return ledger.add(List.of(job))
                .thenCompose(n -> ledger.intend(List.of(job.key()), "studio", null, Money.ZERO))
                .join();
    }

    private void canRecover() {
        studio.capabilities =
                new Capabilities(true, false, true, 1e9, 100, 1, Duration.ofMillis(2), Duration.ofSeconds(300));
    }

    private static SubmitResult none() {
        return new SubmitResult.Rejected(Failure.of(FailureCategory.TRANSIENT, Billed.NO, "", "not here"));
    }

    private DispatchSummary dispatch(List<Job> jobs) {
        return dispatcher().run(jobs.iterator());
    }

    private Dispatcher dispatcher() {
        return Dispatcher.of(ledger, new FolderStore(folder), studio, options);
    }
}
