package dev.moviola.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moviola.MoviolaException;
import dev.moviola.backend.PollResult;
import dev.moviola.backend.SubmitResult;
import dev.moviola.ledger.Artefact;
import dev.moviola.ledger.Billed;
import dev.moviola.ledger.Failure;
import dev.moviola.ledger.FailureCategory;
import dev.moviola.ledger.Job;
import dev.moviola.ledger.JobState;
import dev.moviola.ledger.Ledger;
import dev.moviola.ledger.Money;
import dev.moviola.ledger.Parameters;
import dev.moviola.ledger.Submission;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DispatcherTest {
    private static final RetryPolicy QUICK =
            RetryPolicy.standard().withPauses(Duration.ofMillis(1), Duration.ofMillis(5));

    @TempDir
    Path folder;

    private final Ledger ledger = Ledger.inMemory();
    private final Studio studio = new Studio();
    private DispatchOptions options = DispatchOptions.defaults()
            .withCheck(ArtefactCheck.none())
            .withRetry(QUICK)
            .withInFlight(20);

    @BeforeEach
    void makeStore() throws Exception {
        Files.createDirectories(folder);
    }

    @AfterEach
    void close() {
        studio.close();
        ledger.close();
    }

    @Test
    void everyJobOfTheSourceIsDoneOnce() {
        List<Job> jobs = jobs(300);

        DispatchSummary summary = dispatch(jobs);

        assertThat(summary.reason()).isEqualTo(EndReason.COMPLETE);
        assertThat(summary.done()).isEqualTo(300);
        assertThat(summary.submitted()).isEqualTo(300);
        assertThat(summary.isAllDone()).isTrue();
        assertThat(summary.left()).isZero();
        assertThat(summary.latency().count()).isEqualTo(300);
        assertThat(summary.throughput().stream()
                        .mapToLong(point -> point.done())
                        .sum())
                .isEqualTo(300);
        assertThat(studio.accepted.values())
                .allSatisfy(count -> assertThat(count).hasValue(1));
        assertThat(studio.busiest.get()).isLessThanOrEqualTo(20);
        assertThat(ledger.tally().count(JobState.DONE)).isEqualTo(300);
        Artefact clip = ledger.job(jobs.get(7).key()).orElseThrow().artefacts().get(0);
        assertThat(folder.resolve(clip.path())).hasContent("clip of {\"n\":7}");
        assertThat(folder.resolve("scratch")).isEmptyDirectory();
    }

    @Test
    void aBackendThatIsDoneWhenItAnswersIsNotPolled() {
        List<Job> jobs = jobs(100);
        studio.onSubmit = (job, n) -> {
            SubmitResult.Accepted taken = (SubmitResult.Accepted) studio.take(List.of(job));
            return Optional.of(CompletableFuture.completedFuture(
                    new SubmitResult.Finished(taken.externalId(), new PollResult.Succeeded(Parameters.none(), null))));
        };

        DispatchSummary summary = dispatch(jobs);

        assertThat(summary.done()).isEqualTo(100);
        assertThat(summary.latency().count()).isEqualTo(100);
        assertThat(studio.polls).isEmpty();
        assertThat(ledger.submissions(jobs.get(7).key()))
                .singleElement()
                .satisfies(submission -> assertThat(studio.taken).containsKey(submission.externalId()));
    }

    @Test
    void theSourceIsPulledNoFasterThanJobsAreSubmitted() throws Exception {
        studio.onPoll = (job, n) -> Optional.of(new PollResult.Pending(0, "", null));
        AtomicInteger pulled = new AtomicInteger();
        Iterator<Job> endless = IntStream.iterate(0, i -> i + 1)
                .mapToObj(DispatcherTest::job)
                .peek(job -> pulled.incrementAndGet())
                .iterator();
        Dispatcher dispatcher = dispatcher();
        Thread other = new Thread(() -> dispatcher.run(endless));
        other.start();
        await(() -> studio.busy.get() == 20 && pulled.get() >= 36);
        Thread.sleep(100);

        assertThat(pulled.get()).isLessThanOrEqualTo(20 + 2 * 16);
        dispatcher.stop();
        other.join();
        assertThat(studio.acceptedInAll()).isEqualTo(20);
    }

    @Test
    void jobsThatTheLedgerHoldsAreNotSubmittedAgain() {
        dispatch(jobs(30));
        DispatchSummary second = dispatch(jobs(40));

        assertThat(second.submitted()).isEqualTo(10);
        assertThat(second.isAllDone()).isTrue();
        assertThat(studio.accepted.values())
                .allSatisfy(count -> assertThat(count).hasValue(1));
    }

    @Test
    void aSourceMayMixWhatIsNewWithWhatIsKnownAndRepeatItself() {
        dispatch(jobs(40));
        ledger.add(IntStream.range(200, 230).mapToObj(DispatcherTest::job).toList())
                .join();
        List<Job> mixed = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            mixed.add(job(i));
            mixed.add(job(i / 2));
        }

        DispatchSummary summary = dispatch(mixed);

        assertThat(summary.submitted()).isEqualTo(260);
        assertThat(summary.isAllDone()).isTrue();
        assertThat(ledger.tally().count(JobState.DONE)).isEqualTo(300);
        assertThat(studio.accepted.values())
                .allSatisfy(count -> assertThat(count).hasValue(1));
    }

    @Test
    void readyJobsOfTheLedgerComeBeforeTheSource() {
        ledger.add(jobs(50)).join();
        options = options.withInFlight(1);
        List<Job> order = new CopyOnWriteArrayList<>();
        studio.onSubmit = (job, n) -> {
            order.add(job);
            return Optional.empty();
        };
        dispatch(List.of(job(100), job(3)));

        assertThat(order).hasSize(51).endsWith(job(100)).startsWith(job(0), job(1));
    }

    @Test
    void aPassingFailureIsTriedAgainUntilItSucceeds() {
        studio.onSubmit = (job, n) -> n <= 2 ? Studio.rejected(FailureCategory.TRANSIENT) : Optional.empty();
        DispatchSummary summary = dispatch(jobs(10));

        assertThat(summary.isAllDone()).isTrue();
        assertThat(summary.submitted()).isEqualTo(30);
        assertThat(summary.failures()).containsEntry(FailureCategory.TRANSIENT, 20L);
    }

    @Test
    void aFailureThatLastsIsGivenUpAfterTheTriesOfItsCategory() {
        studio.onPoll = (job, n) -> Optional.of(Studio.failed(FailureCategory.INTERNAL, Billed.NO, "broken"));
        DispatchSummary summary = dispatch(jobs(3));

        assertThat(summary.count(JobState.FAILED)).isEqualTo(3);
        assertThat(studio.calls(job(0))).isEqualTo(2);
        assertThat(ledger.job(job(0).key()).orElseThrow().lastFailure().message())
                .isEqualTo("broken");
    }

    @Test
    void triesAreCountedOverAllDispatchesOfTheRun() {
        studio.onSubmit = (job, n) -> Studio.rejected(FailureCategory.TRANSIENT);
        dispatch(jobs(1));
        assertThat(studio.calls(job(0))).isEqualTo(5);
        ledger.reopen(List.of(job(0).key())).join();
        dispatch(List.of());
        assertThat(studio.calls(job(0))).isEqualTo(6);
    }

    @Test
    void refusedContentIsNeverTriedAgain() {
        studio.price = Money.dollars(0.4);
        studio.onPoll = (job, n) -> Optional.of(Studio.failed(FailureCategory.MODERATION, Billed.YES, "no"));
        DispatchSummary summary = dispatch(jobs(5));

        assertThat(summary.submitted()).isEqualTo(5);
        assertThat(summary.count(JobState.FAILED)).isEqualTo(5);
        assertThat(summary.spent()).isEqualTo(Money.dollars(2));
    }

    @Test
    void whenThereAreTooManyAllAreDoneInTheEnd() {
        AtomicInteger calls = new AtomicInteger();
        studio.onSubmit =
                (job, n) -> calls.incrementAndGet() % 4 == 0 ? Studio.rejected(FailureCategory.RATE) : Optional.empty();
        DispatchSummary summary = dispatch(jobs(40));

        assertThat(summary.isAllDone()).isTrue();
        assertThat(summary.failures()).containsKey(FailureCategory.RATE);
    }

    @Test
    void whatTheBackendAsksToWaitIsWaited() {
        studio.onSubmit = (job, n) -> n == 1
                ? Optional.of(CompletableFuture.completedFuture(new SubmitResult.Rejected(
                        new Failure(FailureCategory.RATE, Billed.NO, "", "slow down", Duration.ofMillis(300)))))
                : Optional.empty();
        dispatch(jobs(1));

        assertThat(studio.submittedAt).hasSize(2);
        assertThat(studio.submittedAt.get(1) - studio.submittedAt.get(0)).isGreaterThan(300_000_000L);
    }

    @Test
    void aRefusedKeyEndsTheDispatchAndLosesNothing() {
        AtomicInteger calls = new AtomicInteger();
        studio.onSubmit =
                (job, n) -> calls.incrementAndGet() > 10 ? Studio.rejected(FailureCategory.AUTH) : Optional.empty();
        DispatchSummary summary = dispatch(jobs(60));

        assertThat(summary.reason()).isEqualTo(EndReason.AUTH);
        assertThat(summary.detail()).contains("studio refuses the key");
        assertThat(summary.count(JobState.DONE)).isEqualTo(10);
        assertThat(summary.count(JobState.FAILED)).isZero();
        studio.onSubmit = (job, n) -> Optional.empty();
        assertThat(dispatch(jobs(60)).isAllDone()).isTrue();
    }

    @Test
    void aKeyThatIsRevokedWhilePollingLeavesSubmissionsOpen() {
        studio.onPoll = (job, n) -> Optional.of(
                new PollResult.Unanswered(Failure.of(FailureCategory.AUTH, Billed.UNKNOWN, "401", "revoked")));
        DispatchSummary summary = dispatch(jobs(60));

        assertThat(summary.reason()).isEqualTo(EndReason.AUTH);
        assertThat(summary.left()).isPositive();
        studio.onPoll = (job, n) -> Optional.empty();
        assertThat(dispatch(jobs(60)).isAllDone()).isTrue();
        assertThat(studio.accepted.values())
                .allSatisfy(count -> assertThat(count).hasValue(1));
    }

    @Test
    void usedUpCreditEndsTheDispatch() {
        studio.onSubmit = (job, n) -> Studio.rejected(FailureCategory.QUOTA);
        DispatchSummary summary = dispatch(jobs(5));
        assertThat(summary.reason()).isEqualTo(EndReason.QUOTA);
        assertThat(summary.count(JobState.READY)).isPositive();
        assertThat(summary.count(JobState.FAILED)).isZero();
    }

    @Test
    void pollsThatGetNoAnswerAreRepeated() {
        studio.onPoll = (job, n) -> n <= 3
                ? Optional.of(new PollResult.Unanswered(
                        Failure.of(FailureCategory.TRANSIENT, Billed.UNKNOWN, "503", "later")))
                : Optional.empty();
        DispatchSummary summary = dispatch(jobs(5));
        assertThat(summary.isAllDone()).isTrue();
        assertThat(summary.submitted()).isEqualTo(5);
    }

    @Test
    void aSubmissionThatTakesTooLongIsCancelledAndFails() {
        studio.capabilities = new dev.moviola.backend.Capabilities(
                true, true, false, 1e9, 100, 1, Duration.ofMillis(2), Duration.ofSeconds(300));
        studio.price = Money.dollars(1);
        studio.work = Duration.ofHours(1);
        options = options.withDeadline(Duration.ofMillis(50));
        DispatchSummary summary = dispatch(jobs(2));

        assertThat(summary.count(JobState.FAILED)).isEqualTo(2);
        assertThat(summary.failures()).containsEntry(FailureCategory.DEADLINE, 2L);
        assertThat(studio.cancelled).hasSize(2);
        assertThat(summary.spent()).isEqualTo(Money.dollars(2));
    }

    @Test
    void aJobIsTriedAgainNoLongerThanItsDeadline() {
        studio.onSubmit = (job, n) -> Studio.rejected(FailureCategory.RATE);
        options = options.withDeadline(Duration.ofMillis(300));
        DispatchSummary summary = dispatch(jobs(2));

        assertThat(summary.reason()).isEqualTo(EndReason.COMPLETE);
        assertThat(summary.count(JobState.FAILED) + summary.count(JobState.CANCELLED))
                .isEqualTo(2);
        assertThat(studio.calls(job(0))).isBetween(1, 49);
        assertThat(ledger.job(job(0).key()).orElseThrow().lastFailure())
                .isEqualTo(Failure.of(
                        FailureCategory.RATE,
                        Billed.NO,
                        "",
                        "because; not tried again, because the deadline of 0.3 s for the job is over"));
    }

    @Test
    void aJobWhoseTurnToBeTriedAgainComesTooLateIsGivenUp() {
        studio.onSubmit = (job, n) -> Studio.rejected(FailureCategory.TRANSIENT);
        options = options.withDeadline(Duration.ofMillis(300)).withSubmitRate(0.01);
        DispatchSummary summary = dispatch(jobs(1));

        assertThat(summary.jobs()).isEqualTo(Map.of(JobState.CANCELLED, 1L));
        assertThat(summary.submitted()).isEqualTo(1);
        assertThat(summary.spent()).isEqualTo(Money.ZERO);
    }

    @Test
    void aWaitThatTheDeadlineDoesNotAllowIsNotBegun() {
        studio.onSubmit = (job, n) -> Optional.of(CompletableFuture.completedFuture(new SubmitResult.Rejected(
                new Failure(FailureCategory.RATE, Billed.NO, "", "come back tomorrow", Duration.ofDays(1)))));
        DispatchSummary summary = dispatch(jobs(1));

        assertThat(summary.jobs()).isEqualTo(Map.of(JobState.FAILED, 1L));
        assertThat(ledger.job(job(0).key()).orElseThrow().lastFailure().message())
                .startsWith("come back tomorrow; not tried again");
    }

    @Test
    void aTryThatThePolicyGrantsPastTheDeadlineGetsNewTime() {
        studio.work = Duration.ofHours(1);
        options = options.withDeadline(Duration.ofMillis(100))
                .withRetry(RetryPolicy.standard()
                        .withPauses(Duration.ZERO, Duration.ZERO)
                        .withTries(FailureCategory.DEADLINE, 3));
        DispatchSummary summary = dispatch(jobs(1));

        assertThat(summary.submitted()).isEqualTo(3);
        assertThat(summary.jobs()).isEqualTo(Map.of(JobState.FAILED, 1L));
    }

    @Test
    void nothingIsSubmittedPastTheSpendCap() {
        studio.price = Money.dollars(0.4);
        options = options.withSpendCap(Money.dollars(4.1)).withInFlight(3);
        DispatchSummary summary = dispatch(jobs(30));

        assertThat(summary.reason()).isEqualTo(EndReason.SPEND_CAP);
        assertThat(summary.detail()).contains("$4.10");
        assertThat(summary.spent()).isEqualTo(Money.dollars(4));
        assertThat(studio.acceptedInAll()).isEqualTo(10);

        options = options.withSpendCap(Money.dollars(5));
        assertThat(dispatch(jobs(30)).spent()).isEqualTo(Money.dollars(4.8));
    }

    @Test
    void whatWasNotBilledDoesNotCountAgainstTheCap() {
        studio.price = Money.dollars(1);
        studio.onPoll = (job, n) ->
                n == 1 ? Optional.of(Studio.failed(FailureCategory.TRANSIENT, Billed.NO, "again")) : Optional.empty();
        options = options.withSpendCap(Money.dollars(3)).withInFlight(2);
        DispatchSummary summary = dispatch(jobs(3));
        assertThat(summary.isAllDone()).isTrue();
        assertThat(summary.spent()).isEqualTo(Money.dollars(3));
    }

    @Test
    void onlySoManyJobsAreSubmittedAsATrial() {
        options = options.withOnly(4);
        DispatchSummary summary = dispatch(jobs(50));
        assertThat(summary.reason()).isEqualTo(EndReason.ENOUGH);
        assertThat(summary.done()).isEqualTo(4);
    }

    @Test
    void aJobThatTheBackendCannotTakeIsRefusedWithoutASubmission() {
        studio.onCheck = job -> job.parameters().integer("n") == 1
                ? Optional.of(Failure.of(FailureCategory.VALIDATION, Billed.NO, "", "too long"))
                : Optional.empty();
        DispatchSummary summary = dispatch(jobs(3));

        assertThat(summary.refused()).isEqualTo(1);
        assertThat(summary.count(JobState.CANCELLED)).isEqualTo(1);
        assertThat(summary.done()).isEqualTo(2);
        assertThat(ledger.submissions(job(1).key())).isEmpty();
    }

    @Test
    void submissionsKeepTheirDistance() {
        options = options.withSubmitRate(50);
        dispatch(jobs(8));
        for (int i = 1; i < studio.submittedAt.size(); i++) {
            assertThat(studio.submittedAt.get(i) - studio.submittedAt.get(i - 1))
                    .isGreaterThan(19_000_000L);
        }
    }

    @Test
    void eachSubmissionGetsADeviceThatHasASlotFree() {
        options = options.withDevices(
                DevicePool.of(List.of(new Device("0", 1), new Device("1", 2)), Assignment.ROUND_ROBIN, 0));
        DispatchSummary summary = dispatch(jobs(30));

        assertThat(summary.isAllDone()).isTrue();
        assertThat(studio.busiest.get()).isLessThanOrEqualTo(3);
        assertThat(studio.devices).hasSize(30).containsOnly("0", "1");
        List<Submission> past = ledger.submissions(job(0).key());
        assertThat(past.get(0).device()).isIn("0", "1");
    }

    @Test
    void jobsOfAGroupAreSubmittedTogether() {
        studio.capabilities = new dev.moviola.backend.Capabilities(
                true, false, false, 1e9, 100, 4, Duration.ofMillis(2), Duration.ofSeconds(300));
        List<Job> jobs = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            jobs.add(job(i).inGroup("a"));
            jobs.add(job(100 + i).inGroup("b"));
        }
        jobs.add(job(1000));
        DispatchSummary summary = dispatch(jobs);

        assertThat(summary.isAllDone()).isTrue();
        assertThat(studio.sizes).containsExactlyInAnyOrder(4, 4, 2, 4, 4, 2, 1);
    }

    @Test
    void aJobWaitsForTheJobsThatItDependsOnAndGetsTheirFiles() {
        Job first = job(1);
        Job second = job(2);
        Job last = job(3).after(List.of(second.key(), first.key()));
        DispatchSummary summary = dispatch(List.of(first, second, last));

        assertThat(summary.isAllDone()).isTrue();
        assertThat(studio.inputs.get(2)).hasSize(2).allSatisfy(input -> assertThat(input.path())
                .isRegularFile());
        assertThat(studio.inputs.get(2).get(0).artefact().job()).isEqualTo(second.key());
    }

    @Test
    void whatDependsOnAFailedJobIsGivenUpWithAReasonThatNamesIt() {
        Job bad = job(1);
        Job child = job(2).after(List.of(bad.key()));
        Job grandchild = job(3).after(List.of(child.key()));
        studio.onPoll = (job, n) -> job.equals(bad)
                ? Optional.of(Studio.failed(FailureCategory.MODERATION, Billed.NO, "a face"))
                : Optional.empty();
        DispatchSummary summary = dispatch(List.of(bad, child, grandchild, job(4)));

        assertThat(summary.reason()).isEqualTo(EndReason.COMPLETE);
        assertThat(summary.count(JobState.CANCELLED)).isEqualTo(2);
        assertThat(summary.count(JobState.DONE)).isEqualTo(1);
        assertThat(studio.calls(child)).isZero();
    }

    @Test
    void theListenerIsToldAndHearsTheEnd() {
        List<DispatchProgress> heard = new CopyOnWriteArrayList<>();
        options = options.withProgressRate(200);
        dispatcher().listener(heard::add).run(jobs(200).iterator());

        DispatchProgress last = heard.get(heard.size() - 1);
        assertThat(last.count(JobState.DONE)).isEqualTo(200);
        assertThat(last.total()).isEqualTo(200);
        assertThat(last.inFlight()).isZero();
        assertThat(last.submitted()).isEqualTo(200);
        assertThat(heard).allSatisfy(each -> assertThat(each.inFlight()).isLessThanOrEqualTo(20));
    }

    @Test
    void aListenerThatFailsDoesNotEndTheDispatch() {
        options = options.withProgressRate(500);
        DispatchSummary summary = dispatcher()
                .listener(progress -> {
                    throw new IllegalStateException("the screen is gone");
                })
                .run(jobs(50).iterator());
        assertThat(summary.isAllDone()).isTrue();
    }

    @Test
    void aSourceThatFailsEndsTheDispatchWithItsReason() {
        Iterator<Job> broken = jobs(5).stream()
                .peek(job -> {
                    if (job.equals(job(3))) {
                        throw new MoviolaException("pool \"camera\" is empty");
                    }
                })
                .iterator();
        assertThatThrownBy(() -> dispatcher().run(broken))
                .isInstanceOf(MoviolaException.class)
                .hasMessageContaining("pool \"camera\" is empty");
    }

    @Test
    void aSourceMayWaitForResults() {
        CountDownLatch firstDone = new CountDownLatch(1);
        studio.onFetch = (job, n) -> {
            firstDone.countDown();
            return Optional.empty();
        };
        Iterator<Job> waits = jobs(2).stream()
                .peek(job -> {
                    if (job.equals(job(1))) {
                        awaitQuietly(firstDone);
                    }
                })
                .iterator();
        assertThat(dispatcher().run(waits).done()).isEqualTo(2);
    }

    @Test
    void aFileThatIsNoVideoDoesNotPassTheUsualCheck() {
        options = DispatchOptions.defaults().withRetry(QUICK).withFetchTries(1);
        DispatchSummary summary = dispatch(jobs(1));

        assertThat(summary.failures()).containsEntry(FailureCategory.ARTEFACT, 1L);
        assertThat(summary.done()).isZero();
    }

    @Test
    void aDispatcherServesOneDispatch() {
        Dispatcher dispatcher = dispatcher();
        dispatcher.run();
        assertThatThrownBy(dispatcher::run).isInstanceOf(MoviolaException.class);
    }

    @Test
    void ctrlCDrainsAndThenStops() throws Exception {
        studio.work = Duration.ofHours(1);
        Dispatcher dispatcher = dispatcher();
        List<String> said = new CopyOnWriteArrayList<>();
        List<DispatchSummary> summaries = new CopyOnWriteArrayList<>();
        Thread other = new Thread(() -> summaries.add(dispatcher.run(jobs(100).iterator())));
        try (InterruptHandler handler = InterruptHandler.on(dispatcher, said::add)) {
            other.start();
            await(() -> studio.busy.get() == 20);
            sun.misc.Signal.raise(new sun.misc.Signal("INT"));
            await(() -> said.size() == 1);
            assertThat(other.isAlive()).isTrue();
            sun.misc.Signal.raise(new sun.misc.Signal("INT"));
            other.join();
        }
        assertThat(said).hasSize(2);
        assertThat(summaries.get(0).reason()).isEqualTo(EndReason.STOPPED);
        assertThat(summaries.get(0).left()).isEqualTo(20);
        assertThat(studio.acceptedInAll()).isEqualTo(20);
    }

    private DispatchSummary dispatch(List<Job> jobs) {
        return dispatcher().run(jobs.iterator());
    }

    private Dispatcher dispatcher() {
        return Dispatcher.of(ledger, new FolderStore(folder), studio, options);
    }

    static List<Job> jobs(int count) {
        return IntStream.range(0, count).mapToObj(DispatcherTest::job).toList();
    }

    static Job job(int n) {
        return Job.generate(Parameters.of("n", n), Parameters.none());
    }

    static void await(java.util.function.BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(2);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
